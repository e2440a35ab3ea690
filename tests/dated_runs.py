"""Dated states of the made-up district, made by editing its files in known ways."""

import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import geopandas as gpd
import osmium
import rasterio

from tesoma_geo.follow_up.kept_inputs import keep_inputs
from tesoma_geo.workspace import Workspace

Edit = Callable[[Path], None]

#: The ways of moving that are followed.
PROFILES = 'profiles = ["walk", "transit"]'


def state(sample: Path, folder: Path, date: str, *edits: Edit, profiles: str = PROFILES) -> Path:
    """A run's folder with its kept inputs, of the sample after some edits."""
    own = folder / f"layers-{date}"
    shutil.copytree(sample.parent / "sample", own / "sample")
    text = sample.read_text(encoding="utf-8").split("[[annotations]]")[0]
    text += f"\n[access]\n{profiles}\ncutoffs_min = [5, 10, 15, 20, 30]\n"
    text += "[targets]\nwalk_within_15_min = 0.7\n" if '"walk"' in profiles else ""
    (own / "tesoma.toml").write_text(text, encoding="utf-8")
    for edit in edits:
        edit(own)
    run = folder / "runs" / date
    run.mkdir(parents=True)
    keep_inputs(Workspace.load(own / "tesoma.toml"), run, folder / "runs" / "kept_inputs", run, date)
    return run


def with_way(way_id: int, ends: tuple[int, int], **tags: str) -> Edit:
    """A new way between two nodes that there are."""

    def edit(folder: Path) -> None:
        path = folder / "sample" / "streets.osm.pbf"
        new = osmium.osm.mutable.Way(id=way_id, nodes=list(ends), tags=tags, version=1)
        _rewritten(path, lambda one: one, [new])

    return edit


def with_tags(way_id: int, tags: Mapping[str, str]) -> Edit:
    """Other tags of a way."""

    def edit(folder: Path) -> None:
        def changed(one):
            if one.type_str() == "w" and one.id == way_id:
                return one.replace(tags={**dict(one.tags), **tags})
            return one

        _rewritten(folder / "sample" / "streets.osm.pbf", changed, [])

    return edit


def _rewritten(path: Path, change: Callable, further: list) -> None:
    draft = path.with_name("draft.osm.pbf")
    with osmium.SimpleWriter(str(draft)) as writer:
        for one in osmium.FileProcessor(str(path)):
            kind = one.type_str()
            while further and (kind == "r" or (kind == "w" and one.id > further[0].id)):
                writer.add_way(further.pop(0))
            writer.add(change(one))
        for one in further:
            writer.add_way(one)
    draft.replace(path)


def with_library(folder: Path) -> None:
    """A library south of the railway."""
    path = folder / "sample" / "libraries.csv"
    text = path.read_text(encoding="utf-8")
    head = text.splitlines()[0].split(",")
    values = {"name": "Etelän kirjasto (keksitty)", "lon": "23.6300", "lat": "61.4995"}
    path.write_text(text.rstrip("\n") + "\n" + ",".join(values.get(one, "") for one in head) + "\n", encoding="utf-8")


def with_residents(*factors: float) -> Edit:
    """Residents of each area of the sample times a factor, ages too; the last factor is for all that are left."""

    def edit(folder: Path) -> None:
        path = folder / "sample" / "areas.gpkg"
        areas = gpd.read_file(path)
        each = [*factors, *[factors[-1]] * len(areas)][: len(areas)]
        for name in [one for one in areas.columns if one.startswith("age_") or one == "population_2020"]:
            areas[name] = (areas[name] * each).round()
        areas.to_file(path, layer="statistical_areas")

    return edit


def with_rarer_buses(folder: Path) -> None:
    """Seven of eight trips of the feed are gone."""
    path = folder / "sample" / "gtfs.zip"
    with zipfile.ZipFile(path) as feed:
        files = {name: feed.read(name).decode("utf-8") for name in feed.namelist()}
    head, *trips = files["trips.txt"].splitlines()
    at = head.split(",").index("trip_id")
    gone = {row.split(",")[at] for number, row in enumerate(trips) if number % 8}
    files["trips.txt"] = "\n".join([head, *(row for row in trips if row.split(",")[at] not in gone)]) + "\n"
    head, *times = files["stop_times.txt"].splitlines()
    at = head.split(",").index("trip_id")
    files["stop_times.txt"] = "\n".join([head, *(row for row in times if row.split(",")[at] not in gone)]) + "\n"
    with zipfile.ZipFile(path, "w") as feed:
        for name, content in files.items():
            feed.writestr(zipfile.ZipInfo(name), content)  # of no day: the same feed is the same file


def with_steeper_ground(folder: Path) -> None:
    """Heights three times as great."""
    path = folder / "sample" / "elevation.tif"
    with rasterio.open(path) as source:
        values, profile = source.read(), source.profile
    with rasterio.open(path, "w", **profile) as target:
        target.write((values * 3).astype(values.dtype))


def with_slower_walkers(folder: Path) -> None:
    """Walkers of 3.5 km/h."""
    path = folder / "tesoma.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n\[access\]", "\n[profiles.walk]\nspeed_kmh = 3.5\n\n[access]", text), encoding="utf-8")
