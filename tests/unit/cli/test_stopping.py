"""What being told to stop becomes."""

import click
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.stopping import was_stopped


def caught(error, cause):
    try:
        try:
            raise cause
        except BaseException as inner:
            raise error from inner
    except Exception as outer:  # noqa: BLE001 - what is looked at
        return outer


@pytest.mark.parametrize(
    ("cause", "stopped"),
    [(KeyboardInterrupt(), True), (caught(OSError(), KeyboardInterrupt()), True), (OSError(), False)],
)
def test_an_error_made_of_being_told_to_stop_is_known(cause, stopped):
    assert was_stopped(caught(ImportError("initialization failed"), cause)) is stopped


def test_errors_that_cause_each_other_are_no_stop():
    one, other = OSError(), ValueError()
    one.__cause__, other.__cause__ = other, one
    assert not was_stopped(one)


@pytest.mark.parametrize(("cause", "told"), [(KeyboardInterrupt(), "Aborted!"), (OSError(), "should not happen")])
def test_a_library_that_was_stopped_is_no_error_of_the_program(cause, told, monkeypatch):
    @click.command("stopped")
    def stopped():
        raise caught(ImportError("initialization failed"), cause)

    monkeypatch.setitem(commands.commands, "stopped", stopped)
    done = CliRunner().invoke(commands, ["stopped"])
    assert done.exit_code == 1
    assert told in done.output
