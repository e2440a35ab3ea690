"""The page of a batch: its districts on a map and in order, and those without figures with the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from tesoma_geo import command_columns
from tesoma_geo.batch.tasks import Task
from tesoma_geo.crs import WGS84
from tesoma_geo.inputs.data_dates import column_year
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.inputs.workspace_layers import WorkspaceLayers
from tesoma_geo.render.figures.credits import dated_credits, day_lines
from tesoma_geo.render.figures.headline import headline_of
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.districts import Way, district_contents, district_map, whole
from tesoma_geo.render.map.folium_map import MapParts
from tesoma_geo.render.map.packed_data import map_data
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    share,
    within_columns,
)
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.render.text.place_names import ordinary_case
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.render.text.reasons import reason_told
from tesoma_geo.render.text.terms import by_way
from tesoma_geo.sources.osm_areas import WATER
from tesoma_geo.sources.osm_day import replication_day
from tesoma_geo.workspace import Workspace

STYLES = (*assets.STYLES, "styles/site.css")
BEGIN = "scripts/begin.js"
#: Files that are made of several, so that less is asked for.
BUNDLES = {
    "page.js": (*assets.FOUNDATION, *assets.TABLES, "scripts/page.js"),
    "map.js": assets.DISTRICTS_MAP,
}
#: Tables with more rows have a height of their own.
TALL_FROM = 12


@dataclass(frozen=True, eq=False)
class DistrictFigures:
    """What the page of a batch tells, the same in every language.

    Attributes
    ----------
    workspace
        Of the first district that has one: languages, minutes, catalogues, contact.
    table
        ``command_columns.BATCH``, with names as they are shown.
    profiles
        Ways of moving that some district was assessed by.
    centred
        Whether the hub of some district is the centre of its homes.
    contents
        What the map shows, packed.
    together
        Whether the workspace is that of all districts together.
    """

    workspace: Workspace
    table: gpd.GeoDataFrame
    profiles: tuple[str, ...]
    centred: bool
    contents: tuple[Content, ...]
    together: bool = False

    @property
    def cutoffs(self) -> tuple[float, ...]:
        """Minutes, from the smallest to the largest."""
        return self.workspace.access.cutoffs_min

    def of(self, profile: str) -> gpd.GeoDataFrame:
        """Districts that were assessed by a way of moving, the quickest first; where half never arrive, last.

        Parameters
        ----------
        profile
            The way of moving.

        Returns
        -------
        GeoDataFrame
            Rows of the table.
        """
        median = command_columns.BATCH_MEDIAN_MIN.of(profile)
        found = self.table[self.table[command_columns.BATCH_UNREACHABLE.of(profile)].notna()]
        return found.sort_values([median, "name", "district"], na_position="last", kind="stable")


def district_pages(tasks: Sequence[Task], table: gpd.GeoDataFrame) -> dict[str, bytes]:
    """The page of a batch in the languages of its first workspace, and what it needs: it opens from disk.

    Parameters
    ----------
    tasks
        The districts.
    table
        ``command_columns.BATCH``, a row a district.

    Returns
    -------
    dict
        File → bytes; the page in the first language is ``index.html``.
    """
    figures = _figures(tasks, table)
    languages = figures.workspace.district.languages
    files = {f"assets/{name}": assets.asset(name).read_bytes() for name in (*STYLES, BEGIN, assets.LEAFLET)}
    files |= {f"assets/{name}": assets.asset(name).read_bytes() for name in assets.BESIDE}
    files["assets/icon.svg"] = assets.asset("icon.svg").read_bytes()
    for name, parts in BUNDLES.items():
        joined = "\n".join(assets.asset(part).read_text(encoding="utf-8") for part in parts)
        files[f"assets/{name}"] = joined.encode("utf-8")
    files["assets/map-data.js"] = f"tesoma.data = {map_data(figures.contents)};\n".encode()
    for language in languages:
        catalogue = catalogue_of(figures.workspace, language)
        made = _map(figures, catalogue) if figures.profiles else None
        if made is not None:
            files[f"assets/map-{language}.js"] = f"{made.script.strip()}\n".encode()
        page = _page(figures, catalogue, made)
        files[page.file] = _document(page, languages).encode("utf-8")
    return files


def _figures(tasks: Sequence[Task], table: gpd.GeoDataFrame) -> DistrictFigures:
    usable = [task for task in tasks if task.workspace is not None]
    workspace = usable[0].shares or usable[0].own
    asked = dict.fromkeys(profile for task in usable for profile in task.own.access.profiles)
    profiles = tuple(
        profile for profile in asked if command_columns.BATCH_UNREACHABLE.of(profile) in table.columns
        and table[command_columns.BATCH_UNREACHABLE.of(profile)].notna().any()
    )  # fmt: skip
    named = table.assign(name=table["name"].map(ordinary_case))
    # Where all districts failed there is nothing to map.
    contents = (
        district_contents(named, _water(usable[0], shapely.box(*table.total_bounds)), profiles) if profiles else ()
    )
    centred, together = any(task.centred for task in tasks), usable[0].shares is not None
    return DistrictFigures(workspace, named, profiles, centred, contents, together)


def _water(task: Task, area: BaseGeometry) -> gpd.GeoDataFrame:
    """Water among the districts, where all share a file of it; none where they do not or where it has faults."""
    none = gpd.GeoDataFrame({"name": []}, geometry=[], crs=task.own.district.crs)
    if task.shares is None or task.shares.basemap.water is None:
        return none
    found = WorkspaceLayers(task.shares).areas("basemap.water", task.shares.basemap.water, WATER, area)
    return none if found is None else found


def _map(figures: DistrictFigures, catalogue: Catalogue) -> MapParts:
    headline = headline_of(figures.cutoffs)
    return district_map(
        figures.table, figures.contents, [_way(figures, profile, catalogue) for profile in figures.profiles],
        figures.cutoffs, headline, catalogue,
        credited=[*_credits(figures.workspace), *day_lines(catalogue, _days(figures.workspace))],
        made_up=figures.workspace.district.made_up,
    )  # fmt: skip


def _way(figures: DistrictFigures, profile: str, catalogue: Catalogue) -> Way:
    """A way of moving: residents within the first cutoff, and districts by the bands of the legend."""
    found = figures.of(profile)
    median = found[command_columns.BATCH_MEDIAN_MIN.of(profile)].to_numpy(float)
    band = np.searchsorted(np.asarray(figures.cutoffs, float), median)  # NaN goes beyond the last
    bands = np.bincount(
        np.where(np.isfinite(median), band, len(figures.cutoffs) + 1), minlength=len(figures.cutoffs) + 2
    )
    texts = {f"band-{number}": catalogue.number(int(districts)) for number, districts in enumerate(bands)}
    return Way(
        profile,
        catalogue.named("profile", profile),
        _share(figures, profile),
        texts,
        tuple(np.flatnonzero(bands).tolist()),
    )


def _share(figures: DistrictFigures, profile: str) -> float:
    """Residents of all districts within the first cutoff of their hub, from 0 to 1."""
    found, name = figures.of(profile), _within(profile, headline_of(figures.cutoffs))
    people = found["population"].fillna(0.0).to_numpy(float)
    if name not in found or not people.sum():
        return 0.0
    return float(people @ found[name].fillna(0.0).to_numpy(float) / people.sum())


def _page(figures: DistrictFigures, catalogue: Catalogue, made: MapParts | None) -> Page:
    workspace, languages = figures.workspace, figures.workspace.district.languages
    failed = figures.table[figures.table["reason"] != ""]
    tables = list(_tables(figures, catalogue))
    one = "_one" if len(figures.table) == 1 else ""
    title, description = catalogue(f"districts.title{one}"), catalogue("districts.description")
    markup = assets.rendered(
        "pages/districts.html.j2",
        t=catalogue,
        title=title,
        place=_place(figures, catalogue),
        ranking=catalogue(f"districts.ranking{one}"),
        in_order=not one,
        headline=_headline(figures, catalogue),
        ends=_ends(figures, catalogue),
        method_file="",
        map_html="" if made is None else made.html,
        tables=tables,
        dashes=any(table.has_dash for table in tables),
        without=len(failed),
        failed=_failed(failed, catalogue),
        centred=figures.centred,
        timetable=workspace.transit is not None,
        made_up=workspace.district.made_up,
        credits=dated_credits(_Layers(workspace), catalogue),
        whence_rows=list(_whence(figures, catalogue)),
        contact_at=workspace.site,
        languages=[
            {
                "language": other,
                "file": file_name("start", other, languages[0]),
                "name": catalogue_of(workspace, other)("language.name"),
            }
            for other in languages
        ],
    )
    file = file_name("start", catalogue.language, languages[0])
    return Page("start", catalogue.language, file, title, description, unbroken(markup), has_map=made is not None)


def _place(figures: DistrictFigures, catalogue: Catalogue) -> str:
    """What holds all districts, or the only one; empty where each has a workspace of its own."""
    if len(figures.table) == 1:
        return str(figures.table["name"].iloc[0])
    return catalogue.of(figures.workspace.district.name) if figures.together else ""


def _whence(figures: DistrictFigures, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Where the figures of each way of moving stand, and why a district has none."""
    of = command_columns
    for profile in figures.profiles:
        limits = (_within(profile, minutes) for minutes in figures.cutoffs)
        columns = (
            of.BATCH_MEDIAN_MIN.of(profile),
            of.BATCH_P90_MIN.of(profile),
            *limits,
            of.BATCH_UNREACHABLE.of(profile),
        )
        yield catalogue.named("profile", profile), f"summary.csv: {', '.join(columns)}"
    if not figures.table["reason"].eq("").all():
        yield catalogue("districts.failed"), "summary.csv: reason"


