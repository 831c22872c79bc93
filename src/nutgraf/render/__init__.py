"""An edition to bytes: web page, newsletter, feed."""
