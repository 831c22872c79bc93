"""Commands on documents: one story out of them, or somebody's page against them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from nutgraf.adapters.documents import load_document, load_file, load_marks, read_marks
from nutgraf.errors import DocumentError, Dropped, NutgrafError
from nutgraf.pipeline import Writing, tell_story
from nutgraf.protocols import Fetcher, Verifier
from nutgraf.stages import audit, compose, copies, figures, verify
from nutgraf.stages.extract import from_document
from nutgraf.types import (
    Article,
    Audit,
    AuditSentence,
    Brief,
    Claim,
    Coverage,
    Document,
    Drop,
    Edition,
    Mark,
    Origin,
    Page,
    Request,
    Source,
    Story,
)

__all__ = ["audit_documents", "audit_page", "brief_documents", "load"]


def load(documents: Sequence[str], fetcher: Fetcher, url: str | None = None) -> list[Article]:
    """The articles in files and at URLs, in the order given.

    `url` is where a file was saved from.

    Raises `DocumentError` or `Dropped` for the first that cannot be read: what is asked for by
    name must not be missing silently.
    """
    urls = [name for name in documents if name.startswith(("http://", "https://"))]
    pages = dict(_fetched(urls, fetcher))
    articles: list[Article] = []
    for name in documents:
        if name in pages:
            page = pages[name]
            found = load_document(page.body, page.url, page.content_type, page.url)
            articles += [_article(one, page.url) for one in found]
        else:
            articles += [_article(one, url) for one in load_file(Path(name), url)]
    return articles


def _article(found: Document | Article, url: str | None) -> Article:
    return found if isinstance(found, Article) else from_document(found, url)


def _fetched(urls: Sequence[str], fetcher: Fetcher) -> list[tuple[str, Page]]:
    pages = []
    for request, answer in fetcher.fetch(Request(key=url, url=url) for url in urls):
        if isinstance(answer, Dropped):
            raise DocumentError(f"{request.url}: {answer}")
        pages.append((request.key, answer))
    return pages


def brief_documents(
    articles: Sequence[Article], now: datetime | None = None, writing: Writing | None = None
) -> Brief:
    """One story out of these articles, told in claims; `writing` says by whom.

    Raises `NutgrafError` if nothing holds.
    """
    now = now or datetime.now(UTC)
    if not articles:
        raise NutgrafError("no article in these documents")
    unique = list({article.id: article for article in articles}.values())
    story = Story(id="brief", created_at=now, updated_at=now, articles=[a.id for a in unique])
    coverage = Coverage(
        story=story,
        articles=unique,
        traces=_traces(unique),
        figures=[figure for article in unique for figure in figures.read(article)],
    )
    told = tell_story(coverage, now, writing)
    if isinstance(told, Drop):
        raise NutgrafError(f"no brief: {told.reason} ({told.detail})")
    return told


def _traces(articles: Sequence[Article]) -> dict[str, Origin]:
    """Origins of a handful of articles, each against those before it."""
    traces: dict[str, Origin] = {}
    seen: list[copies.Candidate] = []
    for article in articles:
        signature = copies.signature(article.text)
        traces[article.id] = copies.trace(article, signature, seen)
        seen.append(copies.Candidate(article, signature, traces[article.id]))
    return copies.settle(articles, traces)


def audit_page(
    page: Article,
    sources: Sequence[Article],
    marks: Sequence[Mark] = (),
    verifier: Verifier = verify.judge,
) -> Audit:
    """Somebody's page, sentence by sentence, against its sources and by its citation marks."""
    return audit.audit(page, sources, verifier, marks)


def audit_documents(
    page: str, sources: Sequence[str], fetcher: Fetcher, verifier: Verifier = verify.judge
) -> Audit:
    """Audit the document `page` against the documents `sources`; an edition of ours needs none.

    Raises `NutgrafError` if another page has no sources to be held against.
    """
    edition = _edition(page)
    if edition is not None:
        return _audit_edition(edition)
    if not sources:
        raise NutgrafError(f"{page} carries no sources: name them with --against")
    pages, marks = _page(page, fetcher)
    against = [_named(one, name) for name in sources for one in load([name], fetcher)]
    unique = list({article.id: article for article in against}.values())
    audits = [audit_page(one, unique, marks, verifier) for one in pages]
    title = next((one.title for one in pages if one.title), "") or Path(page).name
    sentences = [sentence for done in audits for sentence in done.sentences]
    return audit.tally(sentences, title=title, sources=unique)


def _page(name: str, fetcher: Fetcher) -> tuple[list[Article], list[Mark]]:
    """The articles of a page that is audited, and its citation marks."""
    fetched = _fetched([name] if name.startswith(("http://", "https://")) else [], fetcher)
    for _, page in fetched:
        found = load_document(page.body, page.url, page.content_type, page.url)
        marks = read_marks(page.body, page.url, page.content_type)
        return [_article(one, page.url) for one in found], marks
    return [_article(one, None) for one in load_file(Path(name))], load_marks(Path(name))


def _named(article: Article, document: str) -> Article:
    """A source without a title is called by its file."""
    if article.title or article.url:
        return article
    return msgspec.structs.replace(article, title=Path(document).name)


def _edition(page: str) -> Edition | None:
    """The edition in a file or an edition's folder; None if it is something else."""
    path = Path(page)
    path = path / "edition.json" if path.is_dir() else path
    if path.suffix != ".json" or not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Edition)
    except (msgspec.DecodeError, OSError):
        return None


def _audit_edition(edition: Edition) -> Audit:
    """Every published sentence against the words it cites, and nothing else."""
    sentences = []
    for item in edition.stories:
        for claim in compose.claims_of(item.brief):
            found = verify.judge(claim.text, _cited(claim, item.brief))
            sentences.append(
                AuditSentence(
                    text=claim.text,
                    verdict=found.verdict,
                    evidence=found.evidence,
                    reason=found.reason,
                )
            )
    briefs = [item.brief for item in edition.stories]
    sources = {s.article: _carried(s) for brief in briefs for s in brief.sources}
    return audit.tally(sentences, title=edition.title or edition.id, sources=[*sources.values()])


def _carried(source: Source) -> Article:
    return Article(
        id=source.article,
        url=source.url,
        title=source.title,
        text=source.text or "",
        published=source.published,
        publisher=source.publisher,
    )


def _cited(claim: Claim, brief: Brief) -> list[Article]:
    """The sources that a claim cites; a citation whose words are not there cites nothing."""
    texts = {source.article: source.text or "" for source in brief.sources}
    return [
        Article(id=article, text=texts[article])
        for article in dict.fromkeys(c.article for c in claim.citations)
        if all(
            texts.get(c.article, "")[c.start : c.end] == c.quote
            for c in claim.citations
            if c.article == article
        )
    ]
