"""A made-up workspace with a store of annotations, and what is published from it.

Everything here is drawn by a seeded generator; nobody said any of it. It was run once, with the package of
November 2026 (commit a7ab7f9), and is kept to tell where the files beside it come from. They are a store
between two releases: answers were imported, moderated and published, one respondent was erased, one answer
redacted, more were imported. ``expected/`` holds the next release as that package made it from a copy of the store,
and ``first_release.json`` the figures of the release before, made by the same package from the store's own parts.

    PYTHONPATH=<a checkout of that commit> python tests/data/store-2026-11/make.py
"""

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.crs import to_wgs84

HERE = Path(__file__).resolve().parent
CRS, CORNER, SIZE_M = "EPSG:3067", (320_000.0, 6_823_000.0), 2000.0
WORKSPACE = f"""# Made up for a test: a district of four squares, and a survey that nobody answered.
[district]
name = "Keksitty"
area = "areas.geojson"
crs = "{CRS}"
made_up = true

[hub]
name = "Tori"
entrances = [[23.6, 61.5]]

[network]
osm = "streets.osm"

[population]
source = "areas.geojson"
column = "population"

[[annotations]]
platform = "table"
geometries = "survey.geojson"
name = "made"
round = "autumn"

[moderation]
store = "store-2026-11.gpkg"
"""
TEXTS = ("pimeä kulma", "liukas mäki talvella", "hyvä penkki", "soita 040 123 4567", "mörkt här", None)


def degrees(east_m: float, north_m: float) -> list[float]:
    lon, lat = to_wgs84(CORNER[0] + east_m, CORNER[1] + north_m, CRS)
    return [round(float(lon), 7), round(float(lat), 7)]


def collection(features: list[tuple[dict[str, object], dict[str, object]]]) -> str:
    rows = [{"type": "Feature", "properties": known, "geometry": shape} for known, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False, indent=0) + "\n"


def areas() -> str:
    half = SIZE_M / 2
    found = []
    for number, (east, north) in enumerate([(0, 0), (half, 0), (0, half), (half, half)]):
        ring = [degrees(east + x * half, north + y * half) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        known = {"code": f"{number + 1:03d}", "name": f"Alue {number + 1}", "population": 500 + 100 * number}
        found.append((known, {"type": "Polygon", "coordinates": [ring]}))
    return collection(found)


def streets() -> str:
    (west, south), (east, north) = degrees(0, 0), degrees(SIZE_M, SIZE_M)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n'
        f'<node id="1" version="1" lon="{west}" lat="{south}"/>\n'
        f'<node id="2" version="1" lon="{east}" lat="{north}"/>\n'
        '<way id="3" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="footway"/></way>\n</osm>\n'
    )


def survey(first: int, count: int) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Three answers of each respondent: points, lines, and a home."""
    answers = []
    for person in range(first, first + count):
        dice = np.random.default_rng(1000 + person)
        common = {
            "respondent": f"made-{person}",
            "role": str(dice.choice(["resident", "company", "association"], p=[0.7, 0.2, 0.1])),
            "age_group": str(dice.choice(["13-17", "18-29", "30-64", "65-"])),
            "language": str(dice.choice(["fi", "sv", "en"], p=[0.8, 0.1, 0.1])),
            "time": f"2026-10-{1 + person % 28:02d}T12:00:00+03:00",
        }
        for number in range(3):
            barrier = dice.random() < 0.6
            # a third of everything is said near one corner, so that there are crowds
            spot = (450.0, 550.0) if dice.random() < 0.35 else tuple(dice.uniform(100, SIZE_M - 100, 2))
            east, north = (float(at + dice.normal(0, 30)) for at in spot)
            line = dice.random() < 0.2
            along = [degrees(east, north), degrees(east + 150, north + 60)]
            answers.append((
                {
                    "id": f"{person}-{number}", **common, "kind": "barrier" if barrier else "place",
                    "category": str(dice.choice(["dark", "steps", "slippery"])) if barrier else None,
                    "themes": None if barrier else str(dice.choice(["youth", "routes", "together"])),
                    "severity": int(dice.integers(1, 6)) if barrier else None,
                    "text": TEXTS[int(dice.integers(len(TEXTS)))],
                    "question": "Missä asut?" if number == 2 and person % 4 == 0 else "Mitä täällä on?",
                },
                {"type": "LineString", "coordinates": along} if line else {"type": "Point", "coordinates": along[0]},
            ))  # fmt: skip
    return answers


def run(*arguments: object) -> str:
    line = ["annotations", *map(str, arguments)]
    done = CliRunner().invoke(commands, line, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def main() -> None:
    for name in ("store-2026-11.gpkg", "tesoma.toml", "areas.geojson", "streets.osm", "survey.geojson"):
        (HERE / name).unlink(missing_ok=True)
    shutil.rmtree(HERE / "expected", ignore_errors=True)
    workspace, by = ["--workspace", HERE / "tesoma.toml"], ["--by", "made up"]
    (HERE / "tesoma.toml").write_text(WORKSPACE, encoding="utf-8")
    (HERE / "areas.geojson").write_text(areas(), encoding="utf-8")
    (HERE / "streets.osm").write_text(streets(), encoding="utf-8")
    secret = hashlib.sha256(b"made up, guards nothing").hexdigest()
    (HERE / "store-2026-11.key").write_text(secret + "\n", encoding="ascii")
    (HERE / "survey.geojson").write_text(collection(survey(0, 50)), encoding="utf-8")
    run("import", *workspace, *by)
    rows = json.loads(run("list", "--json", *workspace))
    ids = [row["id"] for row in rows]
    run("approve", *ids[:90], "--show", *workspace, *by)
    run("approve", *ids[90:120], *workspace, *by)
    run("hide", *ids[120:126], "--why", "made up", *workspace, *by)
    run("publish", "--out", HERE / "first", *workspace, *by)
    run("erase", "made-7", "--why", "made up", *workspace, *by)
    texts = [row["id"] for row in json.loads(run("list", "--json", *workspace)) if row["text"] and "040" in row["text"]]
    run("redact", texts[0], "--text", "soita jonnekin", "--why", "made up", *workspace, *by)
    run("hide", ids[3], "--why", "made up", *workspace, *by)
    (HERE / "survey.geojson").write_text(collection(survey(0, 62)), encoding="utf-8")
    run("import", *workspace, *by)
    shutil.rmtree(HERE / "first")
    copy = HERE / "copy"
    copy.mkdir()
    for path in HERE.iterdir():
        if path.is_file():
            shutil.copy(path, copy / path.name)
    run("publish", "--out", HERE / "expected", "--workspace", copy / "tesoma.toml", *by)
    (HERE / "expected" / "manifest.json").unlink()
    with sqlite3.connect(copy / "store-2026-11.gpkg") as after:
        remembered = {
            "released": after.execute("SELECT * FROM released ORDER BY annotation_id, topic").fetchall(),
            "parts": after.execute("SELECT * FROM parts ORDER BY part").fetchall(),
        }
    after.close()
    text = json.dumps(remembered, ensure_ascii=False, indent=0) + "\n"
    (HERE / "expected" / "remembered.json").write_text(text, encoding="utf-8")
    shutil.rmtree(copy)


if __name__ == "__main__":
    main()
