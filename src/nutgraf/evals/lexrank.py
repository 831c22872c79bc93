"""LexRank (Erkan and Radev, 2004) as the library `sumy` has it: what the briefs are set beside."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from nutgraf.text.sentences import sentences
from nutgraf.text.words import words

__all__ = ["available", "lexrank"]


def available() -> bool:
    """Whether the library is there: it is in the extra `train`."""
    return find_spec("sumy") is not None


class _Words:
    """Our words, for the library's own need data that it would have to download."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(words(text))


def lexrank(texts: Sequence[str], size: int) -> str:
    """The highest ranked sentences of some English texts, until there are `size` words.

    They stand in the order of the texts. Stop words and stemming as the library advises.
    """
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    paragraphs = [
        Paragraph([Sentence(text[a:b], _Words()) for a, b in sentences(text)]) for text in texts
    ]
    document = ObjectDocumentModel(paragraphs)
    rank = LexRankSummarizer(Stemmer("english"))
    rank.stop_words = get_stop_words("english")
    low, high = 0, len(document.sentences)
    while low < high:  # the fewest sentences that have the words
        middle = (low + high) // 2
        if sum(len(sentence.words) for sentence in rank(document, middle)) < size:
            low = middle + 1
        else:
            high = middle
    return " ".join(str(sentence) for sentence in rank(document, low))
