"""HTTP with the backend: requests, answers, uploads, downloads, and what each refusal means."""
