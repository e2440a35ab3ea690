"""A misspelt choice of the command line is told the nearest one."""

import click
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.choices import NamedChoice


@click.command()
@click.option("--form", type=NamedChoice(("iframe", "script", "element"), case_sensitive=False))
def example(form):
    click.echo(form)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ifram", "Did you mean iframe?"),
        ("scirpt", "Did you mean script?"),
        ("xyz", "'xyz' is not one of 'iframe', 'script', 'element'."),
    ],
)
def test_the_nearest_is_told(typed, told):
    done = CliRunner().invoke(example, ["--form", typed])
    assert done.exit_code == 2
    assert told in done.output
    assert ("Did you mean" in done.output) == (typed != "xyz")


def test_a_choice_is_taken_as_click_takes_it():
    assert CliRunner().invoke(example, ["--form", "SCRIPT"]).output == "script\n"


def _choices(command, path=()):
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _choices(one, (*path, name))
        return
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice):
            yield path, parameter


def test_every_choice_of_every_command_does_so():
    found = list(_choices(commands))
    assert len(found) > 50
    assert [(path, one.name) for path, one in found if not isinstance(one.type, NamedChoice)] == []
