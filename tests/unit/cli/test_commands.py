"""The commands as a whole: help, examples, exit codes, and how errors end."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import Commands, commands, console
from tesoma_geo.cli.options import console_options
from tesoma_geo.errors import InputError

NAMES = [
    "init", "check", "fetch", "run", "hub", "matrix", "isochrones", "catchments", "measures", "annotations", "store",
    "explain", "scenario", "links", "lines", "unknowns", "trial", "trend", "batch", "table", "postgis", "site", "embed",
    "still", "report", "serve", "workshop", "cache", "completion",
]  # fmt: skip


def examples(command: click.Command) -> list[list[str]]:
    """The example lines of a command's help, as the words after ``tesoma-geo``."""
    lines = [line.strip() for line in (command.help or "").splitlines()]
    lines = [line.split("   ")[0].split(" > ")[0] for line in lines if line.startswith("tesoma-geo ")]
    return [shlex.split(line)[1:] for line in lines]


def every_command(group: click.Group = commands, name: str = "tesoma-geo") -> list[tuple[str, click.Command]]:
    """All commands with their names, those of groups too."""
    below = [(f"{name} {word}", command) for word, command in group.commands.items()]
    groups = [(inner, command) for inner, command in below if isinstance(command, click.Group)]
    return [(name, group), *below, *(found for inner, command in groups for found in every_command(command, inner)[1:])]


def test_the_commands_stand_in_the_order_of_work():
    assert list(commands.commands) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_help_has_examples_and_a_first_line_that_is_not_cut(name):
    overview = CliRunner().invoke(commands, ["--help"]).stdout
    command = commands.commands[name]
    assert "..." not in next(line for line in overview.splitlines() if line.startswith(f"  {name} "))
    assert examples(command)
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize(
    "words", [words for _, command in every_command() for words in examples(command)], ids=" ".join
)
def test_every_example_in_the_help_is_right_usage(words):
    command, arguments = commands, words
    while isinstance(command, click.Group):
        command, arguments = command.commands[arguments[0]], arguments[1:]
    with command.make_context(words[0], arguments) as context:
        assert context.params


@pytest.mark.parametrize(("name", "command"), every_command())
def test_every_command_can_be_louder_or_quieter(name, command):
    flags = {flag for option in command.params for flag in option.opts}
    assert isinstance(command, click.Group) or {"-v", "-q"} <= flags


