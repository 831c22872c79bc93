"""What it means when a model's server refuses or cannot be reached, and which setting to mend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from nutgraf.config import LlmConfig
from nutgraf.errors import WriterError

__all__ = ["refused", "unreachable"]

_PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529))


def unreachable(base_url: str, error: Exception) -> WriterError:
    """No connection, or one that broke."""
    cause = _line(str(error.__cause__ or error)) or type(error.__cause__ or error).__name__
    return WriterError(
        "the model's server could not be reached",
        f"{base_url} could not be reached ({cause}): start it, or mend [llm] base_url",
        passing=True,
    )


def refused(
    setting: LlmConfig, status: int, message: str, headers: Mapping[str, str]
) -> WriterError:
    """An answer with an error's status."""
    told = f"{setting.base_url} answered {status}"
    said = _line(message)
    quota = "quota" in said or "billing" in said
    if status in (401, 403):
        where = f"the variable {setting.api_key_env}" if setting.api_key_env else "[llm] api_key"
        return WriterError(
            "the model's server refused the key", f"{told}: mend {where}", lasting=True
        )
    if status == 402 or (status == 429 and quota):
        return WriterError(
            "the account with the model's server is used up", f"{told}: {said}", lasting=True
        )
    if status == 404:
        return WriterError(
            "the model's server does not know the model",
            f"{told}: it knows no model {setting.model}, or [llm] base_url lacks its /v1 ({said})",
            lasting=True,
        )
    if 300 <= status < 400:
        to = _line(headers.get("location", "elsewhere"))
        return WriterError(
            "the model's server has moved", f"{told}, to {to}: mend [llm] base_url", lasting=True
        )
    if status in _PASSING:
        return WriterError(
            "the model's server is busy" if status == 429 else "the model's server failed",
            f"{told} ({said})",
            passing=True,
            wait=_wait(headers.get("retry-after", "")),
        )
    if status == 413 or "context" in said.casefold():
        return WriterError(
            "the story is too long for the model", f"{told} ({said}): lower [llm] sentences"
        )
    return WriterError("the model's server refused the request", f"{told}: {said}")


def _wait(text: str) -> float | None:
    """Seconds to wait as a header tells them, or a date; None if it tells neither."""
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return max(0.0, (at - datetime.now(at.tzinfo or UTC)).total_seconds()) if at.tzinfo else None


def _line(text: str) -> str:
    """A server's own words on one short line, without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:160]
