"""Fetchers: pages over HTTP, or pages that were saved before."""

from nutgraf.adapters.fetch.http import HttpFetcher
from nutgraf.adapters.fetch.saved import SavedFetcher

__all__ = ["HttpFetcher", "SavedFetcher"]
