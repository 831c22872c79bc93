"""Files as articles: HTML, PDF, plain text, Markdown, mail, and our own JSON."""

from nutgraf.adapters.documents.answer import read_answer
from nutgraf.adapters.documents.load import load_document, load_file

__all__ = ["load_document", "load_file", "read_answer"]
