"""A workspace file written from files: each section that they serve, with the columns that were found in them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tesoma_geo.inputs import found_files as found
from tesoma_geo.inputs.found_files import FoundFile, look_into, place_value
from tesoma_geo.inputs.found_survey import found_questions, found_respondent
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.sources.annotations.vuorovaikutusalusta import respondent_questions
from tesoma_geo.workspace.sections import Access
from tesoma_geo.workspace.toml import comment_text, toml_text

#: What is asked of an OpenStreetMap file where nothing else is known, by kind.
OSM_SERVICES = {
    "school": "amenity=school", "health": "amenity=doctors|dentist|hospital", "pharmacy": "amenity=pharmacy",
    "grocery": "shop=supermarket",
}  # fmt: skip
#: What stands in the place of something that no file tells.
TO_DO = "CORRECT"


def drafted_workspace(files: Sequence[Path], folder: Path) -> tuple[str, tuple[FoundFile, ...]]:
    """The text of a workspace file that uses files, and what each of them is.

    Parameters
    ----------
    files
        Layers, in any order.
    folder
        Where the workspace file is to lie; its name is taken for the district's.

    Returns
    -------
    text : str
        TOML. What no file tells stands there with the word CORRECT.
    looked_into : tuple of FoundFile
        One a file, in the order given.

    Raises
    ------
    SourceError
        A file that is not there.
    """
    place = folder.resolve().name
    seen = tuple(look_into(path, place) for path in files)
    of = {kind: [one for one in seen if one.holds == kind] for kind in dict.fromkeys(one.holds for one in seen)}
    lines = [
        "# A workspace, drafted from files: read it line by line. What no file tells is marked with CORRECT.",
        "# `tesoma-geo check` says what is wrong; `tesoma-geo init DIR` writes a file with every key there is.",
        "",
        *_district(of.get(found.AREAS, []), place, folder),
        *_streets(of.get(found.STREETS, []), folder),
        *_source("elevation", of.get(found.HEIGHTS, []), folder),
    ]
    for water in of.get(found.WATER, [])[:1]:
        lines += [*_header("basemap", water), f"water = {_layer(water, folder)}", ""]
    lines += [*_timetables(of.get(found.TIMETABLE, []), folder), *_population(of.get(found.AREAS, []), folder)]
    lines += _services(of.get(found.SERVICES, []), folder)
    lines += _surveys(of.get(found.SURVEY, []), of.get(found.RESPONDENTS, []), folder)
    modes = [*Access().profiles, *(sorted(TIMETABLE_PROFILES) if found.TIMETABLE in of else [])]
    lines += ["[access]", f"profiles = {toml_text(modes)}", ""]
    for one in of.get(found.UNKNOWN, []):
        lines.append(f"# Not used: {_path(one.path, folder)} {comment_text(one.told)}")
    return "\n".join(lines).rstrip("\n") + "\n", seen


def _district(areas: Sequence[FoundFile], place: str, folder: Path) -> Iterator[str]:
    yield "[district]"
    called = next((place_value(one.keys["where"]) for one in areas[:1] if "where" in one.keys), place)
    yield f"name = {toml_text(called)}"
    if not areas:
        yield f'area = "areas.gpkg"               # {TO_DO}: the polygons of the district'
        yield f'crs = "EPSG:3067"                 # {TO_DO}: a projected system in metres'
        yield from ("", "[hub]", f"entrances = [[0.0, 0.0]]         # {TO_DO}: longitude and latitude of the hub", "")
        return
    first = areas[0]
    yield from _columns(first)
    yield f"area = {_layer(first, folder, where=first.keys.get('where'))}"
    if "where" not in first.keys:
        yield f"# All areas of the file are taken. {TO_DO} if they are too many: where = \"column == 'value'\""
    yield f"crs = {toml_text(first.keys['crs'])}"
    for key, ours in (("code", "code"), ("name", "area_name")):
        if key in first.keys:
            yield f"{ours} = {toml_text(first.keys[key])}"
    yield from ("", "[hub]", f"# {TO_DO}: this is the middle of the district, not the hub. Longitude and latitude:")
    yield from (f"entrances = [[{first.keys['lon']}, {first.keys['lat']}]]", "")


def _streets(streets: Sequence[FoundFile], folder: Path) -> Iterator[str]:
    yield "[network]"
    if streets:
        yield f"osm = {toml_text(_path(streets[0].path, folder))}"
    else:
        yield f'osm = "streets.osm.pbf"           # {TO_DO}: streets of OpenStreetMap'
    yield ""


def _source(section: str, files: Sequence[FoundFile], folder: Path) -> Iterator[str]:
    for one in files[:1]:
        yield from _header(section, one)
        yield f"source = {toml_text(_path(one.path, folder))}"
        yield ""


def _timetables(feeds: Sequence[FoundFile], folder: Path) -> Iterator[str]:
    if not feeds:
        return
    yield "[transit]"
    for feed in feeds:
        yield f"# {_path(feed.path, folder)}: {comment_text(feed.told)}"
    yield f"gtfs = {toml_text([_path(feed.path, folder) for feed in feeds])}"
    yield f"date = {feeds[0].keys['date']}                # a Tuesday in the middle of the feed; is it an ordinary one?"
    yield from ('window = ["07:00", "09:00"]', "")


def _population(areas: Sequence[FoundFile], folder: Path) -> Iterator[str]:
    yield "[population]"
    counted = [one for one in areas if "column" in one.keys]
    if not counted:
        yield f'source = "areas.gpkg"             # {TO_DO}: areas with residents'
        yield from (f'column = "population"             # {TO_DO}: the column of residents', "")
        return
    one = counted[0]
    yield f"source = {toml_text(_path(one.path, folder))}"
    if one.layer is not None:
        yield f"layer = {toml_text(one.layer)}"
    for key in ("column", "code", "name"):
        if key in one.keys:
            yield f"{key} = {toml_text(one.keys[key])}"
    if one.age_groups:
        yield from ("", "[population.age_groups]")
        yield from (f"{toml_text(group)} = {toml_text(column)}" for group, column in one.age_groups.items())
    yield ""


def _services(layers: Sequence[FoundFile], folder: Path) -> Iterator[str]:
    yield "[services.osm]"
    yield from (f"{kind} = {toml_text(tags)}" for kind, tags in OSM_SERVICES.items())
    yield ""
    for one in layers:
        yield "[[services.files]]"
        yield from _columns(one)
        kind = toml_text(one.path.stem.casefold().replace(" ", "_"))
        yield f"kind = {kind}          # {TO_DO} if it is called otherwise"
        yield f"source = {toml_text(_path(one.path, folder))}"
        if one.layer is not None:
            yield f"layer = {toml_text(one.layer)}"
        yield from (f"{key} = {toml_text(one.keys[key])}" for key in ("lon", "lat", "name") if key in one.keys)
        yield ""


def _surveys(surveys: Sequence[FoundFile], respondents: Sequence[FoundFile], folder: Path) -> Iterator[str]:
    for number, survey in enumerate(surveys):
        of = respondents[number] if len(surveys) == len(respondents) else None
        yield from ("[[annotations]]", 'platform = "vuorovaikutusalusta"')
        yield f"geometries = {toml_text(_path(survey.path, folder))}"
        if of is not None:
            yield f"respondents = {toml_text(_path(of.path, folder))}"
        yield ""
        for question in found_questions(survey.path):
            yield "[[annotations.questions]]"
            yield f"title = {toml_text(question.title)}"
            yield f"kind = {toml_text(question.kind)}          # barrier, missing_link, place, area, idea or praise"
            for name, title in question.fields.items():
                if name != "category":
                    yield f"{name} = {toml_text(title)}"
                else:
                    options = ", ".join(
                        f"{toml_text(label)} = {toml_text(code)}" for label, code in question.categories.items()
                    )
                    yield f"category = {{ question = {toml_text(title)}, map = {{ {options} }} }}"
            yield ""
        if of is not None:
            fields = dict(found_respondent(respondent_questions(of.path)))
            yield from (
                "[annotations.respondent]",
                *(f"{name} = {toml_text(title)}" for name, title in fields.items()),
                "",
            )


def _header(section: str, one: FoundFile) -> Iterator[str]:
    yield f"[{section}]"
    if one.told:
        yield f"# {comment_text(one.told)}"


def _columns(one: FoundFile) -> Iterator[str]:
    yield f"# Columns of {comment_text(one.path.name)}:"
    yield from (f"#   {comment_text(name)}: {comment_text(values)}" for name, values in one.columns.items())


def _layer(one: FoundFile, folder: Path, where: str | None = None) -> str:
    parts = {"source": _path(one.path, folder), "layer": one.layer, "where": where}
    return "{ " + ", ".join(f"{key} = {toml_text(value)}" for key, value in parts.items() if value is not None) + " }"


def _path(path: Path, folder: Path) -> str:
    """A path relative to the folder where there is one, with slashes, as TOML files of all systems have it."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()
