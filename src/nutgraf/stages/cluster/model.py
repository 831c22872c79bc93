"""The learned scorer of pairs: an ensemble of oblivious trees, kept as a small file of weights."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec
import numpy as np

from nutgraf.stages.cluster.pairs import SIGNALS
from nutgraf.stages.cluster.window import Floats

__all__ = ["Trees", "WeightsFile", "shipped", "trained"]


class Trees:
    """Trees that ask the same question of a pair at each of their levels.

    `columns` int[trees, depth] and `cuts` float[trees, depth] are the questions (is the signal
    above the cut?), `leaves` float[trees, 2**depth] the answers (the first question is the lowest
    bit), `bias` is added to their sum. (Prokhorenkova et al., CatBoost, NeurIPS 2018.)
    """

    def __init__(self, columns: Floats, cuts: Floats, leaves: Floats, bias: float) -> None:
        self._columns = np.asarray(columns, np.intp)
        self._cuts = np.asarray(cuts, np.float64)
        self._bits = (1 << np.arange(self._columns.shape[1])).astype(np.uint8)
        self._leaves = np.asarray(leaves, np.float64).ravel()
        self._starts = np.arange(len(self._columns)) * (1 << self._columns.shape[1])
        self._bias = bias

    def __call__(self, pairs: Floats) -> Floats:
        """Log odds that each pair is about one event: float64[len(pairs)]."""
        above = pairs[:, self._columns] > self._cuts
        leaf = np.packbits(above, axis=2, bitorder="little")[:, :, 0]
        found: Floats = self._leaves[leaf + self._starts].sum(axis=1) + self._bias
        return found


class WeightsFile(msgspec.Struct):
    """The file of weights: numbers, and where they come from."""

    made: dict[str, object]
    signals: list[str]
    columns: list[list[int]]
    cuts: list[list[float]]
    leaves: list[list[float]]
    bias: float

    def trees(self) -> Trees:
        """The trees that the numbers describe."""
        return Trees(np.array(self.columns), np.array(self.cuts), np.array(self.leaves), self.bias)


@cache
def trained() -> Trees:
    """The trees that ship with the package (`nutgraf/weights/stories.json`)."""
    data = resources.files("nutgraf.weights").joinpath("stories.json").read_bytes()
    file = msgspec.json.decode(data, type=WeightsFile)
    if tuple(file.signals) != SIGNALS:
        raise ValueError("weights/stories.json was made for other signals: train it again")
    return file.trees()


def shipped(article: str, pairs: Floats) -> Floats:
    """Log odds by the shipped trees, whatever the article."""
    del article
    return trained()(pairs)
