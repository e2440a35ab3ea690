"""What is said on stderr: plain lines, no more than asked for."""

import json
from datetime import datetime

import pytest

from tesoma_geo._step_records import StepRecord, note_steps
from tesoma_geo.cli.console import Console, error_lines, plain, unexpected_error_lines
from tesoma_geo.errors import Fault, SourceError


@pytest.mark.parametrize(
    ("verbosity", "heard"), [(-1, ""), (0, "aloud\n"), (1, "aloud\nmore\nstep\n"), (2, "aloud\nmore\nstep\n")]
)
def test_says_as_much_as_was_asked_for_and_nothing_on_stdout(capsys, verbosity, heard):
    console = Console(verbosity)
    console.info("aloud")
    console.detail("more")
    with console.progress() as progress:
        progress("step")
    assert capsys.readouterr() == ("", heard)


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_lines_for_programs_are_json_with_the_seconds_and_memory_of_each_part(capsys):
    console = Console(0, as_json=True)
    console.info("red \x1b[31m postgresql://a:secret@h/db")
    console.detail("more")
    with console.progress() as progress:
        progress("reading")
        progress("drawing")
    told = lines(capsys)
    assert [line["message"] for line in told] == ["red �[31m postgresql://***@h/db", "part", "part"]
    assert [line.get("part") for line in told] == [None, "reading", "drawing"]
    assert all(line["seconds"] >= 0 and line["peak_memory_mb"] >= line["memory_mb"] > 10 for line in told[1:])
    assert all(datetime.fromisoformat(line["time"]).tzinfo for line in told)


def test_each_step_is_a_line_for_programs_whichever_job_it_is_of_also_where_the_work_fails(capsys):
    kept, drawn = StepRecord("walk", True, "as it was", 0.01), StepRecord("draw\x1b", False, "changed: hub", 2.0, 99.5)

    def fails():
        with Console(0, as_json=True).progress() as progress:
            progress("all")
            note_steps([kept])
            note_steps([kept, drawn])  # once more, with a further one
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fails()
    note_steps([kept])  # of no job that is told of
    _, *steps = lines(capsys)
    without_time = [{name: value for name, value in line.items() if name != "time"} for line in steps]
    said = {"level": "info", "message": "step"}
    assert without_time == [
        said | {"step": "draw�", "seconds": 2.0, "peak_memory_mb": 99.5},
        said | {"step": "walk", "seconds": 0.01, "peak_memory_mb": None},
    ]


@pytest.mark.parametrize(("explained", "told"), [(False, []), (True, [("walk", True, "as it was")])])
def test_who_wants_quiet_and_asks_why_hears_of_steps_alone(capsys, explained, told):
    with Console(-1, as_json=True).progress(explained=explained) as progress:
        progress("all")
        note_steps([StepRecord("walk", True, "as it was", 0.01)])
    assert [(line["step"], line["kept"], line["why"]) for line in lines(capsys)] == told


def test_errors_alone_are_lines_for_who_wants_quiet(capsys):
    for level in ("info", "error"):
        Console(-1, as_json=True).line(level, "district", district="a")
    (line,) = lines(capsys)
    assert (line["level"], line["district"]) == ("error", "a")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Länsikeskus", "Länsikeskus"),
        ("red \x1b[31m alarm \x07", "red �[31m alarm �"),
        ("two\nlines", "two lines"),
        ("left\u202eright", "left�right"),
        ("\udcff.osm", "�.osm"),
        ("18\xa0000", "18\xa0000"),
    ],
)
def test_text_from_data_cannot_steer_the_terminal(text, shown):
    assert plain(text) == shown


def test_a_refusal_is_one_line_why_and_one_line_what_to_do():
    assert error_lines(SourceError("a.csv: no rows", "Fill it")) == ["Error: a.csv: no rows", "Fill it"]


def test_a_name_with_a_line_break_stays_on_its_line():
    error = SourceError([Fault("a\nb.csv", "no rows", "Fill it")])
    assert error_lines(error) == ["Error: a b.csv: no rows", "Fill it"]


def test_several_faults_are_numbered():
    faults = [Fault("a", "is missing", "Add it"), Fault("b", "is\nnegative", "Mend it")]
    assert error_lines(SourceError(faults)) == [
        "Error: 2 faults",
        "  1. a: is missing. Add it",
        "  2. b: is negative. Mend it",
        "Mend them and run the command again",
    ]


@pytest.mark.parametrize(
    ("error", "first"),
    [
        (OSError(28, "No space left on device", "out.tif"), "Error: out.tif: No space left on device"),
        (MemoryError(), "Error: the memory of this machine is used up"),
    ],
)
def test_what_the_machine_refuses_is_said_plainly(error, first):
    lines = unexpected_error_lines(error)
    assert lines[0] == first
    assert len(lines) == 2


def test_the_unforeseen_names_its_place():
    def broken():
        raise KeyError("walk")

    with pytest.raises(KeyError) as caught:
        broken()
    why, what_to_do = unexpected_error_lines(caught.value)
    assert "KeyError: 'walk' (broken, line" in why
    assert "-vv" in what_to_do
