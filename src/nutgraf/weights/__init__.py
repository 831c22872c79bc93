"""Small trained files, each with what it was made from."""
