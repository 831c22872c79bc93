"""Vectors of texts: what a model made of them, so that it need not read them twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.articles import chunks
from nutgraf.adapters.store.session import Session
from nutgraf.adapters.store.sqlite import insert

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Vectors"]

_vectors = schema.vectors

_KEPT_AS = "<f2"
"""Little-endian float16: half the bytes, and a cosine moves by less than .0002."""


class Vectors(Session):
    """Vectors by model and key (a hash of the text)."""

    def vectors(self, model: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that `model` made, by key, for those that are stored."""
        import numpy as np

        with self._reading() as connection:
            return {
                row.key: np.frombuffer(row.vector, _KEPT_AS).astype(np.float32)
                for some in chunks(keys)
                for row in connection.execute(_MANY, {"of": model, "keys": some})
            }

    def save_vectors(self, model: str, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keep vectors, as float16, in place of any of the same model and key."""
        rows = [
            {"model": model, "key": key, "vector": vector.astype(_KEPT_AS).tobytes()}
            for key, vector in vectors.items()
        ]
        if rows:
            with self._writing() as connection:
                connection.execute(_SAVE, rows)


_MANY = select(_vectors.c.key, _vectors.c.vector).where(
    _vectors.c.model == bindparam("of"), _vectors.c.key.in_(bindparam("keys", expanding=True))
)
_new = insert(_vectors)
_SAVE = _new.on_conflict_do_update(
    index_elements=["model", "key"], set_={"vector": _new.excluded.vector}
)
