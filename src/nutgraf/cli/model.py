"""The model of sentence vectors: model."""

from __future__ import annotations

import json
from pathlib import Path

import click

from nutgraf.cli.options import newsroom_option

__all__ = ["COMMANDS"]


@click.command()
@click.argument("model", metavar="FOLDER|package:NAME|hub:OWNER/NAME@REVISION")
@click.option("--sha256", default="", help="Refuse a model with another checksum.")
@click.option("--onnx", default="", metavar="FILE", help="Download this ONNX file of the hub's.")
@click.option("--prefix", default="", help="Put before each text; the E5 models want 'query: '.")
@click.option("--hub", envvar="HF_ENDPOINT", hidden=True)
@newsroom_option
def model(model: str, sha256: str, onnx: str, prefix: str, hub: str | None, place: str) -> None:
    """Try a model of sentence vectors; download it from the hub.

    Prints the settings that switch it on, with its checksum. A download goes to the folder
    `models` of the newsroom; nothing else downloads.

    \b
    Examples:
      nutgraf model models/my-model
      nutgraf model hub:intfloat/multilingual-e5-small@main --prefix "query: "
    """
    from nutgraf.adapters.embed import open_embedder
    from nutgraf.adapters.embed.files import HubModel, find_model
    from nutgraf.adapters.embed.hub import HUB, download
    from nutgraf.config import EmbedConfig

    home = Path(place) if Path(place).is_dir() else Path(place).parent
    if model.startswith("hub:") and not HubModel.parse(model).folder(home).exists():
        download(
            model, home, sha256=sha256, onnx=onnx, hub=hub or HUB,
            tell=lambda name: click.echo(f"got {name}", err=True),
        )  # fmt: skip
    setting = EmbedConfig(model=model, sha256=sha256, prefix=prefix)
    embedder = open_embedder(setting, home)
    click.echo(f"# {embedder.size} dimensions; each file's SHA-256, to compare with its source:")
    for path, checksum in find_model(model, home).checksums().items():
        click.echo(f"#   {checksum}  {path.name}")
    click.echo("[embed]")
    for name, value in {"model": model, "sha256": embedder.sha256, "prefix": prefix}.items():
        if value:  # a JSON string is a TOML string
            click.echo(f"{name} = {json.dumps(value, ensure_ascii=False)}")


COMMANDS = (model,)
