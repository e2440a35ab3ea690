from pathlib import Path

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands

ROOT = Path(__file__).parents[3]
SITE = ["--workspace", str(ROOT / "layers" / "tesoma.toml"), "--site", "https://example.org/map"]


def printed(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(commands, ["embed", *SITE, *arguments])
    return done.exit_code, done.output + str(done.exception or "")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], '<iframe src="https://example.org/map/embed-fi.html"'),
        (["--season", "winter", "--departure", "07:15"], "#season=winter&amp;departure=07:15"),
        (["--home", "61.50396", "23.59853", "--theme", "dark"], "home=61.50396,23.59853&amp;theme=dark"),
        (["--height", "300"], 'height="300"'),
        (["--form", "script", "--language", "sv"], '"language":"sv"'),
        (["--form", "element", "--profile", "walk"], 'profile="walk"'),
    ],
)
def test_what_is_asked_for_is_in_the_snippet(arguments: list[str], part: str) -> None:
    code, text = printed(*arguments)
    assert code == 0, text
    assert part in text


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--layer", "watr"], "Did you mean water?"),
        (["--departure", "7.15"], "07:15"),
        (["--departure", "25:61"], "07:15"),
        (["--profile", "wheelchar"], "wheelchar"),
        (["--language", "de"], "'de'"),
        (["--form", "element", "--colour", "map-land", "51127c"], "colours"),
        (["--width", "wide"], "pixels"),
    ],
)
def test_what_is_not_there_is_refused_with_the_remedy(arguments: list[str], part: str) -> None:
    code, text = printed(*arguments)
    assert code == 1
    assert part in text