def _failed(failed: gpd.GeoDataFrame, catalogue: Catalogue) -> list[tuple[str, str, list[str]]]:
    """Reasons, the program's own words where the reason is not a known one, and the names of the districts."""
    told = {reason: reason_told(catalogue, reason) for reason in failed["reason"]}
    by_words = failed.groupby(failed["reason"].map(lambda reason: told[reason] or reason), sort=True)["name"]
    known, other = set(told.values()), catalogue("reason.other")
    rows = [
        (words, "", sorted(names)) if words in known else (other, words, sorted(names)) for words, names in by_words
    ]
    return sorted(rows, key=lambda row: row[1] != "")


def _headline(figures: DistrictFigures, catalogue: Catalogue) -> str:
    """In how many districts that have figures half of the residents are near, by the first way of moving."""
    if not figures.profiles:
        return catalogue("districts.none", n=catalogue.number(len(figures.table)))
    profile, headline = figures.profiles[0], headline_of(figures.cutoffs)
    by, median = by_way(catalogue, profile), figures.of(profile)[command_columns.BATCH_MEDIAN_MIN.of(profile)]
    if len(figures.table) == 1:
        (only,) = median
        never = "" if np.isfinite(only) else "_never"
        return catalogue(f"districts.headline_one{never}", by=by, time=catalogue.minutes(only))
    near = median <= headline
    return catalogue(
        "districts.headline", by=by, n=catalogue.number(int(near.sum())),
        all=catalogue.number(len(median)), m=catalogue.number(headline, 1),
    )  # fmt: skip


