"""Of which day the data of each layer is: what the data says, or the workspace; not when its file was written."""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from io import TextIOWrapper
from pathlib import Path

import pandas as pd
from osmium.replication import newest_change_from_file

from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.sources.osm_day import replication_day
from tesoma_geo.workspace import Workspace

#: Files of a GTFS feed that tell its days, and the columns of the first and of the last one.
FEED_DAYS = (
    ("feed_info.txt", "feed_start_date", "feed_end_date"),
    ("calendar.txt", "start_date", "end_date"),
    ("calendar_dates.txt", "date", "date"),
)


def with_data_dates(workspace: Workspace, reports: Iterable[LayerReport]) -> tuple[LayerReport, ...]:
    """Reports with the day of their data.

    Parameters
    ----------
    workspace
        The workspace file; what its ``as_of`` says goes before what the data says.
    reports
        Of its layers; those that have their day keep it.

    Returns
    -------
    tuple of LayerReport
        New ones; ``as_of`` stays None where nobody knows.
    """
    osm, feeds = cache(osm_date), cache(feed_days)

    def found(report: LayerReport) -> str | None:
        section = report.key.split(".")[0]
        if report.path == workspace.osm_path:
            return workspace.network.as_of or osm(report.path)
        if section == "transit" and workspace.transit is not None:
            return workspace.transit.as_of or feeds(report.path)
        if section == "population":
            return workspace.population.as_of or column_year(workspace.population.column)
        return _stated(workspace, report.key)

    return tuple(replace(report, as_of=report.as_of or found(report)) for report in reports)


def _stated(workspace: Workspace, key: str) -> str | None:
    """What the workspace says of a layer, by the key of its report: ``services.files.0``, ``district.area``.

    Surveys that are read together (``annotations``) have their day where all of them state the same.
    """
    at: object = workspace
    for part in key.split("."):
        if isinstance(at, tuple):
            at = at[int(part)] if part.isdecimal() and int(part) < len(at) else None
        elif hasattr(at, part) and not isinstance(getattr(at, part), str):
            at = getattr(at, part)
    together = {getattr(one, "as_of", None) for one in at} if isinstance(at, tuple) else set()
    stated = together.pop() if len(together) == 1 else getattr(at, "as_of", None)
    return stated if isinstance(stated, str) else None


def osm_date(path: Path) -> str | None:
    """The day of an OpenStreetMap file: its replication time, or the day of its newest object.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str or None
        ISO 8601; None where the file holds neither.
    """
    if not path.is_file():
        return None
    if stated := replication_day(path):
        return stated
    try:
        newest = newest_change_from_file(str(path))
    except (RuntimeError, OSError):
        return None
    # Files without metadata have every object in 1970.
    return newest.date().isoformat() if newest.year > 1990 else None


def feed_days(path: Path) -> str | None:
    """The first and the last day of a GTFS feed: by its ``feed_info.txt``, else by its calendars.

    Parameters
    ----------
    path
        A ``.zip``.

    Returns
    -------
    str or None
        ISO 8601, an interval such as ``2021-12-12/2022-02-28``; None where the feed tells none.
    """
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as feed:
        known = None
        for name, first, last in FEED_DAYS:
            if name == "calendar_dates.txt" and known is not None:
                break
            if name in feed.namelist():
                known = _days(feed, name, first, last)
                if known is not None:
                    break
    return None if known is None else "/".join(known)


def _days(feed: zipfile.ZipFile, name: str, first: str, last: str) -> tuple[str, str] | None:
    with feed.open(name) as file:
        table = pd.read_csv(TextIOWrapper(file, "utf-8-sig"), dtype=str, skipinitialspace=True)
    if first not in table or last not in table:
        return None
    days = [table[column].dropna().str.strip() for column in (first, last)]
    starts, ends = (day[day.str.fullmatch(r"\d{8}")] for day in days)
    if starts.empty or ends.empty:
        return None
    since, until = starts.min(), ends.max()
    return f"{since[:4]}-{since[4:6]}-{since[6:]}", f"{until[:4]}-{until[4:6]}-{until[6:]}"


def column_year(column: str | None) -> str | None:
    """The year in the name of a column: ``population_2020``.

    Parameters
    ----------
    column
        Its name.

    Returns
    -------
    str or None
        Four digits; None where the name has no year, or several.
    """
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", column or ""))
    return years.pop() if len(years) == 1 else None
