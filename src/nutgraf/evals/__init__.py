"""Quality and speed measured on real data."""
