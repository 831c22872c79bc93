"""The outside world behind the protocols: database, HTTP, feeds, documents, engines."""
