"""The tables of the pages: each value as a reader sees it and as a download has it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.crs import to_wgs84
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.render.figures import headline
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


@dataclass(frozen=True)
class Column:
    """A column: its name in downloads, its heading, and whether it holds numbers."""

    key: str
    heading: str
    number: bool = True


@dataclass(frozen=True)
class Value:
    """A value: as it is shown, as it is sorted and downloaded (None: as shown), and what is said beside it."""

    shown: str
    plain: float | str | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """Values in the order of the columns, and where the thing is (lon, lat) when it is somewhere."""

    values: tuple[Value, ...]
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Table:
    """A table of a page.

    Attributes
    ----------
    key
        Its name in the page and in the names of downloads.
    source
        Where in the results of ``run`` its figures stand.
    folded
        How the page names it when it stays folded until asked for; None for one that is open.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str
    folded: str | None = None

    @property
    def placed(self) -> bool:
        """Whether its rows have places."""
        return any(row.place for row in self.rows)


def count(text: Catalogue, value: float) -> Value:
    """A number of things."""
    return Value(text.number(value), float(value))


def minutes(text: Catalogue, value: float | None) -> Value:
    """Minutes; nothing for never."""
    known = value is not None and np.isfinite(value)
    return Value(text.minutes(value), round(float(value), 1) if known and value is not None else "")


def share(text: Catalogue, value: float) -> Value:
    """A share of residents, downloaded as 0 to 1."""
    return Value(text.percent(value), round(value, 4))


def reach(assessment: "Assessment", text: Catalogue) -> Table:
    """Residents within each cutoff, by profile."""
    hub = text.of(assessment.workspace.hub.name)
    cutoffs = assessment.workspace.access.cutoffs_min
    rows = headline.reaches(assessment)
    return Table(
        "reach",
        text("reach.caption", hub=hub, residents=text.counted("residents", rows[0].residents if rows else 0)),
        (
            Column("profile", text("reach.profile"), number=False),
            *(Column(f"within_{at:g}_min", text("reach.within", n=text.number(at, 1))) for at in cutoffs),
            Column("median_min", text("reach.median")),
            Column("p90_min", text("reach.p90")),
            Column("unreachable", text("reach.unreachable")),
        ),
        tuple(
            Row(
                (
                    Value(text.named("profile", row.profile)),
                    *(Value(text.number(n), n, (text.percent(row.share(n)),)) for n in row.within.values()),
                    minutes(text, row.median_min),
                    minutes(text, row.p90_min),
                    Value(
                        text.number(row.unreachable),
                        row.unreachable,
                        tuple(f"{text.named('reason', name)}: {text.number(n)}" for name, n in row.reasons.items()),
                    ),
                )
            )
            for row in rows
        ),
        "summary.json: profiles",
    )


def of_profile(assessment: "Assessment", text: Catalogue, row: headline.Reach) -> Table:
    """One profile, a row a cutoff: residents, their share, and the area within reach."""
    hub = text.of(assessment.workspace.hub.name)
    table = assessment.isochrones.get(row.profile)
    km2 = {} if table is None else dict(zip(table["cutoff_min"].astype(float), table["area_km2"], strict=True))
    return Table(
        "reach",
        text("profile.caption", hub=hub, profile=text.named("profile", row.profile)),
        (
            Column("cutoff_min", text("profile.cutoff")),
            Column("residents", text("areas.residents")),
            Column("share", text("profile.share")),
            Column("area_km2", text("profile.area")),
        ),
        tuple(
            Row(
                (
                    Value(text("minutes", n=text.number(cutoff, 1)), cutoff),
                    count(text, n),
                    share(text, row.share(n)),
                    Value(f"{text.number(km2[cutoff], 2)} km²", round(float(km2[cutoff]), 3))
                    if cutoff in km2
                    else Value("–", ""),
                )
            )
            for cutoff, n in row.within.items()
        ),
        f"summary.json: profiles › {row.profile}; isochrones.gpkg: {row.profile}",
    )


def areas(assessment: "Assessment", text: Catalogue, profiles: Sequence[str]) -> Table | None:
    """Median minutes of each area, by profile; None when the grid knows no areas."""
    rows = headline.area_reaches(assessment, profiles)
    if not rows:
        return None
    places = _places(assessment.district, assessment.district["name"])
    return Table(
        "areas",
        text("areas.caption", hub=text.of(assessment.workspace.hub.name)),
        (
            Column("area", text("areas.area"), number=False),
            Column("residents", text("areas.residents")),
            *(Column(f"{profile}_median_min", text.named("profile", profile)) for profile in profiles),
        ),
        tuple(
            Row(
                (
                    Value(row.name),
                    count(text, row.residents),
                    *(minutes(text, row.median_min[profile]) for profile in profiles),
                ),
                places.get(row.name),
            )
            for row in rows
        ),
        "origins.parquet: area_code, population, <profile>_to_hub_s",
    )


