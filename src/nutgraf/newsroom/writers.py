"""Who writes: the model that the settings name, for one edition or for documents at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nutgraf.adapters.llm import PatientWriter, RememberedWriter, open_writer
from nutgraf.adapters.store import open_store
from nutgraf.config import Config, LlmConfig, load_config
from nutgraf.errors import NutgrafError
from nutgraf.newsroom.places import SETTINGS, find
from nutgraf.newsroom.verifying import verifier_by
from nutgraf.pipeline import Writing
from nutgraf.protocols import Store

__all__ = ["Hired", "hire", "problems_with", "writing_here"]


class Hired:
    """A model for one edition: it remembers, is patient, keeps to the budget.

    `troubles` are what went wrong, a line each, for whoever runs the desk.
    """

    def __init__(self, config: Config, store: Store) -> None:
        server = open_writer(config.llm)
        patient = PatientWriter(server, config.llm)
        self.writer = RememberedWriter(patient, server.identity, store)
        self.troubles = patient.troubles


def hire(config: Config, store: Store) -> Hired | None:
    """The model that the settings name; None if they name none.

    Raises `MissingExtra` or `ConfigError`.
    """
    return Hired(config, store) if config.llm.model else None


def problems_with(setting: LlmConfig) -> list[str]:
    """What is wrong with the model that the settings name, or its server; asks the server."""
    if not setting.model:
        return []
    try:
        problem = open_writer(setting).check()
    except NutgrafError as error:
        problem = str(error)
    return [problem] if problem else []


@contextmanager
def writing_here(folder: Path) -> Iterator[tuple[Writing, list[str]]]:
    """Who writes by the settings of a folder (and the environment), and what went wrong with it.

    What the model answers is kept in the folder's newsroom, if it has one.
    """
    config = load_config(folder / SETTINGS)
    if not config.llm.model:
        yield Writing(judge=verifier_by(config, folder, None)), []
        return
    kept = (folder / SETTINGS).exists() and find(folder).database
    store = open_store(kept if kept and Path(kept).exists() else ":memory:")
    try:
        hired = Hired(config, store)
        judge = verifier_by(config, folder, hired.writer)
        by = Writing(hired.writer, config.site.language, config.llm.sentences, judge)
        yield by, hired.troubles
    finally:
        store.close()
