"""Contract of the vectors that a model made."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.adapters.store import SqlStore, open_store


def _unit(seed: int, size: int = 384) -> np.ndarray:
    vector = np.random.default_rng(seed).standard_normal(size).astype(np.float32)
    return vector / np.linalg.norm(vector)


def test_vectors_come_back_by_model_and_key(store: SqlStore) -> None:
    one, two = _unit(1), _unit(2, 8)
    store.save_vectors("m", {b"1": one})
    store.save_vectors("n", {b"1": two})
    assert store.vectors("m", [b"1", b"2"]).keys() == {b"1"}
    assert store.vectors("n", [b"1"])[b"1"].shape == (8,)
    assert store.vectors("o", [b"1"]) == store.vectors("m", []) == {}
    found = store.vectors("m", [b"1"])[b"1"]
    assert found.dtype == np.float32
    assert found == pytest.approx(one, abs=2e-4)


def test_a_vector_saved_again_replaces_the_first(store: SqlStore) -> None:
    store.save_vectors("m", {b"1": _unit(1), b"2": _unit(2)})
    store.save_vectors("m", {b"1": _unit(3)})
    store.save_vectors("m", {})
    found = store.vectors("m", [b"1", b"2"])
    assert found[b"1"] == pytest.approx(_unit(3), abs=2e-4)
    assert found[b"2"] == pytest.approx(_unit(2), abs=2e-4)


def test_what_was_stored_is_stored_again_without_loss(store: SqlStore) -> None:
    store.save_vectors("m", {b"1": _unit(1)})
    once = store.vectors("m", [b"1"])
    store.save_vectors("m", once)
    assert np.array_equal(store.vectors("m", [b"1"])[b"1"], once[b"1"])


def test_more_keys_than_one_statement_takes(store: SqlStore) -> None:
    many = {number.to_bytes(4): _unit(number, 4) for number in range(1200)}
    store.save_vectors("m", many)
    assert store.vectors("m", list(many)).keys() == many.keys()


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    yield opened
    opened.close()


@given(key=st.binary(), model=st.text(), seed=st.integers(0, 2**32 - 1))
def test_any_key_and_model_and_a_cosine_holds(
    shared: SqlStore, key: bytes, model: str, seed: int
) -> None:
    one, two = _unit(seed), _unit(seed + 1)
    shared.save_vectors(model, {key: one, key + b"+": two})
    found = shared.vectors(model, [key, key + b"+"])
    assert abs(float(found[key] @ found[key + b"+"]) - float(one @ two)) < 2e-4
