"""Speed and memory, in page-times: `make bench`.

One page-time is the CPU time that trafilatura (fast mode, with metadata) takes per page of
`extraction/news181`, measured in the same run, because machines differ and are shared.
"""

from __future__ import annotations

import gzip
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from nutgraf.adapters.engines import InlineEngine
from nutgraf.adapters.fetch import SavedFetcher
from nutgraf.adapters.store import open_store
from nutgraf.config import Config, FetchConfig
from nutgraf.errors import Dropped
from nutgraf.evals.speed_briefs import brief_costs
from nutgraf.pipeline import Desk, intake, memory, silent
from nutgraf.types import Entry, Feed, Page, Reading, Request

__all__ = ["main"]

NOW = datetime(2026, 11, 17, 18, tzinfo=UTC)
BRIEFS = {"brief of 10 articles": "25"}
"""Page-times allowed."""
ROUNDS = 5
"""Rounds of page-time and flow in turn; the median of their ratios counts."""


def pages_of(data: Path) -> list[tuple[str, bytes]]:
    """(url, body) of the 181 news pages."""
    with gzip.open(data / "extraction" / "news181.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["url"], row["html"].encode()) for row in rows]


def page_time(pages: list[tuple[str, bytes]]) -> float:
    """Seconds of CPU that one page costs trafilatura, fast and with metadata."""
    import trafilatura
    from trafilatura.meta import reset_caches

    reset_caches()
    begun = time.process_time()
    for url, body in pages:
        trafilatura.bare_extraction(body.decode(), url=url, fast=True, with_metadata=True)
    return (time.process_time() - begun) / len(pages)


def in_page_times(pages: list[tuple[str, bytes]]) -> tuple[float, dict[str, float]]:
    """The page-time in seconds, and each step's cost an article in page-times: medians.

    The page-time is taken before and after each flow, because a shared machine changes its pace.
    """
    warm_libraries(pages)
    page_time(pages)
    units, rounds = [page_time(pages)], []
    for _ in range(ROUNDS):
        spent = flow(pages)
        units.append(page_time(pages))
        unit = (units[-1] + units[-2]) / 2
        rounds.append({step: seconds / unit for step, seconds in spent.items()})
    ratios = {step: statistics.median(r[step] for r in rounds) for step in rounds[0]}
    return statistics.median(units), ratios


def flow(pages: list[tuple[str, bytes]]) -> dict[str, float]:
    """Seconds of CPU an article by step, from page bytes in memory to the article in its story."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "news.db")
        store.add_feed(Feed(url="http://feed.example/"))
        (feed,) = store.feeds()
        entries = [
            Entry(feed=feed.id, guid=url, url=url, published=_when(number))
            for number, (url, _) in enumerate(pages)
        ]
        reading = Reading(feed=feed, entries=entries)
        fetcher = SavedFetcher(
            {url: Page(url=url, status=200, body=b, content_type="text/html") for url, b in pages}
        )
        desk = Desk(store, fetcher, InlineEngine(), Config(fetch=FetchConfig(recheck=[])))
        spent = {
            "gather": clocked(lambda: store.save_reading(reading, NOW)),
            "extract": clocked(lambda: intake.extract_articles(desk, NOW, silent)),
            "trace": clocked(lambda: memory.trace_origins(desk, silent)),
            "place": clocked(lambda: memory.place_articles(desk, NOW, silent)),
            "measure": clocked(lambda: memory.read_figures(desk, silent)),
        }
        articles = store.counts()["articles"]
        store.close()
    return {step: seconds / articles for step, seconds in spent.items()}


def _when(number: int) -> str:
    return (NOW - timedelta(minutes=number)).isoformat()


def warm_libraries(pages: list[tuple[str, bytes]]) -> None:
    """Load what loads at first use: that cost is paid once a process, not once an article.

    As for the page-time, one pass goes before, and what the libraries cached of it is forgotten.
    """
    from trafilatura.meta import reset_caches

    from nutgraf.adapters.html import read_page
    from nutgraf.stages import copies, figures
    from nutgraf.text.languages import detect_language
    from nutgraf.types import Article

    for url, body in pages:
        text = read_page(body, url, "text/html").text
        copies.signature(text)
        figures.read(Article(id=url, text=text))
        detect_language(text)
    reset_caches()


def clocked(work: Callable[[], object]) -> float:
    """Seconds of CPU that `work` takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


class MadePages:
    """A fetcher that makes each page when it is asked for: memory is then the pipeline's own."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Page | Dropped]]:
        """See `protocols.Fetcher`."""
        for request in requests:
            number = int(request.url.rsplit("/", 1)[1])
            yield request, Page(url=request.url, status=200, body=made_page(number))


def made_page(number: int) -> bytes:
    """An invented page of some 400 words; five in a row tell of one event."""
    event = number // 5
    place, thing = f"Harbour{event % 997}", f"vessel{event % 3989}"
    lines = [
        f"<p>Officials in {place} said on day {number % 28} that {thing} number {event} reached "
        f"berth {(event * 31 + line) % 4001} with {(event * 7 + line) % 900 + 10} crates of "
        f"cargo{(event * 13 + line * 17) % 9973} and item{(number * 19 + line) % 7919}.</p>"
        for line in range(16)
    ]
    head = f"<html><head><title>{thing} at {place}</title></head>"
    return f"{head}<body><article>{''.join(lines)}</article></body></html>".encode()


def peak_of(articles: int) -> float:
    """Peak resident memory, in MiB, of one update over so many made articles."""
    code = f"from nutgraf.evals.speed import update_made; print(update_made({articles}))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def update_made(articles: int) -> float:
    """Run one update over made articles in this process; peak resident memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "news.db")
        store.add_feed(Feed(url="http://feed.example/"))
        (feed,) = store.feeds()
        for first in range(0, articles, 500):
            entries = [
                Entry(feed=feed.id, guid=str(n), url=f"http://made.example/{n}", published=_when(n))
                for n in range(first, first + 500)
            ]
            store.save_reading(Reading(feed=feed, entries=entries), NOW)
        desk = Desk(store, MadePages(), InlineEngine(), Config(fetch=FetchConfig(recheck=[])))
        intake.extract_articles(desk, NOW, silent)
        memory.trace_origins(desk, silent)
        memory.place_articles(desk, NOW, silent)
        memory.read_figures(desk, silent)
        store.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def start_up(runs: int = 11) -> tuple[float, float]:
    """Median milliseconds of `python -c pass` and of `nutgraf --version`, run in turn."""
    commands = {
        "pass": [sys.executable, "-c", "pass"],
        "version": [sys.executable, "-c", "from nutgraf.cli import main; main()", "--version"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken[name].append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken["pass"]), statistics.median(taken["version"])


def report(data: Path) -> str:
    """All measures as a page of Markdown."""
    pages = pages_of(data)
    unit, spent = in_page_times(pages)
    total = sum(spent.values())
    # Stories and figures have allowances of their own; trafilatura is the floor.
    besides = total - 1 - spent["place"] - spent["measure"]
    small, large = peak_of(5_000), peak_of(20_000)
    plain, version = start_up()
    rows = "\n".join(
        f"| {step} | {cost:.3f} | {cost / total:.0%} |" for step, cost in spent.items()
    )
    briefs = "\n".join(
        f"| {name} | {cost:.2f} | {BRIEFS.get(name, '')} |"
        for name, cost in brief_costs(data, lambda: page_time(pages)).items()
    )
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    return f"""# Benchmarks

`make bench`, {datetime.now(UTC):%Y-%m-%d}, {machine}, one process. One page-time here:
{1000 * unit:.1f} ms (trafilatura fast with metadata, a page of news181).

## From page bytes in memory to the stored article in its story
Medians of {ROUNDS} rounds.

| step | page-times an article | share |
|---|---|---|
{rows}
| all | {total:.3f} | |
| all but trafilatura, place and measure | {besides:.3f} | allowed: .25 |

Finding stories (place) and reading figures (measure) have allowances of their own: .17 and .5.

## Briefs
All of writing, verifying and composing an extractive brief, its figures read before.

| | page-times | allowed |
|---|---|---|
{briefs}

## Peak memory of an update
| articles | MiB |
|---|---|
| 5,000 | {small:.0f} |
| 20,000 | {large:.0f} |
| growth, kB an article | {(large - small) * 1024 / 15_000:.2f} |

The articles are in the active window, all of them; what grows is the window.

## Start-up
`python -c pass` {plain:.0f} ms, `nutgraf --version` {version:.0f} ms: {version - plain:.0f} ms more
(allowed: 150).
"""


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", type=click.Path(path_type=Path), help="Write the page there, too.")
def main(data: Path, out: Path | None) -> None:
    """Measure speed and memory."""
    page = report(data)
    print(page)
    if out:
        out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
