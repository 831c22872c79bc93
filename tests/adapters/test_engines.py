"""Both engines keep one contract."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from nutgraf.adapters.engines import InlineEngine, PoolEngine, engine
from nutgraf.errors import Dropped, FetchFailed
from nutgraf.protocols import Engine


@pytest.fixture(params=[1, 2], ids=["inline", "pool"])
def each_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with engine(request.param) as made:
        yield made


def halve(number: int) -> int:
    if number % 2:
        raise FetchFailed("odd", str(number))
    return number // 2


def die_at_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def break_at_two(number: int) -> int:
    if number == 2:
        raise ZeroDivisionError("a bug, not an expected error")
    return number


def test_answers_every_item_once_in_order(each_engine: Engine) -> None:
    answers = list(each_engine.map(halve, range(40)))
    assert [item for item, _ in answers] == list(range(40))
    assert [answer for item, answer in answers if item % 2 == 0] == list(range(20))


def test_an_expected_error_is_a_value(each_engine: Engine) -> None:
    (_, error), (_, four) = each_engine.map(halve, [7, 8])
    assert isinstance(error, FetchFailed)
    assert (error.reason, error.detail) == ("odd", "7")
    assert four == 4


def test_a_bug_is_raised(each_engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        list(each_engine.map(break_at_two, range(4)))


def test_reads_only_a_bounded_number_ahead(each_engine: Engine) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(0, 1000, 2):
            taken.append(number)
            yield number

    answers = each_engine.map(halve, items())
    next(answers)
    assert len(taken) <= 5


def test_a_dying_worker_costs_one_item() -> None:
    with PoolEngine(2) as pool:
        answers = dict(pool.map(die_at_three, range(8)))
    dead = answers.pop(3)
    assert isinstance(dead, Dropped)
    assert dead.reason == "crashed its worker"
    assert answers == {n: n for n in range(8) if n != 3}


def test_one_worker_is_this_process() -> None:
    assert isinstance(engine(1), InlineEngine)
    assert isinstance(engine(0), InlineEngine)
