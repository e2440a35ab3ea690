"""The tables of the pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.columns import AGE, FROM_HUB_S, TO_HUB_S
from tesoma_geo.crs import to_wgs84
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.table import (
    NOTHING,
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    minutes_apart,
    profile_column,
    share,
    within_columns,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name, ordinary_case

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def reach(assessment: "Assessment", catalogue: Catalogue) -> PageTable:
    """Residents within each cutoff, by profile.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageTable
        In the language of the page.
    """
    hub = hub_name(assessment.workspace, catalogue)
    cutoffs = assessment.workspace.access.cutoffs_min
    rows = headline.reaches(assessment)
    return PageTable(
        "reach",
        catalogue("reach.caption", hub=hub, residents=catalogue.counted("residents", rows[0].residents if rows else 0)),
        (
            profile_column(catalogue),
            *within_columns(catalogue, cutoffs),
            TableColumn("median_min", catalogue("reach.median")),
            TableColumn("p90_min", catalogue("reach.p90")),
            TableColumn("unreachable", catalogue("reach.unreachable")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", row.profile)),
                    *(
                        TableValue(catalogue.number(n), n, (catalogue.percent(row.share(n)),))
                        for n in row.within.values()
                    ),
                    *(
                        minutes(catalogue, value, row.between.get(figure))
                        for figure, value in (("median_min", row.median_min), ("p90_min", row.p90_min))
                    ),
                    TableValue(
                        catalogue.number(row.unreachable),
                        row.unreachable,
                        tuple(
                            f"{catalogue.named('reason', name)}: {catalogue.number(n)}"
                            for name, n in row.reasons.items()
                        ),
                    ),
                )
            )
            for row in rows
        ),
        "summary.json: profiles",
    )


def of_profile(assessment: "Assessment", catalogue: Catalogue, row: headline.Reach) -> PageTable:
    """One profile, a row a cutoff: residents, their share, and the area within reach.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    row
        How residents get there by the profile.

    Returns
    -------
    PageTable
        In the language of the page.
    """
    hub = hub_name(assessment.workspace, catalogue)
    table = assessment.isochrones.get(row.profile)
    km2 = {} if table is None else dict(zip(table["cutoff_min"].astype(float), table["area_km2"], strict=True))
    return PageTable(
        "reach",
        catalogue("profile.caption", hub=hub, profile=catalogue.named("profile", row.profile)),
        (
            TableColumn("cutoff_min", catalogue("profile.cutoff")),
            TableColumn("residents", catalogue("areas.residents")),
            TableColumn("share", catalogue("profile.share")),
            TableColumn("area_km2", catalogue("profile.area")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue("minutes", n=catalogue.number(cutoff, 1)), cutoff),
                    count(catalogue, n),
                    share(catalogue, row.share(n)),
                    TableValue(f"{catalogue.number(km2[cutoff], 2)} km²", round(float(km2[cutoff]), 3))
                    if cutoff in km2
                    else NOTHING,
                )
            )
            for cutoff, n in row.within.items()
        ),
        f"summary.json: profiles › {row.profile}; isochrones.gpkg: {row.profile}",
        folded=catalogue("table.open"),
    )


def areas(assessment: "Assessment", catalogue: Catalogue, profiles: Sequence[str]) -> PageTable | None:
    """Median minutes of each area, by profile; None when the grid knows no areas.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    PageTable or None
        In the language of the page; None where there is nothing to tell.
    """
    rows = headline.area_reaches(assessment, profiles)
    if not rows:
        return None
    places = _places(assessment.district, map(ordinary_case, assessment.district["name"].astype(str)))
    return PageTable(
        "areas",
        catalogue("areas.caption", hub=hub_name(assessment.workspace, catalogue)),
        _columns_by_profile(
            catalogue, ("area", "areas.area"), {"residents": "areas.residents"}, profiles, "median_min"
        ),
        tuple(
            TableRow(
                (
                    TableValue(row.name),
                    count(catalogue, row.residents),
                    *(
                        minutes(catalogue, row.median_min[profile], row.between_min.get(profile))
                        for profile in profiles
                    ),
                ),
                places.get(row.name),
            )
            for row in rows
        ),
        f"origins.parquet: area_code, population, {TO_HUB_S.pattern}",
    )


def kinds(assessment: "Assessment", catalogue: Catalogue, profiles: Sequence[str]) -> PageTable | None:
    """Residents near a service of each kind, by profile.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    PageTable or None
        In the language of the page; None where there is nothing to tell.
    """
    rows = headline.kind_reaches(assessment)
    if not rows:
        return None
    here = headline.services_here(assessment)
    counted = {"places_here": "services.here", "places": "services.around"}
    return PageTable(
        "services",
        catalogue("services.caption", n=catalogue.number(assessment.workspace.access.services_within_min, 1)),
        _columns_by_profile(catalogue, ("kind", "services.kind"), counted, profiles, "share"),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("kind", row.kind)),
                    count(catalogue, here.get(row.kind, 0)),
                    count(catalogue, row.services),
                    *(
                        _share_near(assessment, catalogue, row, profile) if profile in row.within else NOTHING
                        for profile in profiles
                    ),
                )
            )
            for row in rows
        ),
        "summary.json: services; services.parquet: kind, geometry",
    )


def _share_near(assessment: "Assessment", catalogue: Catalogue, row: headline.KindReach, profile: str) -> TableValue:
    """How many have a service near; where nobody has, also how far it is for half of the residents."""
    residents = max(int(assessment.summary["population_total"]), 1)
    near = share(catalogue, row.within[profile] / residents)
    half = assessment.summary["services"][row.kind]["profiles"][profile].get("median_min")
    if row.within[profile] or half is None or not isfinite(half):
        return near
    return replace(near, beside=(catalogue("services.half", half=catalogue.minutes(half)),))


def places(assessment: "Assessment", catalogue: Catalogue, profiles: Sequence[str]) -> PageTable | None:
    """Every service with the minutes from the hub, by profile.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    PageTable or None
        In the language of the page; None where there is nothing to tell.
    """
    table = assessment.services
    if table.empty:
        return None
    profiles = [profile for profile in profiles if FROM_HUB_S.of(profile) in table]
    at = table[[FROM_HUB_S.of(profile) for profile in profiles]].to_numpy(float) / 60
    lon, lat = to_wgs84(table.geometry.x.to_numpy(), table.geometry.y.to_numpy(), str(table.crs))
    named = [
        (str(kind), list(times), "" if pd.isna(name) else str(name), (round(float(x), 6), round(float(y), 6)))
        for kind, times, name, x, y in zip(table["kind"], at, table["name"], lon, lat, strict=True)
    ]
    return PageTable(
        "places",
        catalogue("services.list_caption", hub=hub_name(assessment.workspace, catalogue)),
        (
            TableColumn("name", catalogue("services.name"), number=False),
            TableColumn("kind", catalogue("services.kind"), number=False),
            *_by_profile(catalogue, profiles, "from_hub_min"),
        ),
        tuple(
            TableRow(
                (
                    TableValue(name or catalogue("services.no_name"), name),
                    TableValue(catalogue.named("kind", kind)),
                    *(minutes(catalogue, value) for value in times),
                ),
                place,
            )
            for kind, times, name, place in sorted(named, key=lambda row: (row[0], row[1][:1], row[2]))
        ),
        f"services.parquet: {FROM_HUB_S.pattern}",
        folded=catalogue.counted("services.all", len(table)),
    )


def by_age(assessment: "Assessment", catalogue: Catalogue, profiles: Sequence[str]) -> PageTable | None:
    """Residents of each age group who are there within the headline cutoff; None without ages.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    PageTable or None
        In the language of the page; None where there is nothing to tell.
    """
    rows = headline.age_reaches(assessment)
    if not rows:
        return None
    cutoff = headline.headline_cutoff(assessment)
    return PageTable(
        "ages",
        catalogue("ages.caption", n=catalogue.number(cutoff, 1), hub=hub_name(assessment.workspace, catalogue)),
        _columns_by_profile(
            catalogue, ("age_group", "ages.group"), {"residents": "areas.residents"}, profiles, "share"
        ),
        tuple(
            TableRow(
                (
                    TableValue(row.shown, row.group),
                    count(catalogue, row.residents),
                    *(share(catalogue, row.shares[profile], row.between.get(profile)) for profile in profiles),
                )
            )
            for row in rows
        ),
        f"origins.parquet: {AGE.pattern}, {TO_HUB_S.pattern}",
    )


def fairness(assessment: "Assessment", catalogue: Catalogue) -> PageTable:
    """Minutes of the nearest tenth, the middle and the farthest tenth of residents, by profile.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageTable
        In the language of the page.
    """
    residents = assessment.origins["population"].to_numpy(float)
    done = headline.profiles(assessment)
    tenths = {
        profile: [
            weighted_quantile(assessment.origins[TO_HUB_S.of(profile)].to_numpy(float) / 60, residents, at)
            for at in (0.1, 0.5, 0.9)
        ]
        for profile in done
    }
    return PageTable(
        "fairness",
        catalogue("fairness.caption", hub=hub_name(assessment.workspace, catalogue)),
        (
            profile_column(catalogue),
            TableColumn("p10_min", catalogue("fairness.near")),
            TableColumn("p50_min", catalogue("fairness.middle")),
            TableColumn("p90_min", catalogue("fairness.far")),
            TableColumn("gap_min", catalogue("fairness.gap")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", profile)),
                    *(minutes(catalogue, value) for value in values),
                    minutes_apart(catalogue, values[0], values[2]),
                )
            )
            for profile, values in tenths.items()
        ),
        f"origins.parquet: population, {TO_HUB_S.pattern}",
    )


def _columns_by_profile(
    catalogue: Catalogue, named: tuple[str, str], counted: Mapping[str, str], profiles: Sequence[str], figure: str
) -> tuple[TableColumn, ...]:
    """A column of names, those of numbers, each by key and word, and one of a figure for each way of moving."""
    return (
        TableColumn(named[0], catalogue(named[1]), number=False),
        *(TableColumn(key, catalogue(word)) for key, word in counted.items()),
        *_by_profile(catalogue, profiles, figure),
    )


def _by_profile(catalogue: Catalogue, profiles: Sequence[str], figure: str) -> tuple[TableColumn, ...]:
    """A column of one figure for each way of moving."""
    return tuple(TableColumn(f"{profile}_{figure}", catalogue.named("profile", profile)) for profile in profiles)


def _places(table: gpd.GeoDataFrame, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    inside = shapely.get_coordinates(shapely.point_on_surface(table.geometry.to_numpy()))
    lon, lat = to_wgs84(inside[:, 0], inside[:, 1], str(table.crs))
    return {str(name): (round(float(x), 6), round(float(y), 6)) for name, x, y in zip(names, lon, lat, strict=True)}
