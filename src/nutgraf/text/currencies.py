"""Currencies by sign and by word, for numbers in running text."""

from __future__ import annotations

__all__ = ["MONEY_WORD", "SIGN", "currency"]

_SIGNS = {
    "$": "USD", "us$": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "€": "EUR",
    "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "元": "CNY",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "euro": "EUR", "yuan": "CNY", "rupee": "INR", "renminbi": "CNY",
    "rouble": "RUB", "ruble": "RUB", "rand": "ZAR", "yen": "JPY",
}  # fmt: skip
# Money, but of which country the word alone does not say.
_COINS = "mark thaler peso peseta franc krona crown dinar dirham lira riyal shilling zloty forint"

MONEY_WORD = (
    r"(?:(?:US|U\.S\.|Australian|Canadian)[ ])?"
    rf"(?:{'|'.join((*_WORDS, *_COINS.split()))}|pound(?!s?[ ]of\b))e?s?\b"
)
"""Pattern of a currency's name after a number; "20 pounds of flour" is no money."""

SIGN = r"(?:US|us|A|C|NZ|HK)?\$|[€£¥₹₽₩]"
"""Pattern of a currency's sign before a number."""


def currency(words: str) -> str:
    """The unit that a sign or a name stands for: ISO 4217 where it says so, else its plural."""
    words = words.lower()
    if words in _SIGNS:
        return _SIGNS[words]
    if words.startswith(("australian", "canadian")):
        return "AUD" if words.startswith("a") else "CAD"
    bare = words.rsplit(" ", 1)[-1]
    single = bare if bare in _WORDS else bare.removesuffix("s")
    if single in _WORDS:
        return _WORDS[single]
    return bare.upper() if bare in ("eur", "usd", "gbp") else single + "s"
