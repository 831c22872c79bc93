"""The templates. Article text is untrusted: everything is escaped, nothing is marked safe."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING

from nutgraf.render import links, phrases

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["asset", "environment", "page", "printable", "wrapped"]

# Control characters and lone surrogates: neither HTML, XML nor UTF-8 takes them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value: object) -> object:
    """Text without what no document can carry; anything else as it is."""
    if type(value) is not str:
        return value
    return _UNPRINTABLE.sub("", value)


@cache
def environment() -> Environment:
    """The one Jinja environment: escaping for all but plain text, undefined names are errors."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("nutgraf.render"),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "change_label": phrases.change_label,
        "cites": lambda sentence: "".join(f" [{slip.number}]" for slip in sentence.receipts),
        "day": phrases.day,
        "file_name": links.file_name,
        "listed": phrases.listed,
        "plural": phrases.plural,
        "safe_url": links.safe_url,
        "says": phrases.says_now,
        "story_path": links.story_path,
        "unwritten": phrases.unwritten,
        "wrap": wrapped,
    }
    return made


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Text in lines of at most 72 characters for a letter; addresses are not broken."""
    words = " ".join(str(printable(text)).split())
    return textwrap.fill(
        words,
        72,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def page(template: str, **values: object) -> str:
    """Render one template."""
    return environment().get_template(template).render(**values)


def asset(name: str) -> bytes:
    """A file that pages load from beside them (`style.css`, `page.js`)."""
    from importlib.resources import files

    return files("nutgraf.render").joinpath("assets", name).read_bytes()
