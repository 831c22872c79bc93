"""Vectors made once: an embedder in front of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nutgraf.protocols import Embedder, Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Remembered"]


class Remembered:
    """An `Embedder` that asks another one only for texts whose vector is not stored.

    What it answers is always what is stored, rounded as it is there, so that an article goes the
    same way whether its vector is new or known.
    """

    def __init__(self, embedder: Embedder, store: Store) -> None:
        self._embedder, self._store = embedder, store
        self.name, self.size = embedder.name, embedder.size

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `protocols.Embedder`."""
        import numpy as np

        keys = [_key(text) for text in texts]
        wanted = dict(zip(keys, texts, strict=True))
        known = self._store.vectors(self.name, list(wanted))
        fresh = [key for key in wanted if key not in known]
        if fresh:
            made = self._embedder.embed([wanted[key] for key in fresh])
            self._store.save_vectors(self.name, dict(zip(fresh, made, strict=True)))
            known |= self._store.vectors(self.name, fresh)
        found = [known[key] for key in keys]
        return np.stack(found) if found else np.zeros((0, self.size), np.float32)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
