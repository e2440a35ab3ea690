"""Who does the tasks: what the options give a command, and what is no scheduler."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tesoma_geo.batch.schedule import Schedule
from tesoma_geo.cli.scheduler_options import blocks_options, scheduler_options
from tesoma_geo.cli.table_file import table_out_option


def called(options, decorator=scheduler_options):
    """What a command is given, and what it told."""
    given = []

    @click.command()
    @decorator
    @table_out_option
    def command(schedule: Schedule | None, out: Path) -> None:
        given.append((schedule, out))

    answer = CliRunner().invoke(command, options)
    return given, answer


def test_options_are_a_schedule():
    assert called([])[0] == [(Schedule("local", 2, 600.0), Path("-"))]
    address = ["--scheduler", "tcp://10.0.0.1:8786", "--wait", "0.5"]
    assert called(address)[0] == [(Schedule("tcp://10.0.0.1:8786", 2, 30.0), Path("-"))]


def test_blocks_are_put_beside_a_file_where_others_do_them():
    assert called([], blocks_options)[0] == [(None, Path("-"))]
    processes = ["--scheduler", "processes", "--workers", "3"]
    assert called([*processes, "--out", "a.csv"], blocks_options)[0] == [(Schedule("processes", 3), Path("a.csv"))]
    given, answer = called(processes, blocks_options)
    assert given == []
    assert "beside the file of --out" in answer.output


@pytest.mark.parametrize("name", ["proceses", "10.0.0.1:8786", ""])
def test_another_name_is_refused_with_what_to_write(name):
    given, answer = called(["--scheduler", name])
    assert (given, answer.exit_code) == ([], 2)
    assert f"{name!r} is no scheduler" in answer.output
