"""The composition root: the one place that knows the store, the backend, the engines and the platforms."""
