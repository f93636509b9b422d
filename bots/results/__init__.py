"""Pages of results, for whoever has a link to one, on the HTTP server of `cutroom run`."""