def kinds(assessment: "Assessment", text: Catalogue, profiles: Sequence[str]) -> Table | None:
    """Residents near a service of each kind, by profile."""
    rows = headline.kind_reaches(assessment)
    if not rows:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    return Table(
        "services",
        text("services.caption", n=text.number(assessment.workspace.access.services_within_min, 1)),
        (
            Column("kind", text("services.kind"), number=False),
            Column("places", text("services.number")),
            *(Column(f"{profile}_share", text.named("profile", profile)) for profile in profiles),
        ),
        tuple(
            Row(
                (
                    Value(text.named("kind", row.kind)),
                    count(text, row.services),
                    *(
                        share(text, row.within[profile] / residents) if profile in row.within else Value("–", "")
                        for profile in profiles
                    ),
                )
            )
            for row in rows
        ),
        "summary.json: services",
    )


def places(assessment: "Assessment", text: Catalogue, profiles: Sequence[str]) -> Table | None:
    """Every service with the minutes from the hub, by profile."""
    table = assessment.services
    if table.empty:
        return None
    profiles = [profile for profile in profiles if f"{profile}_from_hub_s" in table]
    at = table[[f"{profile}_from_hub_s" for profile in profiles]].to_numpy(float) / 60
    lon, lat = to_wgs84(table.geometry.x.to_numpy(), table.geometry.y.to_numpy(), str(table.crs))
    named = [
        (str(kind), list(times), "" if pd.isna(name) else str(name), (round(float(x), 6), round(float(y), 6)))
        for kind, times, name, x, y in zip(table["kind"], at, table["name"], lon, lat, strict=True)
    ]
    return Table(
        "places",
        text("services.list_caption", hub=text.of(assessment.workspace.hub.name)),
        (
            Column("name", text("services.name"), number=False),
            Column("kind", text("services.kind"), number=False),
            *(Column(f"{profile}_from_hub_min", text.named("profile", profile)) for profile in profiles),
        ),
        tuple(
            Row(
                (
                    Value(name or text("services.no_name"), name),
                    Value(text.named("kind", kind)),
                    *(minutes(text, value) for value in times),
                ),
                place,
            )
            for kind, times, name, place in sorted(named, key=lambda row: (row[0], row[1][:1], row[2]))
        ),
        "services.parquet: <profile>_from_hub_s",
        folded=text.counted("services.all", len(table)),
    )


def by_age(assessment: "Assessment", text: Catalogue, profiles: Sequence[str]) -> Table | None:
    """Residents of each age group who are there within the headline cutoff; None without ages."""
    rows = headline.age_reaches(assessment)
    if not rows:
        return None
    cutoff = headline.headline_cutoff(assessment)
    return Table(
        "ages",
        text("ages.caption", n=text.number(cutoff, 1), hub=text.of(assessment.workspace.hub.name)),
        (
            Column("age_group", text("ages.group"), number=False),
            Column("residents", text("areas.residents")),
            *(Column(f"{profile}_share", text.named("profile", profile)) for profile in profiles),
        ),
        tuple(
            Row(
                (
                    Value(row.group),
                    count(text, row.residents),
                    *(share(text, row.shares[profile]) for profile in profiles),
                )
            )
            for row in rows
        ),
        "origins.parquet: age_<group>, <profile>_to_hub_s",
    )


def fairness(assessment: "Assessment", text: Catalogue) -> Table:
    """Minutes of the nearest tenth, the middle and the farthest tenth of residents, by profile."""
    residents = assessment.origins["population"].to_numpy(float)
    done = headline.profiles(assessment)
    tenths = {
        profile: [
            weighted_quantile(assessment.origins[f"{profile}_to_hub_s"].to_numpy(float) / 60, residents, at)
            for at in (0.1, 0.5, 0.9)
        ]
        for profile in done
    }
    return Table(
        "fairness",
        text("fairness.caption", hub=text.of(assessment.workspace.hub.name)),
        (
            Column("profile", text("reach.profile"), number=False),
            Column("p10_min", text("fairness.near")),
            Column("p50_min", text("fairness.middle")),
            Column("p90_min", text("fairness.far")),
            Column("gap_min", text("fairness.gap")),
        ),
        tuple(
            Row(
                (
                    Value(text.named("profile", profile)),
                    *(minutes(text, value) for value in values),
                    minutes(text, values[2] - values[0] if np.isfinite(values[2]) else None),
                )
            )
            for profile, values in tenths.items()
        ),
        "origins.parquet: population, <profile>_to_hub_s",
    )


def sources(assessment: "Assessment", text: Catalogue) -> Table:
    """The layers with file, date and licence."""
    return Table(
        "sources",
        text("sources.caption"),
        tuple(Column(key, text(f"sources.{key}"), number=False) for key in ("layer", "source", "date", "licence")),
        tuple(
            Row(
                (
                    Value(text.named("section", report.key.split(".")[0])),
                    Value(report.path.name),
                    Value(text.day(report.date), report.date or ""),
                    Value(report.licence or text("sources.no_licence"), report.licence or ""),
                )
            )
            for report in assessment.reports
        ),
        "manifest.json: inputs",
    )


def _places(table: gpd.GeoDataFrame, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    inside = shapely.get_coordinates(shapely.point_on_surface(table.geometry.to_numpy()))
    lon, lat = to_wgs84(inside[:, 0], inside[:, 1], str(table.crs))
    return {str(name): (round(float(x), 6), round(float(y), 6)) for name, x, y in zip(names, lon, lat, strict=True)}
