"""The same made-up district in five places of the world: in order everywhere, in the country that the place tells."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from workspaces import of_profiles

import tesoma_geo as tg
from tesoma_geo.cli import commands
from tesoma_geo.countries import country_rules

LAYERS = Path(__file__).resolve().parents[2] / "layers"
#: Place → its country, which no file names.
COUNTRIES = {"south": "BR", "left": "JP", "miles": "GB", "right_to_left": "IL", "utm_border": "DE"}


def made(place: str, folder: Path) -> Path:
    """The district made for a place, its workspace with one way of moving, in English."""
    seeded = os.environ | {"MAKE_SAMPLE_PLACE": place}
    subprocess.run([sys.executable, "-m", "make_sample", str(folder)], cwd=LAYERS, env=seeded, check=True)
    workspace = folder / "tesoma.toml"
    text = workspace.read_text(encoding="utf-8")
    for pattern, instead in (*of_profiles("walk"), (r"^languages = .*$", 'languages = ["en"]')):
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    workspace.write_text(text, encoding="utf-8")
    return workspace


def command(*words: object) -> str:
    ran = CliRunner().invoke(commands, [str(word) for word in words])
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.mark.parametrize("place", COUNTRIES)
def test_the_district_is_in_order_in_the_country_of_its_place(place, tmp_path):
    workspace = made(place, tmp_path)
    assert "is in order" in command("check", "--workspace", workspace)
    crs = tg.Workspace.load(workspace).district.crs
    network = tg.StreetNetwork.from_osm(tmp_path / "sample" / "streets.osm.pbf", crs=crs)
    assert network.country == COUNTRIES[place]
    assert network.country_rules.left_hand == (place in ("left", "miles"))
    assert network.country_rules.miles == (place == "miles")
    own = country_rules(network.country).crs
    assert own in ("", crs)


@pytest.mark.slow
def test_names_from_right_to_left_go_through_every_command(tmp_path):
    workspace = made("right_to_left", tmp_path)
    for name, out in (("run", "run"), ("site", "site"), ("report", "report.html"), ("links", "links.gpkg")):
        command(name, "-q", "--workspace", workspace, "--out", tmp_path / out)
    text = (tmp_path / "scenario.toml").read_text(encoding="utf-8").replace('profiles = ["car"]', 'profiles = ["walk"]')
    (tmp_path / "scenario.toml").write_text(text.partition("[[headways]]")[0], encoding="utf-8")
    command("scenario", "-q", "--workspace", workspace, "--out", tmp_path / "plan")
    hub = next(iter(tg.Workspace.load(workspace).hub.name.values()))
    assert re.search("[א-ת]", hub)
    for page in ("run/site/index.html", "report.html"):
        assert hub in (tmp_path / page).read_text(encoding="utf-8")
