"""Faults of a workspace file: what pydantic refuses and files that are not there, in a planner's words."""

import datetime
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from tesoma_geo._redaction import without_secrets
from tesoma_geo.errors import Fault
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.workspace.addresses import database_fault, is_address, overpass_source, source_path, wfs_source

#: Parts of pydantic's locations that are no keys: how it tried to read a value.
_NO_KEYS = (
    "function-", "constrained-", "tuple[", "dict[", "[key]", "inflected-name", "plain-name",
    "plain-words", "words-by-language",
)  # fmt: skip
#: What is said of a value of the wrong shape, whatever Python calls it.
_SHAPES = {
    "tuple_type": "is no list", "model_type": "is no table of keys", "dict_type": "is no table of keys",
    "date_from_datetime_inexact": "is no day",
}  # fmt: skip
_REMEDIES = {
    "crs": 'Name a projected system in metres, such as "EPSG:3067"',
    "clock": 'Write hours and minutes, such as "07:00"',
    "window": "Name the earlier time first; 24:00 and more are the night after the day",
    "osm_filter": 'Write key=value, or key=value|value, such as "amenity=doctors|dentist"',
    "increasing": "Write each value once, from the smallest to the largest",
    "no_day": "Add checked_on = the day, such as 2026-11-02",
    "as_of": 'Write 2020, "2021-12", 2021-12-31 or "2021-08-17/2021-08-20"',
    "contact": 'Write "name@city.example" or "https://city.example/feedback"',
    "no_place": "Add entrances = [[lon, lat]] or area = { source = … }",
    "no_streets": 'Add osm = "file.osm.pbf", or overpass = an address for tesoma-geo fetch, not both',
    "language": f'Choose of {", ".join(CATALOGUES)}, or add a catalogue: [district] catalogues = {{ xx = "xx.po" }}',
    "language_tag": "Write a tag such as se, pt-BR or en-x-simple",
    "no_name": 'Write a name, or one for each language: { fi = "…", sv = "…", en = "…" }',
    "one_of": "Name one of them",
    "needs": "Add what is missing",
    "no_change": "Write a factor, a delay_s or closed = true",
    "ends_before": "Correct one of the days",
    "nobody": "Say how many move in",
    "no_extent": "Draw at least three corners that are no line, longitudes first",
    "no_metres": "Write metres, such as 250",
    "no_year": "Write the year with four digits, as in 2026-03-10",
    "cohort_twice": "Name each cohort under one period",
    "state_of_days": "Correct the state, or take the day away",
    "no_stretch": "Name ways or a line, or write a factor",
    "no_length": "Draw a line from a street to another one, longitudes first",
    "no_highway": 'Say what they are, such as tags = { highway = "footway" }',
    "no_window": 'Add [transit] with gtfs, date and window = ["07:00", "09:00"], or leave open_at out',
    "target": "Write PROFILE_within_MINUTES_min = share of residents, such as walk_within_15_min = 0.7",
    "pairs": "Write [[lon, lat]], with brackets around each pair and around all of them",
    "date_from_datetime_parsing": "Write year, month and day, as in 2026-03-10",
    "date_parsing": "Write year, month and day, as in 2026-03-10",
    "date_from_datetime_inexact": "Write year, month and day, as in 2026-03-10",
    "date_type": "Write year, month and day, as in 2026-03-10",
    "hubs_list": "Begin each hub with [[hubs]], two brackets on each side",
    "hubs_named": "Give each its own name, or its own id",
    "hubs_placed": "Name each place once",
    "hubs_planned": "Take planned = true from one of them, or add [hub]: the pages are about a hub that is there",
    "tuple_type": "Write it in brackets, as in [1, 2]",
    "model_type": "Write keys of its own below [its name]",
    "dict_type": "Write keys of its own below [its name]",
    "too_short": "Add at least one",
    "literal_error": "Use one of the values named",
}


def faults_of(
    details: Iterable[ErrorDetails],
    model: type[BaseModel],
    what: str = "workspace",
    example: str = "`tesoma-geo init` writes a commented example",
) -> list[Fault]:
    """The faults of a file, without what follows from another fault of the same place.

    A list whose items were all refused is not also too short, and a value that might have been a table of keys is told
    of once.

    Parameters
    ----------
    details
        Pydantic's errors.
    model, what, example
        As of :func:`fault_of`.

    Returns
    -------
    list of Fault
    """
    every = list(details)
    faults = []
    for detail in every:
        location, kind = detail["loc"], detail["type"]
        within = any(len(other["loc"]) > len(location) and other["loc"][: len(location)] == location for other in every)
        key = _keys(location)
        again = any(other is not detail and _keys(other["loc"]) == key for other in every)
        if not (kind == "too_short" and within) and not (kind in _SHAPES and again):
            faults.append(fault_of(detail, model, what, example))
    return faults


def _keys(location: Iterable[int | str]) -> list[int | str]:
    """A location of pydantic without what is no key."""
    return [part for part in location if not (isinstance(part, str) and part.startswith(_NO_KEYS))]


