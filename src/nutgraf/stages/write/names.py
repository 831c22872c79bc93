"""Who is meant: a bare surname gets the first name that its article gives it elsewhere.

"Bell said" is clear in an article that has named her before, not in a brief that has not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.text.modifiers import ATTRIBUTION
from nutgraf.text.rarity import zipf
from nutgraf.text.tokens import Tokens
from nutgraf.text.words import STOP

__all__ = ["Names", "Person", "named", "speakers", "unnamed"]

_COMMON = 4.8
"""Zipf value of a word from which on it is no surname: "Police", "City"."""
_LONGEST = 2
"""Words before a surname that are put in, at most; verify allows three."""
_NO_FIRST_NAMES = ATTRIBUTION | frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december the a an in on at by for from with after
    when while as if but and mr mrs ms miss dr""".split()
)
_ROLES = frozenset(
    """president minister chancellor senator governor mayor judge justice general colonel captain
    major sergeant corporal detective officer deputy trooper inspector superintendent sheriff chief
    marshal doctor professor sir lord lady king queen prince princess pope bishop secretary director
    chairman chairwoman chair coach manager prosecutor attorney lawyer spokesman spokeswoman
    spokesperson representative congressman congresswoman leader commander lieutenant reverend
    father pastor commissioner coroner principal police state county city u.s. rep sen gov capt sgt
    lt col gen rev prof""".split()
)
"""What stands before a name and is no part of it."""


_SAYS = frozenset("said says told added tells adds explained recalled testified wrote".split())


_OPEN = STOP | ATTRIBUTION
"""What may stand before a bare name; any other word says who that is: "security firm Nettle"."""


class Person(NamedTuple):
    """Somebody whom a sentence calls by the surname alone."""

    surname: str
    full: str
    at: int
    """Place of the sentence of the article that names them in full."""


class Names:
    """The people whom the sentences of one article name in full, if by one name only."""

    def __init__(self, sentences: Sequence[Tokens]) -> None:
        found: dict[str, dict[str, int]] = {}
        lower: set[str] = set()
        for n, tokens in enumerate(sentences):
            raws = [tokens.raw(i) for i in range(len(tokens))]
            lower.update(raw for raw in raws if raw.islower())
            for i in range(1, len(tokens)):
                if _surname(tokens, i) and (name := _in_full(tokens, i)):
                    found.setdefault(raws[i], {}).setdefault(name, n)
        self._known = {
            surname: Person(surname, *next(iter(names.items())))
            for surname, names in found.items()
            if len(names) == 1 and surname.lower() not in lower
        }
        self._inner = {t.raw(i) for t in sentences for i in range(1, len(t))}
        self._known_as = lower | {
            tokens.raw(i).lower()
            for tokens in sentences
            for i in range(len(tokens))
            if (i and _beside_name(tokens, i)) or tokens.gap(i + 1).startswith(",")
        }

    def person(self, surname: str) -> Person | None:
        """Who is meant by a surname, if that is certain."""
        return self._known.get(surname)

    def stranger(self, surname: str) -> bool:
        """Whether the article nowhere says who that is: no name or title before it, no aside."""
        return surname in self._inner and surname.lower() not in self._known_as


def unnamed(tokens: Tokens) -> list[str]:
    """Surnames that a sentence gives to whoever acts first or speaks, without a first name."""
    opens = _bare(tokens, 0) and len(tokens) > 1 and tokens.raw(1).islower()
    return list(dict.fromkeys([*([tokens.raw(0)] if opens else []), *speakers(tokens)]))


def speakers(tokens: Tokens) -> list[str]:
    """The surnames of those whom a sentence quotes or cites by the surname alone."""
    norms, last = tokens.norms, len(tokens) - 1
    return [
        tokens.raw(i)
        for i in range(len(tokens))
        if _bare(tokens, i)
        and (
            (i < last and norms[i + 1] in _SAYS)
            or (i and norms[i - 1] in _SAYS - {"told"})
            or (i > 1 and norms[i - 2 : i] == ("according", "to"))
        )
    ]


def _bare(tokens: Tokens, i: int) -> bool:
    """Whether token `i` is a surname by itself, outside quotation marks."""
    if not len(tokens) or not _surname(tokens, i) or tokens.quoted[i]:
        return False
    after = tokens.gap(i + 1).strip() if i + 1 < len(tokens) else ","
    longer = after == "." or (not after and tokens.raw(i + 1)[0].isupper())
    described = i and not tokens.gap(i).strip() and tokens.norms[i - 1] not in _OPEN
    return (
        not longer
        and not described
        and not (i and _beside_name(tokens, i))
        and tokens.raw(i) not in named(tokens)
    )


def named(tokens: Tokens) -> set[str]:
    """Surnames that a text gives with a word of the name before them."""
    return {
        tokens.raw(i) for i in range(1, len(tokens)) if _surname(tokens, i) and _in_full(tokens, i)
    }


def _surname(tokens: Tokens, i: int) -> bool:
    raw = tokens.raw(i)
    plain = raw.isalpha() and len(raw) > 2 and raw[0].isupper() and not raw.isupper()
    plain = plain and tokens.norms[i] not in _NO_FIRST_NAMES
    return plain and tokens.norms[i].isalpha() and zipf(tokens.norms[i], "en") < _COMMON


def _in_full(tokens: Tokens, i: int) -> str:
    """The name that ends at token `i`; empty if no first name stands before it."""
    start = i
    while start and i - start < _LONGEST and _first_name(tokens, start - 1):
        start -= 1
    first, last = tokens.spans[start][0], tokens.spans[i][1]
    return tokens.text[first:last] if start < i else ""


def _first_name(tokens: Tokens, i: int) -> bool:
    raw, norm = tokens.raw(i), tokens.norms[i]
    plain = raw.isalpha() and raw.istitle() and tokens.gap(i + 1) == " "
    return plain and norm not in _NO_FIRST_NAMES and norm not in _ROLES


def _beside_name(tokens: Tokens, i: int) -> bool:
    """Whether a capital stands right before token `i`: it is part of a longer name, or titled."""
    return tokens.gap(i).strip() in ("", ".") and tokens.raw(i - 1)[0].isupper()