def test_help_answers_without_loading_what_the_work_needs():
    code = (
        "import sys; from tesoma_geo.cli import commands; commands(['--help'], standalone_mode=False); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert loaded.isdisjoint({"numpy", "pandas", "geopandas", "pydantic", "numba", "rich", "pyproj", "rasterio"})


@pytest.mark.parametrize("arguments", [["fly"], ["run", "--fast"], ["init"], ["serve", "--port", "x"], []])
def test_wrong_usage_exits_with_2(arguments):
    assert CliRunner().invoke(commands, arguments).exit_code == 2


@pytest.fixture
def failing():
    """A group of the same kind whose one command raises what it is given."""

    def build(error: BaseException) -> Commands:
        @click.command("fail")
        @console_options
        def fail(console: console.Console) -> None:
            raise error

        return Commands("test", commands={"fail": fail})

    return build


def test_an_error_is_two_lines_on_stderr_and_exit_1(failing):
    result = CliRunner().invoke(failing(InputError("no points", "Name a layer with points")), ["fail"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: no points\nName a layer with points\n"


def test_an_unforeseen_error_shows_a_trace_only_to_who_asks(failing, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_DEBUG", raising=False)
    quiet = CliRunner().invoke(failing(ZeroDivisionError("oops")), ["fail"])
    asked = CliRunner().invoke(failing(ZeroDivisionError("oops")), ["fail", "-vv"])
    in_environment = CliRunner(env={"TESOMA_GEO_DEBUG": "1"}).invoke(failing(ZeroDivisionError("oops")), ["fail"])
    assert [result.exit_code for result in (quiet, asked, in_environment)] == [1, 1, 1]
    assert "Traceback" not in quiet.stderr
    assert "oops" in quiet.stderr
    assert "Traceback" in asked.stderr
    assert "Traceback" in in_environment.stderr


def test_ctrl_c_ends_without_a_trace(failing):
    result = CliRunner().invoke(failing(KeyboardInterrupt()), ["fail"])
    assert result.exit_code == 1
    assert result.stderr.strip() == "Aborted!"


@pytest.mark.parametrize(
    ("main", "code", "said"),
    [
        ("pass", 0, ""),
        ("sys.exit()", 0, ""),
        ("sys.exit(75)", 75, ""),
        ("sys.exit('so many words')", 1, "so many words\n"),
        ("1 / 0", 1, "ZeroDivisionError"),
        ("gone.close()", 0, ""),
    ],
)
def test_the_program_ends_as_its_command_did_and_after_all_that_was_to_be_done(main, code, said):
    program = (
        "import atexit, sys, tempfile, weakref\n"
        "from tesoma_geo import __main__ as entry\n"
        "class Thing: pass\n"
        "thing, gone = Thing(), tempfile.TemporaryFile()\n"
        "def main():\n"
        "    atexit.register(print, 'library')\n"
        "    weakref.finalize(thing, print, 'thing')\n"
        "    print('x' * 100_000)\n"
        f"    {main}\n"
        "entry.main = main\n"
        "entry.program()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert sorted(done.stdout.split()) == ["library", "thing", "x" * 100_000]
    assert said in done.stderr
    assert bool(done.stderr) == bool(said)


def test_an_output_that_nobody_reads_is_no_success():
    words = [sys.executable, "-c", "from tesoma_geo.__main__ import program; program()", "--help"]
    reader = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE)
    reader.wait()
    done = subprocess.run(words, stdout=reader.stdin, stderr=subprocess.PIPE, check=False)
    assert done.returncode != 0


def test_root_cli_is_the_same_program():
    installed = ["-c", "from tesoma_geo.__main__ import program; program()"]
    in_checkout = [str(Path(__file__).resolve().parents[3] / "cli.py")]
    helps = [
        subprocess.run([sys.executable, *start, "--help"], capture_output=True, text=True, check=True).stdout
        for start in (installed, in_checkout)
    ]
    assert helps[0].startswith("Usage: tesoma-geo ")
    assert helps[0] == helps[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--nothing"], "--nothing"),
        (["bath"], "bath"),
        (["batch"], "Missing argument"),
        (["run", "--overwrit"], "--overwrit"),
        (["matrix", "a", "b", "c"], "c"),
        (["store", "bakup"], "bakup"),
    ],
)
@pytest.mark.parametrize("by", ["option", "variable"])
def test_wrong_usage_is_one_line_for_programs_too(words, says, by, monkeypatch):
    if by == "variable":
        monkeypatch.setenv("TESOMA_GEO_LOG_FORMAT", "json")
    asked = [*words, "--log-format=json"] if by == "option" else words
    done = CliRunner().invoke(commands, asked)
    assert done.exit_code == 2
    (line,) = map(json.loads, done.stderr.splitlines())
    assert line["level"] == "error"
    assert says in line["message"]
    assert any("--help" in more for more in line["more"])
    assert done.stdout == ""


def test_a_call_without_a_word_is_one_line_for_programs(monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_LOG_FORMAT", "json")
    done = CliRunner().invoke(commands, [])
    assert done.exit_code == 2
    assert json.loads(done.stderr)["message"] == "no command is named"


def test_being_stopped_is_a_line_for_programs(monkeypatch):
    @click.command("stopped")
    @console_options
    def stopped(console):
        raise KeyboardInterrupt

    group = Commands("group", commands={"stopped": stopped})
    done = CliRunner().invoke(group, ["stopped", "--log-format", "json"])
    assert done.exit_code == 1
    assert json.loads(done.stderr)["message"] == "Aborted!"
    assert "Aborted!" in CliRunner().invoke(group, ["stopped"]).stderr


def test_a_trace_is_in_the_line_for_programs():
    @click.command("refused")
    @console_options
    def refused(console):
        raise InputError("no", "Do")

    done = CliRunner().invoke(Commands("group", commands={"refused": refused}), ["refused", "-vv", "--log-format=json"])
    line = json.loads(done.stderr)
    assert (line["message"], line["more"]) == ("no", ["Do"])
    assert "InputError" in line["trace"]
