"""Writes the generated pages of docs/reference/ from the code; `--check` says which are stale.

Also checked: that every relative link in the Markdown of this repository leads somewhere.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import click
from msgspec import Struct

from nutgraf import config, errors, types
from nutgraf.beats import feeds_page
from nutgraf.cli import nutgraf
from nutgraf.newsroom import Newsroom

DOCS = Path(__file__).parent
ROOT = DOCS.parent
MADE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def commands() -> str:
    """Every command with its help, as the terminal shows it."""
    parts = [MADE, "# Commands\n"]
    groups: list[tuple[str, click.Command]] = [("nutgraf", nutgraf)]
    groups += [(f"nutgraf {name}", command) for name, command in sorted(nutgraf.commands.items())]
    for name, command in groups:
        with click.Context(command, info_name=name, max_content_width=100) as context:
            text = command.get_help(context)
        parts.append(f"\n## {name}\n\n```text\n{text}\n```\n")
    return "".join(parts)


def settings() -> str:
    """Every setting with its type, default and meaning."""
    tables = [
        ("", config.Config),
        ("[fetch]", config.FetchConfig),
        ("[site]", config.SiteConfig),
        ("[mail]", config.MailConfig),
        ("[schedule]", config.ScheduleConfig),
        ("[embed]", config.EmbedConfig),
        ("[llm]", config.LlmConfig),
        ("[verify]", config.VerifyConfig),
        ("[[beats]]", types.Beat),
    ]
    parts = [
        MADE,
        "# Settings\n\n",
        "In `nutgraf.toml`, and over it in the environment: `NUTGRAF_FETCH__DELAY=2` sets\n",
        "`[fetch] delay`.\n",
    ]
    for heading, struct in tables:
        parts.append(f"\n## {heading or 'At the top'}\n\n{inspect.getdoc(struct)}\n\n")
        parts.append("| setting | type | default | meaning |\n|---|---|---|---|\n")
        parts.extend(_setting_rows(struct))
    return "".join(parts)


def _setting_rows(struct: type[Struct]) -> list[str]:
    meanings = field_docs(struct)
    fresh = struct(name="") if struct is types.Beat else struct()
    rows = []
    for name in struct.__struct_fields__:
        value = getattr(fresh, name)
        if isinstance(value, Struct) or name == "beats":
            continue
        default = "" if struct is types.Beat and name == "name" else f"`{_toml(value)}`"
        kind = struct.__annotations__[name].replace("|", "or")
        rows.append(f"| `{name}` | {kind} | {default} | {meanings.get(name, '')} |\n")
    return rows


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else "none" if value is None else str(value)


def field_docs(struct: type[Struct]) -> dict[str, str]:
    """The docstring written under each field, on one line."""
    source = inspect.getsource(struct)
    found = re.finditer(r'^    (\w+): [^\n]*\n    """(.*?)"""', source, re.MULTILINE | re.DOTALL)
    return {match[1]: " ".join(match[2].split()).replace("|", "\\|") for match in found}


def contracts() -> str:
    """The public nouns with their fields."""
    parts = [
        MADE,
        "# JSON contracts\n\n",
        "The nouns as they stand in JSON, in the order of the flow. Offsets are Unicode code\n",
        "points of the text that the answer carries. Times are ISO 8601 with zone; a date known\n",
        "only to the day stays a date.\n",
    ]
    for name, struct in vars(types).items():
        if not (isinstance(struct, type) and issubclass(struct, Struct) and name in types.__all__):
            continue
        parts.append(
            f"\n## {name}\n\n{inspect.getdoc(struct)}\n\n| field | type | |\n|---|---|---|\n"
        )
        meanings = field_docs(struct)
        for field in struct.__struct_fields__:
            kind = struct.__annotations__[field].replace("|", "or")
            parts.append(f"| `{field}` | {kind} | {meanings.get(field, '')} |\n")
    return "".join(parts)


def python() -> str:
    """The facade's methods and the tree of errors."""
    parts = [
        MADE,
        "# Python\n\n```python\nfrom nutgraf.newsroom import Newsroom\n```\n\n",
        f"{inspect.getdoc(Newsroom)}\n",
    ]
    for name, member in vars(Newsroom).items():
        function = getattr(member, "__func__", member)
        if name.startswith("_") or not (
            inspect.isfunction(function) or isinstance(member, property)
        ):
            continue
        signature = "" if isinstance(member, property) else _signature(function)
        parts.append(f"\n### {name}{signature}\n\n{inspect.getdoc(member)}\n")
    parts.append(f"\n## Errors\n\n```text\n{inspect.getdoc(errors)}\n```\n")
    return "".join(parts)


def _signature(function: object) -> str:
    text = str(inspect.signature(function)).replace("'", "")  # type: ignore[arg-type]
    text = re.sub(r"<function (\w+) at \w+>", r"\1", text)
    return text.replace("(self, ", "(").replace("(self)", "()").replace("(cls, ", "(")


PAGES = {
    "reference/commands.md": commands,
    "reference/settings.md": settings,
    "reference/contracts.md": contracts,
    "reference/python.md": python,
    "feeds.md": feeds_page,
}


def broken_links() -> list[str]:
    """Relative links in Markdown that lead nowhere."""
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    broken = []
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            outside = "://" in target or target.startswith("mailto:")
            if not outside and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    return broken


def main() -> None:
    check = "--check" in sys.argv[1:]
    stale = []
    for name, build in PAGES.items():
        path, text = DOCS / name, build()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{name}")
    if check and stale:
        sys.exit(f"stale: {', '.join(stale)}; run `make docs` and commit what it writes")
    if links := broken_links():
        sys.exit("links that lead nowhere:\n  " + "\n  ".join(links))


if __name__ == "__main__":
    main()
