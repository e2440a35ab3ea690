"""What changed is told against the last run of a job, whether its steps were done then, kept, or taken as a whole."""

import pytest

from tesoma_geo._step_traces import NOT_BEFORE, StepTraces
from tesoma_geo._steps import Steps


@pytest.fixture(autouse=True)
def empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def ran(job, **steps):
    """Why each step of a run is another one than in the run before."""
    traces = StepTraces(job)
    whys = {name: traces.why(name, parts, alike="alike") for name, parts in steps.items()}
    traces.finish()
    return whys


def test_a_run_is_compared_with_the_one_before_it():
    first, other = {"colour": "red", "size": "1"}, {"colour": "blue", "size": "1"}
    assert ran("job", draw=first) == {"draw": NOT_BEFORE}
    assert ran("job", draw=other) == {"draw": "changed: colour"}
    assert ran("job", draw=first) == {"draw": "changed: colour"}
    assert ran("job", draw=first) == {"draw": "alike"}
    assert ran("another job", draw=first) == {"draw": NOT_BEFORE}


def test_a_part_that_is_no_longer_given_changed():
    assert ran("job", draw={"colour": "red", "licence of roads": "1"}) == {"draw": NOT_BEFORE}
    assert ran("job", draw={"colour": "red"}) == {"draw": "changed: licence of roads"}


def test_of_a_step_that_a_run_does_not_ask_for_the_run_before_is_known():
    ran("job", draw={"colour": "red"}, fold={"paper": "thin"})
    ran("job", fold={"paper": "thick"})
    assert ran("job", draw={"colour": "blue"}, fold={"paper": "thick"}) == {"draw": "changed: colour", "fold": "alike"}


def test_a_result_that_is_taken_as_it_is_counts_as_a_run():
    ran("job", draw={"colour": "blue"})
    former = StepTraces("job")
    former.note({"draw": {"colour": "red"}})
    former.finish()
    assert ran("job", draw={"colour": "red"}) == {"draw": "alike"}


def test_a_run_that_is_not_finished_is_no_last_run():
    ran("job", draw={"colour": "red"})
    StepTraces("job").why("draw", {"colour": "blue"}, alike="alike")
    assert ran("job", draw={"colour": "red"}) == {"draw": "alike"}


def test_steps_that_were_kept_are_of_the_last_run_too():
    def run(colour, paper):
        steps = Steps("job")
        steps.take("draw", lambda: 1, colour=colour, paper=paper)
        steps.finish()
        return steps.records[0].why

    run("red", "thin")
    assert run("blue", "thin") == "changed: colour"
    run("red", "thin")  # kept
    assert run("red", "thick") == "changed: paper"


def test_what_another_job_made_is_of_the_last_run_too():
    for job in ("one", "its copy"):
        steps = Steps(job)
        steps.take("draw", lambda: 1, colour="red")
        steps.finish()
    assert steps.records[0].kept
    steps = Steps("its copy")
    steps.take("draw", lambda: 1, colour="blue")
    assert steps.records[0].why == "changed: colour"
