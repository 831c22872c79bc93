"""Answers of a model that writes, so that nothing is written twice."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.session import Session
from nutgraf.adapters.store.sqlite import insert

__all__ = ["Answers"]

_answers = schema.answers


class Answers(Session):
    """Answers by model and key (a hash of the prompt)."""

    def answer(self, model: str, key: bytes) -> str | None:
        """What `model` answered to the prompt of this key, if it is stored."""
        with self._reading() as connection:
            text: str | None = connection.scalar(_ONE, {"of": model, "under": key})
            return text

    def save_answer(self, model: str, key: bytes, text: str) -> None:
        """Keep an answer, in place of any of the same model and key."""
        with self._writing() as connection:
            connection.execute(_SAVE, {"model": model, "key": key, "text": text})


_ONE = select(_answers.c.text).where(
    _answers.c.model == bindparam("of"), _answers.c.key == bindparam("under")
)
_new = insert(_answers)
_SAVE = _new.on_conflict_do_update(
    index_elements=["model", "key"], set_={"text": _new.excluded.text}
)
