"""Our own JSON as articles: article lines, briefs, editions."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace

from nutgraf.adapters.documents.lenient import lenient
from nutgraf.adapters.html import read_html
from nutgraf.errors import DocumentError, Dropped
from nutgraf.text.urls import article_id
from nutgraf.types import Article

__all__ = ["read_json", "read_lines"]

_SHAPES = 'an article {"id","text",...}, a list of articles, a brief or an edition'


def read_json(data: bytes, name: str) -> list[Article]:
    """An article, a list of them, a brief, or an edition's briefs. Articles stay as they are.

    Raises `DocumentError` if it is none of these, `Dropped("no text")` if it holds no text.
    """
    value = _parse(data, name)
    articles = _articles(value, name)
    if not articles:
        raise Dropped("no text", name)
    return articles


def read_lines(data: bytes, name: str) -> list[Article]:
    """A JSON article a line (or `{"id","url","html"}`). Raises like `read_json`, with the line."""
    articles: list[Article] = []
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            where = f"{name}, line {number}"
            articles += _articles(_parse(line, where), where)
    if not articles:
        raise Dropped("no text", name)
    return articles


def _parse(data: bytes, where: str) -> Any:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentError(f"{where}: not JSON ({error})") from None


def _articles(value: Any, where: str) -> list[Article]:
    if isinstance(value, list):
        return [article for item in value for article in _articles(item, where)]
    if not isinstance(value, dict):
        raise DocumentError(f"{where}: expected {_SHAPES}")
    if isinstance(value.get("stories"), list):
        briefs = [item.get("brief") for item in value["stories"] if isinstance(item, dict)]
        return [_brief(brief, where) for brief in briefs if isinstance(brief, dict)]
    if "headline" in value and "sections" in value:
        return [_brief(value, where)]
    return [_page(value, where) if "html" in value and "text" not in value else _one(value, where)]


def _one(value: dict[str, Any], where: str) -> Article:
    given = lenient(value)
    if not isinstance(given.get("text"), str) or not given["text"]:
        raise DocumentError(f"{where}: no `text`; expected {_SHAPES}")
    given.setdefault("id", _identity(given))
    try:
        return msgspec.convert(given, Article)
    except msgspec.ValidationError as error:
        raise DocumentError(f"{where}: not an article: {error}") from None


def _identity(given: dict[str, Any]) -> str:
    if isinstance(given.get("url"), str) and given["url"]:
        return article_id(given["url"])
    return hashlib.sha256(given["text"].encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _page(value: dict[str, Any], where: str) -> Article:
    url = value.get("url")
    document = read_html(str(value["html"]), url if isinstance(url, str) else None)
    told = {
        k: getattr(document, k)
        for k in document.__struct_fields__
        if k in Article.__struct_fields__
    }
    article = _one({**told, "id": value.get("id")}, where)
    return replace(article, url=document.url)


def _brief(brief: dict[str, Any], where: str) -> Article:
    """A brief as an article of its own: its published sentences, a line each."""
    sections = brief.get("sections")
    claims = [brief.get("nut_graf")]
    for section in sections if isinstance(sections, list) else []:
        listed = section.get("claims") if isinstance(section, dict) else None
        claims += listed if isinstance(listed, list) else []
    text = "\n".join(dict.fromkeys(line for claim in claims if (line := _said(claim))))
    story = brief.get("story")
    title, language = _said(brief.get("headline")), brief.get("language")
    if not text:
        raise DocumentError(f"{where}: a brief without claims")
    return _one({"id": story, "title": title, "text": text, "language": language}, where)


def _said(claim: Any) -> str:
    text = claim.get("text") if isinstance(claim, dict) else None
    return text if isinstance(text, str) else ""