def fault_of(
    detail: ErrorDetails,
    model: type[BaseModel],
    what: str = "workspace",
    example: str = "`tesoma-geo init` writes a commented example",
) -> Fault:
    """One of pydantic's errors about the model of a file, with the key, the value and the remedy.

    Parameters
    ----------
    detail
        The error.
    model
        What the file was checked against.
    what
        What the file describes, for messages.
    example
        Where an example of one is, as a clause.

    Returns
    -------
    Fault
    """
    location = _keys(detail["loc"])
    key = ".".join(str(part) for part in location) or f"the {what}"
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Fault(key, f"is not a key of the {what} file", _did_you_mean(location, model))
    if kind == "missing":
        return Fault(key, "is missing", f"Add it; {example}")
    if kind in ("one_of", "needs", "hubs_named", "hubs_placed", "hubs_planned"):
        return Fault(key, detail["msg"], _REMEDIES[kind])
    message = _SHAPES.get(kind, detail["msg"]).removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    if isinstance(detail["input"], dict) and kind not in _SHAPES:
        return Fault(key, message, _REMEDIES.get(kind, "Change it"))
    value = str(detail["input"]) if isinstance(detail["input"], datetime.date) else repr(detail["input"])
    shown = value if len(value) <= 80 else value[:77] + "…"
    return Fault(
        key,
        f"{shown} {'' if kind in _REMEDIES or kind in _SHAPES else 'is refused: '}{message}",
        _nearest_literal(detail) or _REMEDIES.get(kind, "Change the value"),
    )


def _nearest_literal(detail: ErrorDetails) -> str:
    """The nearest of the words that a value may be, where one is near."""
    if detail["type"] != "literal_error" or not isinstance(detail["input"], str):
        return ""
    return did_you_mean(detail["input"], re.findall(r"'([^']+)'", detail.get("ctx", {}).get("expected", "")))


def _did_you_mean(location: list[int | str], model: Any) -> str:
    """The nearest known key beside an unknown one, by walking the models along its location."""
    for part in location[:-1]:
        if isinstance(part, str) and _is_model(model) and part in model.model_fields:
            model = _model_within(model.model_fields[part].annotation)
    known = [name for name in model.model_fields if name != "path"] if _is_model(model) else []
    unknown = str(location[-1])
    return did_you_mean(unknown, known) or (f"Remove it; known here: {', '.join(known)}" if known else "Remove it")


def _is_model(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel)


def _model_within(annotation: Any) -> Any:
    if _is_model(annotation) or get_origin(annotation) not in (Union, UnionType, tuple, Annotated):
        return annotation
    return next((inner for part in get_args(annotation) if _is_model(inner := _model_within(part))), annotation)


_FILE_KEYS = {"source", "osm", "gtfs", "geometries", "respondents", "water", "area"}


def named_sources(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every file and address that a workspace or scenario file names, with the key where it stands.

    Parameters
    ----------
    content
        What TOML makes of the file, or of a part of it.
    key
        Where in the file the content stands; empty for all of it.

    Yields
    ------
    tuple of str
        Key and source; an Overpass or WFS address as the one that is fetched.
    """
    if isinstance(content, list | tuple):
        for number, item in enumerate(content):
            yield from named_sources(item, f"{key}.{number}")
    if not isinstance(content, dict):
        return
    for name, value in content.items():
        here = f"{key}.{name}" if key else name
        if here == "network.overpass" and isinstance(value, str):
            yield here, overpass_source(value)
        elif here == "publish.rows":  # kinds of answers, some of them named like keys of files
            continue
        elif name == "source" and isinstance(value, str) and isinstance(content.get("wfs_layer"), str):
            yield here, wfs_source(value, content["wfs_layer"])
        elif name in _FILE_KEYS and isinstance(value, str):
            yield here, value
        elif name in _FILE_KEYS and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            yield from ((f"{here}.{number}", item) for number, item in enumerate(value))
        elif here == "district.catalogues" and isinstance(value, dict):
            yield from ((f"{here}.{tag}", item) for tag, item in value.items() if isinstance(item, str))
        else:
            yield from named_sources(value, here)


def missing_files(workspace_file: Path, content: Any, *, fetched: bool) -> list[Fault]:
    """A fault for each file named anywhere in the content of a workspace or scenario file that is not there.

    Parameters
    ----------
    workspace_file
        The file; the paths in it are relative to it.
    content
        What TOML makes of it.
    fetched
        Whether addresses must have been fetched already.

    Returns
    -------
    list of Fault
    """
    return [
        fault for key, source in named_sources(content) for fault in _missing_file(workspace_file, key, source, fetched)
    ]


def _missing_file(workspace_file: Path, key: str, source: str, fetched: bool) -> list[Fault]:
    fault = database_fault(source)
    if fault is not None:
        return [Fault(key, f"{without_secrets(source)} {fault[0]}", fault[1])]
    path = source_path(workspace_file, source)
    if os.path.exists(path) or (  # noqa: PTH110 - never raises, however long the name
        is_address(source) and not fetched
    ):
        return []
    if is_address(source):
        return [Fault(key, f"{source} is not fetched yet", "Run tesoma-geo fetch")]
    return [
        Fault(
            key,
            f"{source!r}: there is no such file in {path.parent}",
            "Put the file there or correct the path",
        )
    ]
