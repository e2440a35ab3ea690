"""Steps of a job: done once for the same content, done again for other, and whatever is kept can be lost."""

import shutil

import pytest

from tesoma_geo import _steps
from tesoma_geo._cache import entries
from tesoma_geo._steps import MISSING, Aside, Steps


@pytest.fixture(autouse=True)
def empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def done(times, steps, **given):
    def do():
        times.append(given)
        return sum(given.values())

    return steps.take("sum", do, **given)


def test_a_step_is_done_once_for_the_same_content():
    times = []
    for _ in range(3):
        steps = Steps("job")
        assert done(times, steps, a=1, b=2) == 3
        steps.finish()
    assert len(times) == 1
    assert steps.records[0].kept


def test_what_changed_is_told():
    times = []
    for given, why in (
        ({"a": 1, "b": 2}, "not done before"),
        ({"a": 1, "b": 5}, "changed: b"),
        ({"a": 2, "b": 5}, "changed: a"),
    ):
        steps = Steps("job")
        assert done(times, steps, **given) == sum(given.values())
        steps.finish()
        assert steps.records[0].why == why
        assert why in steps.lines()[0]
    assert len(times) == 3


def test_without_a_cache_everything_is_done_and_nothing_kept():
    times = []
    done(times, Steps("job"), a=1)
    before = [entry.path for entry in entries()]
    for _ in range(2):
        steps = Steps("job", keep=False)
        assert done(times, steps, a=1) == 1
        steps.finish()
    assert len(times) == 3
    assert [entry.path for entry in entries()] == before


def test_another_version_of_the_program_does_it_again(monkeypatch):
    times = []
    done(times, Steps("job"), a=1)
    monkeypatch.setattr(_steps, "program", lambda: "another")
    steps = Steps("job")
    done(times, steps, a=1)
    assert len(times) == 2


@pytest.mark.parametrize("harm", [b"", b"no pickle", None])
def test_what_is_damaged_is_done_again(empty_cache, harm):
    times = []
    done(times, Steps("job"), a=1)
    (entry,) = empty_cache.glob("step-*")
    assert entry.stat().st_mode & 0o077 == 0  # for this user alone
    file = entry / "value.pickle"
    if harm is None:
        file.unlink()
    else:
        file.write_bytes(harm)
    assert done(times, Steps("job"), a=1) == 1
    assert done(times, Steps("job"), a=1) == 1
    assert len(times) == 2


def test_files_of_several_steps_are_made_side_by_side():
    tasks = {name: ({"name": name}, lambda name=name: {f"{name}.txt": name.encode()}) for name in ("a", "b", "c")}
    steps = Steps("job")
    files = {"a": {"a.txt": b"a"}, "b": {"b.txt": b"b"}, "c": {"c.txt": b"c"}}
    assert steps.take_all(tasks) == files
    steps.finish()
    again = Steps("job")
    assert again.take_all(tasks) == files
    assert [record.kept for record in again.records] == [True] * 3
    assert again.find("a", name="other")[1] is MISSING


def test_a_cache_that_may_hold_nothing_only_costs_time(monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE_LIMIT_MB", "0")
    times = []
    for _ in range(2):
        steps = Steps("job")
        assert done(times, steps, a=1) == 1
        steps.finish()
    assert len(times) == 2


def test_a_part_of_a_step_is_made_once_and_told_of_nowhere():
    made = []

    def part(steps, **given):
        return steps.part("part", lambda: made.append(given) or len(made), **given)

    steps = Steps("job")
    assert [part(steps, a=1), part(steps, a=1), part(Steps("job"), a=1), part(steps, a=2)] == [1, 1, 1, 2]
    assert (steps.records, steps.keys) == ([], {})
    assert part(Steps("job", keep=False), a=1) == 3


def test_what_is_put_aside_is_taken_back_held_where_nothing_is_kept_and_missing_where_it_was_dropped(monkeypatch):
    steps = Steps("job")
    step, _ = steps.find("list", a=1)
    aside = steps.put_aside(step, [1, 2, 3])
    assert aside == Aside(step.key)
    assert steps.taken_back(aside) == [1, 2, 3]
    for entry in entries():
        shutil.rmtree(entry.path)
    assert steps.taken_back(aside) is MISSING
    held = [4]
    assert Steps("job", keep=False).put_aside(step, held) is held
    monkeypatch.setenv("TESOMA_GEO_CACHE_LIMIT_MB", "0")
    assert steps.taken_back(steps.put_aside(step, held)) is held
