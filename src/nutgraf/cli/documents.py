"""Commands on documents: brief and audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.cli.options import as_json
from nutgraf.errors import DocumentError

if TYPE_CHECKING:
    from nutgraf.protocols import Fetcher, Verifier
    from nutgraf.types import Audit, AuditSentence, Brief, Claim

__all__ = ["COMMANDS", "configured_verifier", "open_fetcher"]


def open_fetcher() -> Fetcher:
    """A fetcher by the settings of this folder, if it has any, else by the defaults."""
    from pathlib import Path

    from nutgraf.adapters.fetch import HttpFetcher
    from nutgraf.config import load_config

    return HttpFetcher(load_config(Path("nutgraf.toml")).fetch)


def configured_verifier() -> Verifier:
    """The verifier by the settings of this folder; the rules alone if they name no other."""
    from pathlib import Path

    from nutgraf.newsroom import verifier_here

    return verifier_here(Path())


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
    from nutgraf.render.phrases import plural

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
    _print_named(brief, numbers)
    if brief.note:
        click.echo(click.wrap_text(brief.note, 80) + "\n")
    counted = f"{plural(len(brief.sources), 'source')}, {plural(brief.origins, 'origin')}"
    click.echo(click.style(counted, bold=True))
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


def _print_named(brief: Brief, numbers: dict[str, int]) -> None:
    """What the sources list, by who names it."""
    by: dict[str, list[str]] = {}
    for one in brief.named:
        marks = "".join(f"[{number}]" for number in sorted(numbers[a] for a in one.articles))
        by.setdefault(marks, []).append(one.what)
    if by:
        click.echo(click.style("Who names what", bold=True))
        for marks, what in by.items():
            click.echo(click.wrap_text(f"{', '.join(what)} {marks}", 80, "  ", "    "))
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
@click.option("--no-text", is_flag=True, help="Leave the sources' text out of the JSON.")
@click.option("--html", metavar="FILE", help="Write the report as one HTML page; `-` prints it.")
def audit(
    page: str,
    sources: tuple[str, ...],
    more: tuple[str, ...],
    json_: bool,
    no_text: bool,
    html: str | None,
) -> None:
    """Check a page against its sources.

    Sentence by sentence: supported, contradicted or not found, with the words. Its citation marks
    are followed: numbers, footnotes and links that lead to a document given, by address, title
    or number.

    A page may be HTML, text, Markdown or a newsletter (.eml). An edition of ours carries its
    sources; any other page needs --against.

    \b
    Examples:
      nutgraf audit page.txt --against source.txt another.html
      nutgraf audit newsletter.eml --against one.html two.pdf --html report.html
      nutgraf audit editions/ai-2026-11-17/edition.json
    """
    from nutgraf.newsroom import audit_documents

    done = audit_documents(page, [*sources, *more], open_fetcher(), configured_verifier())
    if html:
        _write_report(done, html)
    if json_:
        output.json_line(_textless(done) if no_text else done)
    elif html != "-":
        _print_audit(done)


def _textless(done: Audit) -> Audit:
    """The audit with its sources' text left out."""
    import msgspec

    sources = [msgspec.structs.replace(source, text="") for source in done.sources]
    return msgspec.structs.replace(done, sources=sources)


def _write_report(done: Audit, file: str) -> None:
    from nutgraf.config import SiteConfig
    from nutgraf.render import render_audit

    report = render_audit(done, SiteConfig())
    try:
        with click.open_file(file, "wb") as out:
            out.write(report)
    except OSError as error:
        raise DocumentError(f"{file}: cannot be written: {error.strerror or error}") from None


def _print_audit(done: Audit) -> None:
    from nutgraf.render.audit import against, source_name

    numbers = {source.id: number for number, source in enumerate(done.sources, start=1)}
    if done.title:
        click.echo(click.style(click.wrap_text(done.title, 80), bold=True))
    click.echo(f"{against(done)}: {_counted(done)}\n")
    for sentence in done.sentences:
        _print_sentence(sentence, numbers)
    click.echo(_counted(done))
    if len(numbers) > 1:
        for source in done.sources:
            click.echo(
                click.wrap_text(source_name(source), 80, f"  ({numbers[source.id]}) ", "      ")
            )


def _counted(done: Audit) -> str:
    counts = f"{done.supported} supported, {done.contradicted} contradicted, "
    counts += f"{done.unsupported} not found"
    return counts + (f"; {done.miscited} held by another source than cited" * bool(done.miscited))


def _print_sentence(sentence: AuditSentence, numbers: dict[str, int]) -> None:
    """A sentence with its marks, the verdict, and the closest words unless they are the same."""
    from nutgraf.render.audit import SIGNS, WORDS, reason_of

    marks = "".join(f" [{mark.label}]" for mark in sentence.marks)
    click.echo(click.wrap_text(sentence.text + marks, 80, f"{SIGNS[sentence.verdict]} ", "  "))
    reason = reason_of(sentence)
    told = f"{WORDS[sentence.verdict]}: {reason}" if reason else WORDS[sentence.verdict]
    click.echo(click.wrap_text(told, 80, "    ", "    "))
    absent = [f"[{mark.label}]" for mark in sentence.marks if not mark.source]
    if absent:
        click.echo(f"    what {', '.join(absent)} leads to is not among the documents given")
    for found in sentence.evidence[:1]:
        where = (
            f" ({numbers[found.source]})" if len(numbers) > 1 and found.source in numbers else ""
        )
        if sentence.verdict == "supported" and found.quote == sentence.text:
            click.echo(f"    in{where}" if where else "", nl=bool(where))
        else:
            lead = "closest" if sentence.verdict == "unsupported" else "source"
            quote = f"{lead}{where}: “{found.quote}”"
            click.echo(click.wrap_text(quote, 80, "    ", "      "))
    click.echo()


COMMANDS = (brief, audit)
