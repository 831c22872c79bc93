"""Weighted terms and where they occur in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nutgraf.text.words import content_words, stem, words

__all__ = ["Vocabulary", "terms_of"]

# "AI", "LLMs", "U.N.": capitals are told from the same letters in small ("who", French "ai").
_CAPITALS = re.compile(r"(?<![\w.])(?:([A-Z]{2,6})s?|((?:[A-Z]\.){2,}))(?!\w)", re.ASCII)
# "l'intelligence", "dell'Ucraina": the article before is another word.
_ELISION = re.compile(r"\b([A-Za-z]|[Qq]u|[Uu]n|[Dd]ell|[Aa]ll|[Nn]ell|[Ss]ull|[Qq]uest)['’](?=\w)")
_HYPHENS = str.maketrans("-‐‑–—/", "      ")
_MARK = "0"


class Vocabulary:
    """Terms (words or phrases) with weights, ready to be looked up.

    Case, accents, hyphens and English plurals don't matter, except that a term of capitals
    ("WHO") matches only capitals. Where terms overlap the longest wins, so that a
    phrase can take a word out ("social security" at 0 hides "security").
    """

    def __init__(self, terms: Mapping[str, float]) -> None:
        self.weights = dict(terms)
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        for term in terms:
            tokens = _tokens(term)
            if tokens:
                self._phrases.setdefault(tokens[0], []).append((tokens, term))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[1]))

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def __contains__(self, term: str) -> bool:
        tokens = _tokens(term)
        return any(phrase == tokens for phrase, _ in self._phrases.get("".join(tokens[:1]), []))

    def find(self, text: str) -> list[str]:
        """The terms in `text` as they are written in the vocabulary, in order, with repeats."""
        tokens = _tokens(text)
        found: list[str] = []
        at = 0
        while at < len(tokens):
            length, term = self._longest(tokens, at)
            if length:
                found.append(term)
            at += length or 1
        return found

    def _longest(self, tokens: list[str], at: int) -> tuple[int, str]:
        best = (0, "")
        for start in _readings(tokens[at]):
            for phrase, term in self._phrases.get(start, ()):
                if len(phrase) <= best[0]:
                    break
                if _same(phrase, tokens[at : at + len(phrase)]):
                    best = (len(phrase), term)
                    break
        return best


def terms_of(text: str) -> list[str]:
    """The content words of a text as terms, in order; words of capitals stay as they stand."""
    found = []
    for word in words(_spelt(text)):
        bare = word.removesuffix(_MARK)
        if content_words(word):
            found.append(bare.upper() if bare != word and bare.isalpha() else word)
    return found


def _tokens(text: str) -> list[str]:
    """Stems of the words; those of capitals keep a mark that tells them from others."""
    return [stem(word.removesuffix("'s")) for word in words(_spelt(text))]


def _spelt(text: str) -> str:
    """With words of capitals marked, and hyphenated and elided words taken apart."""
    text = _ELISION.sub(r"\1 ", text)
    shouting = text.isupper() and sum(map(str.isupper, text)) > 6  # its capitals tell nothing
    return (text if shouting else _CAPITALS.sub(_marked, text)).translate(_HYPHENS)


def _marked(match: re.Match[str]) -> str:
    return (match[1] or match[2].replace(".", "")).lower() + _MARK


def _readings(token: str) -> Iterable[str]:
    """As it stands, and for capitals also as the word in small letters."""
    bare = token.removesuffix(_MARK)
    return (token, stem(bare)) if bare != token and bare.isalpha() else (token,)


def _same(phrase: list[str], tokens: list[str]) -> bool:
    return len(phrase) == len(tokens) and all(
        want in _readings(token) for want, token in zip(phrase, tokens, strict=True)
    )