def _ends(figures: DistrictFigures, catalogue: Catalogue) -> str:
    """Where half of the residents are there soonest and where latest; empty where no two districts tell."""
    if not figures.profiles:
        return ""
    column = command_columns.BATCH_MEDIAN_MIN.of(figures.profiles[0])
    found = figures.of(figures.profiles[0])
    known = found[np.isfinite(found[column].to_numpy(float))]
    if len(known) < 2:
        return ""
    first, last = known.iloc[0], known.iloc[-1]
    return catalogue(
        "districts.ends", first=first["name"], fast=catalogue.minutes(first[column]),
        last=last["name"], slow=catalogue.minutes(last[column]),
    )  # fmt: skip


def _tables(figures: DistrictFigures, catalogue: Catalogue) -> Iterator[PageTable]:
    """A table a way of moving, the first open."""
    for number, profile in enumerate(figures.profiles):
        table = _table(figures, profile, catalogue)
        yield table if number == 0 else replace(table, folded=catalogue.named("profile", profile))


def _table(figures: DistrictFigures, profile: str, catalogue: Catalogue) -> PageTable:
    found = figures.of(profile)
    within = [minutes for minutes in figures.cutoffs if _within(profile, minutes) in found]
    ranked = len(figures.table) > 1
    columns = (
        TableColumn("district", catalogue("districts.district"), number=False),
        *([TableColumn("rank", catalogue("districts.rank"))] if ranked else []),
        TableColumn("residents", catalogue("areas.residents")),
        TableColumn("median_min", catalogue("reach.median")),
        TableColumn("p90_min", catalogue("reach.p90"), more=True),
        *(
            replace(column, more=limit != headline_of(figures.cutoffs))
            for column, limit in zip(within_columns(catalogue, within), within, strict=True)
        ),
        TableColumn("unreachable", catalogue("reach.unreachable"), more=True),
    )
    ranks = found[command_columns.BATCH_MEDIAN_MIN.of(profile)].rank(method="min", na_option="bottom")
    points = found.geometry.representative_point().to_crs(WGS84)
    rows = []
    for (_, row), rank, point in zip(found.iterrows(), ranks, points, strict=True):
        values = (
            TableValue(str(row["name"])),
            *([count(catalogue, int(rank))] if ranked else []),
            count(catalogue, int(whole([row["population"]])[0])),
            minutes(catalogue, row[command_columns.BATCH_MEDIAN_MIN.of(profile)]),
            minutes(catalogue, row[command_columns.BATCH_P90_MIN.of(profile)]),
            *(_part(catalogue, row[_within(profile, limit)]) for limit in within),
            count(catalogue, int(whole([row[command_columns.BATCH_UNREACHABLE.of(profile)]])[0])),
        )
        rows.append(TableRow(values, (round(point.x, 6), round(point.y, 6))))
    # A key is a file's name, and the name of a way of moving is the workspace's text.
    key = f"districts-{figures.profiles.index(profile)}"
    caption = catalogue("districts.caption", profile=catalogue.named("profile", profile))
    return PageTable(key, caption, columns, tuple(rows), "summary.csv", tall=len(rows) > TALL_FROM)


