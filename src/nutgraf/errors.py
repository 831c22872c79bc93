"""Every error that Nutgraf raises on purpose.

    NutgrafError                 base; its message is one clear line for a person
    ├── ConfigError              a setting is unknown or unusable
    ├── StoreError               the database is locked, corrupt, too new or unwritable
    ├── DocumentError            a document cannot be read as what it claims to be
    ├── DeliveryError            an edition could not be written or sent
    ├── MissingExtra             what was asked for needs an optional extra that is not installed
    ├── ModelError               a model's files are missing, torn, or not what they claim to be
    ├── WriterError              the model that writes gave no answer that can be used
    ├── NotFound                 no story, article, feed or edition of that name
    └── Dropped                  one item cannot go on to the next stage; the others do
        ├── FetchFailed          nothing usable came back from a URL
        └── FeedUnreadable       what came back is not a feed

`Dropped` is the only one that a stage raises for an item: the engine turns it into a stored
`Drop`, so nothing vanishes silently.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "ConfigError",
    "DeliveryError",
    "DocumentError",
    "Dropped",
    "FeedUnreadable",
    "FetchFailed",
    "MissingExtra",
    "ModelError",
    "NotFound",
    "NutgrafError",
    "StoreError",
    "WriterError",
]


class NutgrafError(Exception):
    """Base of all errors; `str(error)` is one line that names the thing and what to do."""


class ConfigError(NutgrafError):
    """A setting is unknown, of the wrong type or contradicts another."""


class StoreError(NutgrafError):
    """The database is locked, corrupt, made by a newer version, or cannot be written."""


class DocumentError(NutgrafError):
    """A document cannot be read as what it claims to be."""


class DeliveryError(NutgrafError):
    """An edition could not be written to its folder or sent."""


class MissingExtra(NutgrafError):
    """What was asked for needs an optional extra that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} need nutgraf[{extra}]: pip install 'nutgraf[{extra}]'")
        self.what = what
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (self.what, self.extra)


class ModelError(NutgrafError):
    """A model's files are missing, torn, or not what they claim to be."""


class WriterError(NutgrafError):
    """The model that writes gave no answer that can be used; the brief is told without it.

    `reason` is short and may be published; the message is for whoever runs the desk. `passing`:
    another try may do better, after `wait` seconds if the server said so. `lasting`: no other
    prompt will do better before somebody mends something.
    `usage` is what it took (`types.Usage`), if anything.
    """

    def __init__(
        self,
        reason: str,
        detail: str = "",
        *,
        passing: bool = False,
        lasting: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.passing = passing
        self.lasting = lasting
        self.wait = wait
        self.usage: Any = None


class NotFound(NutgrafError):
    """No story, article, feed or edition goes by that name."""


class Dropped(NutgrafError):
    """An item that cannot go on to the next stage.

    `reason` is a short stable phrase (it is counted in `nutgraf status`), `detail` the
    particulars of this one item.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Dropped], tuple[str, str], dict[str, object]]:
        # A process pool pickles it; the default would call __init__ with the joined message.
        return type(self), (self.reason, self.detail), dict(self.__dict__)


class FetchFailed(Dropped):
    """Nothing usable came back from a URL.

    `status` is the HTTP status if there was an answer, `retry_after` the seconds the server
    asked to be left alone, `passing` whether another try may do better.
    """

    def __init__(
        self,
        reason: str,
        detail: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        passing: bool = False,
    ) -> None:
        super().__init__(reason, detail)
        self.status = status
        self.retry_after = retry_after
        self.passing = passing


class FeedUnreadable(Dropped):
    """What came back from a feed's URL is not a feed."""
