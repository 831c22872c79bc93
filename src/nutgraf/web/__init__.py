"""The server: pages and API, thin over the newsroom."""