def _part(catalogue: Catalogue, value: float) -> TableValue:
    return TableValue("–", "") if pd.isna(value) else share(catalogue, float(value))


def _within(profile: str, limit: float) -> str:
    return command_columns.BATCH_WITHIN_SHARE.of(profile, f"{limit:g}")


class _Layers:
    """The layers that all districts share, as far as their workspace tells of them."""

    def __init__(self, workspace: Workspace) -> None:
        days = _days(workspace)
        layers = {
            "network": workspace.network,
            "district.area": workspace.district.area,
            "population": workspace.population,
            "basemap.water": workspace.basemap.water,
            "elevation": workspace.elevation,
            "transit": workspace.transit,
        }
        self.reports = [
            LayerReport(key, Path(), as_of=days.get(key) or layer.as_of, licence=layer.licence, sha256="")
            for key, layer in layers.items()
            if layer is not None and layer.licence
        ]


def _credits(workspace: Workspace) -> list[str]:
    """Whom the map names, OpenStreetMap first."""
    layers = [
        workspace.network, workspace.district.area, workspace.population, workspace.basemap.water, workspace.elevation,
        *((workspace.transit,) if workspace.transit is not None else ()),
    ]  # fmt: skip
    named = dict.fromkeys(layer.licence for layer in layers if layer is not None and layer.licence)
    return sorted(named, key=lambda licence: "OpenStreetMap" not in licence)


def _days(workspace: Workspace) -> dict[str, str | None]:
    """Of which day streets, residents and timetables are; None where nobody knows."""
    population, transit = workspace.population, workspace.transit
    return {
        "network": workspace.network.as_of or replication_day(workspace.osm_path),
        "population": population.as_of or column_year(population.column),
        **({} if transit is None else {"transit": transit.as_of or transit.date.isoformat()}),
    }


def _document(page: Page, languages: Sequence[str]) -> str:
    scripts = ["page.js"]
    if page.has_map:
        scripts += [assets.LEAFLET, "map-data.js", "map.js", f"map-{page.language}.js"]
    others = [
        {"language": other, "file": file_name("start", other, languages[0])}
        for other in languages
        if other != page.language
    ]
    return assets.rendered(
        "document.html.j2", page=page, styles=STYLES, begin=BEGIN, scripts=scripts, frames=False, address="",
        picture=None, picture_size=(0, 0), others=others,
    )  # fmt: skip
