"""Errors tell a problem and a remedy, in whatever process they are raised."""

import pickle

import pytest

from tesoma_geo.errors import Fault, InputError, OutputError, SourceError, TesomaError, causes


@pytest.mark.parametrize(
    "error",
    [
        InputError("--k 0: nothing is the zeroth", "Write 1 or more"),
        OutputError("it cannot be written"),
        SourceError([Fault("a.csv", "row 1 is empty", "Fill it"), Fault("b.csv", "no column x", "Add it")]),
    ],
)
def test_an_error_is_the_same_from_another_process(error):
    sent = pickle.loads(pickle.dumps(error))
    assert type(sent) is type(error)
    assert (str(sent), sent.problem, sent.remedy, sent.faults) == (
        str(error), error.problem, error.remedy, error.faults,
    )  # fmt: skip


def test_one_fault_is_told_as_a_problem_and_several_by_number():
    one, other = Fault("a.csv", "row 1 is empty", "Fill it"), Fault("b.csv", "no column x", "Add it")
    assert str(TesomaError([one])) == "a.csv: row 1 is empty. Fill it"
    assert str(TesomaError([one, other])).splitlines()[:3] == [
        "2 faults", "  1. a.csv: row 1 is empty. Fill it", "  2. b.csv: no column x. Add it",
    ]  # fmt: skip


def test_the_causes_of_an_error_are_told_once_each_and_the_latest_first() -> None:
    first, then, last = OSError("a"), ValueError("b"), KeyError("c")
    then.__context__, last.__cause__ = first, then
    assert list(causes(last)) == [last, then, first]
    first.__context__ = last
    assert list(causes(last)) == [last, then, first]
