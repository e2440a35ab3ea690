"""Negative numbers are arguments, without ``--`` before them; options stay options."""

import click
import pytest
from click.testing import CliRunner

from tesoma_geo.cli.negative_numbers import NumbersCommand


@click.command(cls=NumbersCommand)
@click.argument("lon", type=click.FloatRange(-180, 180))
@click.argument("lat", type=float)
@click.option("--profile", default="walk")
@click.option("--pair", nargs=2, type=float)
@click.option("-v", "--verbose", count=True)
@click.option("--winter", is_flag=True)
def command(lon, lat, profile, pair, verbose, winter):
    """Print what was understood."""
    click.echo(f"{lon} {lat} {profile} {pair} {verbose} {winter}")


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("-46.608 -23.571", "-46.608 -23.571 walk None 0 False"),
        ("-46.608 23.571 --winter", "-46.608 23.571 walk None 0 True"),
        ("--winter 46.608 -.5", "46.608 -0.5 walk None 0 True"),
        ("-1 --profile car -2 -vv", "-1.0 -2.0 car None 2 False"),
        ("--profile=car -1e1 -2", "-10.0 -2.0 car None 0 False"),
        ("--pair -3 -4 -1 -2", "-1.0 -2.0 walk (-3.0, -4.0) 0 False"),
        ("--winter -- -1 -2", "-1.0 -2.0 walk None 0 True"),
        ("1 2", "1.0 2.0 walk None 0 False"),
    ],
)
def test_a_negative_number_is_an_argument(words, understood):
    result = CliRunner().invoke(command, words.split())
    assert result.output == f"{understood}\n"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("-1 -2 --wnter", "No such option"),
        ("-1 -2 -x", "No such option"),
        ("-200 1", "-200.0 is not in the range"),
        ("-1", "Missing argument 'LAT'"),
        ("-1 -2 -3", "unexpected extra argument"),
    ],
)
def test_mistakes_are_told_as_before(words, fault):
    result = CliRunner().invoke(command, words.split())
    assert result.exit_code == 2
    assert fault in result.output
