"""HTML pages read as documents."""

from nutgraf.adapters.html.page import read_html, read_page

__all__ = ["read_html", "read_page"]
