import re
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
        (["--layer", "buildings", "--layer", "services_grocery"], "#show=buildings,services_grocery"),
        (["--layer", "difference", "--hide", "voices_barrier"], "#show=difference&amp;hide=voices_barrier"),
        (["--form", "script", "--hide", "water"], '"hide":["water"]'),
        (["--bounds", "23.5", "61.4", "23.7", "61.6"], "#bounds=23.5,61.4,23.7,61.6"),
        (["--form", "script", "--bounds", "23.5", "61.4", "23.7", "61.6"], '"bounds":[23.5,61.4,23.7,61.6]'),
        (["--form", "element", "--bounds", "23.5", "61.4", "23.7", "61.6"], 'bounds="23.5 61.4 23.7 61.6"'),
        (["--title", 'A "map"'], 'title="A &#34;map&#34;"'),
        (["--colour", "dark.map-land", "101820"], "#colour.dark.map-land=101820"),
        (["--form", "element", "--colour", "map-land", "51127c"], 'colours="map-land:51127c"'),
        ([], 'loading="lazy" style="border: 0"'),
        (["--form", "script", "--no-lazy"], '"lazy":false'),
        (["--form", "element", "--no-lazy"], 'lazy="false"'),
    ],
)
def test_what_is_asked_for_is_in_the_snippet(arguments: list[str], part: str) -> None:
    code, text = printed(*arguments)
    assert code == 0, text
    assert part in text


def test_a_frame_that_is_not_lazy_says_nothing_of_it() -> None:
    code, text = printed("--no-lazy")
    assert code == 0, text
    assert 'style="border: 0"' in text
    assert "loading" not in text


def test_a_layer_that_is_not_there_is_refused_with_those_that_are() -> None:
    code, text = printed("--layer", "spaceship")
    assert code == 1
    for name in ("buildings", "difference", "stops", "services_grocery", "services_school", "voices_barrier"):
        assert name in text


def test_every_option_of_the_script_is_one_of_the_command() -> None:
    types = (ROOT / "maps" / "templates" / "scripts" / "host.d.ts").read_text("utf-8")
    blocks = re.findall(r"interface (?:Options extends View|View) \{(.*?)\n\}", types, re.DOTALL)
    named = set(re.findall(r"^  (\w+)\?:", "".join(blocks), re.MULTILINE))
    assert len(named) > 10
    assert named <= {one.name for one in commands.commands["embed"].params}


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--layer", "watr"], "Did you mean water?"),
        (["--layer", "services_99"], "Use one of services_school, services_kindergarten, services_"),
        (["--hide", "voices_0"], "Use one of voices_barrier, voices_missing_link, voices_"),
        (["--hide", "watr"], "Did you mean water?"),
        (["--bounds", "23.7", "61.4", "23.5", "61.6"], "no bounds"),
        (["--departure", "7.15"], "07:15"),
        (["--departure", "25:61"], "07:15"),
        (["--departure", "31:00"], "07:15"),
        (["--profile", "wheelchar"], "wheelchar"),
        (["--language", "de"], "'de'"),
        (["--colour", "dim.map-land", "51127c"], "no colour of the map"),
        (["--width", "wide"], "pixels"),
    ],
)
def test_what_is_not_there_is_refused_with_the_remedy(arguments: list[str], part: str) -> None:
    code, text = printed(*arguments)
    assert code == 1
    assert part in text
