"""What of the sources no writer may use, as a reader is told of it."""

from __future__ import annotations

from nutgraf.stages.write.sentence import reporting
from nutgraf.text.addressed import addressed_spans
from nutgraf.types import Coverage, Withheld

__all__ = ["kept_out"]


def kept_out(coverage: Coverage) -> list[Withheld]:
    """A line for each article that gives orders to a machine; never in the article's words."""
    found = []
    for article in reporting(coverage):
        count = len(addressed_spans(article.text, article.language))
        if count:
            many = "1 sentence" if count == 1 else f"{count} sentences"
            found.append(
                Withheld(
                    text=f"{many} of {article.publisher or 'a source'}",
                    verdict="unsupported",
                    reason="there and around it the text gives orders to a machine that reads it",
                )
            )
    return found
