"""What came over HTTP as a document, whatever it turned out to be."""

from __future__ import annotations

from nutgraf.adapters.documents.load import load_document
from nutgraf.errors import DocumentError, Dropped
from nutgraf.types import Document

__all__ = ["read_answer"]


def read_answer(body: bytes, url: str, content_type: str = "") -> Document:
    """The document in an answer: a page, a PDF or plain text; with no text if it has none.

    Never raises: whether to do without the page is for the stage that asks.
    """
    try:
        found = load_document(body, url, content_type, url)
    except (DocumentError, Dropped):
        found = []
    return next((one for one in found if isinstance(one, Document)), Document(text=""))
