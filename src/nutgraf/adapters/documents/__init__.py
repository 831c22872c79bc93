"""Files as articles: HTML, PDF, plain text, Markdown, mail, and our own JSON."""

from nutgraf.adapters.documents.answer import read_answer
from nutgraf.adapters.documents.lenient import lenient
from nutgraf.adapters.documents.load import load_document, load_file
from nutgraf.adapters.documents.marks import load_marks, read_marks

__all__ = ["lenient", "load_document", "load_file", "load_marks", "read_answer", "read_marks"]
