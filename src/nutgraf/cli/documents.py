"""Commands on documents: brief and audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.cli.options import as_json

if TYPE_CHECKING:
    from nutgraf.protocols import Fetcher
    from nutgraf.types import Audit, Brief, Claim

__all__ = ["COMMANDS", "open_fetcher"]

MARKS = {"supported": "✓", "contradicted": "✗", "unsupported": "?"}
WORDS = {"unsupported": "not found in its sources"}


def open_fetcher() -> Fetcher:
    """A fetcher by the settings of this folder, if it has any, else by the defaults."""
    from pathlib import Path

    from nutgraf.adapters.fetch import HttpFetcher
    from nutgraf.config import load_config

    return HttpFetcher(load_config(Path("nutgraf.toml")).fetch)


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@as_json
@click.option("--no-text", is_flag=True, help="Leave the sources' text out of the JSON.")
def brief(documents: tuple[str, ...], json_: bool, no_text: bool) -> None:
    """Write one brief out of documents.

    Every sentence is cited to exact words of its sources.

    A document is a URL or a file: .html .pdf .txt .md .eml .json .jsonl

    \b
    Examples:
      nutgraf brief one.html two.txt
      nutgraf brief https://example.org/a https://example.net/b --json
    """
    from pathlib import Path

    from nutgraf.newsroom import brief_documents, load, writing_here

    articles = load(documents, open_fetcher())
    with writing_here(Path()) as (writing, troubles):
        told = brief_documents(articles, writing=writing)
    for trouble in troubles:
        output.note(trouble)
    if json_:
        output.json_line(without_text(told) if no_text else told)
    else:
        _print_brief(told)


def without_text(brief: Brief) -> Brief:
    """The brief with its sources' text left out."""
    import msgspec

    sources = [msgspec.structs.replace(source, text=None) for source in brief.sources]
    return msgspec.structs.replace(brief, sources=sources)


def _print_brief(brief: Brief) -> None:
    numbers = {source.article: number for number, source in enumerate(brief.sources, start=1)}

    def line(claim: Claim) -> str:
        cited = dict.fromkeys(numbers[citation.article] for citation in claim.citations)
        return f"{claim.text} " + "".join(f"[{number}]" for number in cited)

    click.echo(click.style(line(brief.headline), bold=True) + "\n")
    click.echo(click.wrap_text(line(brief.nut_graf), 80) + "\n")
    for section in brief.sections:
        click.echo(click.style(section.heading, bold=True))
        for claim in section.claims:
            click.echo(click.wrap_text(line(claim), 80, "  - ", "    "))
        click.echo()
    _print_figures(brief, numbers)
    if brief.note:
        click.echo(click.wrap_text(brief.note, 80) + "\n")
    sources, origins = len(brief.sources), brief.origins
    click.echo(click.style(f"{sources} sources, {origins} origins", bold=True))
    for source in brief.sources:
        title = source.title or f"“{(source.text or '')[:60].strip()}…”"
        name = source.publisher or source.url or "outlet unknown"
        via = "" if source.how == "own" else f", {source.how}: {source.origin}"
        click.echo(f"  [{numbers[source.article]}] {title} ({name}{via})")
    if brief.withheld:
        click.echo(click.style(f"\n{len(brief.withheld)} sentences withheld", bold=True))
        for withheld in brief.withheld:
            click.echo(click.wrap_text(f"{withheld.text} ({withheld.reason})", 80, "  - ", "    "))


def _print_figures(brief: Brief, numbers: dict[str, int]) -> None:
    """The slots in which sources differ, each value with its source and its words."""
    for slot in brief.figures:
        if slot.status not in ("conflict", "update", "scope"):
            continue
        click.echo(click.style(f"{slot.slot} ({slot.status})", bold=True))
        for value in slot.values:
            said = f", {value.said_by}" if value.said_by else ""
            unit = f" {slot.unit}" if slot.unit else ""
            where = f"[{numbers[value.article]}]{said}"
            click.echo(f"  {_number(value.value)}{unit}  {where}: “{value.quote}”")
        click.echo()


def _number(value: object) -> str:
    if isinstance(value, list):
        return "–".join(map(_number, value))
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    return str(value)


@click.command()
@click.argument("page", metavar="PAGE")
@click.option("--against", "sources", multiple=True, metavar="DOC", help="A source; repeat it.")
@click.argument("more", nargs=-1, metavar="[DOC]...")
@as_json
def audit(page: str, sources: tuple[str, ...], more: tuple[str, ...], json_: bool) -> None:
    """Check a page against its sources.

    Sentence by sentence: supported, contradicted or not found, with the words.

    An edition of ours carries its sources; any other page needs --against.

    \b
    Examples:
      nutgraf audit page.txt --against source.txt another.html
      nutgraf audit editions/ai-2026-11-17/edition.json
    """
    from nutgraf.newsroom import audit_documents

    done = audit_documents(page, [*sources, *more], open_fetcher())
    if json_:
        output.json_line(done)
    else:
        _print_audit(done)


def _print_audit(done: Audit) -> None:
    for sentence in done.sentences:
        click.echo(click.wrap_text(sentence.text, 80, f"{MARKS[sentence.verdict]} ", "  "))
        verdict = WORDS.get(sentence.verdict, sentence.verdict)
        reason = sentence.reason.removeprefix("not found in the sources").removeprefix(": ")
        click.echo(f"    {verdict}: {reason}" if reason else f"    {verdict}")
        for found in sentence.evidence[:1]:
            click.echo(click.wrap_text(f"“{found.quote}”", 80, "    ", "    "))
    click.echo(
        f"\n{done.supported} supported, {done.contradicted} contradicted, "
        f"{done.unsupported} not found in the sources"
    )


COMMANDS = (brief, audit)
