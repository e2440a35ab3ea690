"""Lived accessibility on pages: what difficult places cost, which cost most, and how much hangs on the assumptions."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.analysis.published_barriers import DISTRICT, SQUARE
from tesoma_geo.annotations.street_places import AREA, STREET
from tesoma_geo.columns import RESIDENT_MIN
from tesoma_geo.render.sections.charts import Bar, Bars, share_bar
from tesoma_geo.render.sections.lived_sensitivity import SMALL_S
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    NOTHING,
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    profile_column,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import area_names, hub_name
from tesoma_geo.render.text.terms import near_streets, topic_name

if TYPE_CHECKING:
    from tesoma_geo.analysis.lived_access import LivedAccess
    from tesoma_geo.assessment.assess import Assessment

#: What would be told as 0 has no bar, unless there is no other.
LEAST_S, LEAST_SHARE = 0.5, 0.005
#: Places that have a bar.
MOST_BARS = 8


def lived(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """Minutes added per profile and residents affected, beside the mapped times; None without annotations.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    lived_access = assessment.lived
    if lived_access is None:
        return None
    k = lived_access.summary["fewest_respondents"]
    title, beside = catalogue("lived.title"), catalogue("lived.beside")
    counted = catalogue.counted("lived.counted", len(lived_access.barriers), k=catalogue.number(k))
    if lived_access.barriers.empty:
        publication = assessment.inputs.publication
        noisy = publication is not None and publication.noise is not None
        none = catalogue("lived.noise") if noisy else catalogue("lived.none", k=catalogue.number(k))
        return PageSection("lived", title, none, (beside,))
    residents = max(int(assessment.summary["population_total"]), 1)
    figures = lived_access.summary["profiles"]
    first, worst = next(iter(figures)), max(figures, key=lambda profile: float(figures[profile]["resident_min"]))
    sentences = [beside, counted]
    if worst != first:
        sentences.insert(0, _affected(catalogue, "lived.worst", worst, figures[worst]))
    shares = {profile: row["affected_population"] / residents for profile, row in figures.items()}
    return PageSection(
        "lived",
        title,
        _affected(catalogue, "lived.short", first, figures[first]),
        (*sentences, catalogue("lived.assumed")),
        charts=(
            Bars(
                catalogue("lived.chart"),
                tuple(
                    share_bar(catalogue, catalogue.named("profile", profile), share)
                    for profile, share in shares.items()
                    if share >= LEAST_SHARE or max(shares.values()) < LEAST_SHARE
                ),
            ),
        ),
        tables=(_mapped_and_lived(assessment, catalogue, lived_access),),
    )


def _mapped_and_lived(assessment: "Assessment", catalogue: Catalogue, lived_access: "LivedAccess") -> PageTable:
    """Minutes as mapped and as lived beside each other, and whom the difference concerns, a row a profile."""
    mapped = lived_access.sensitivity[lived_access.sensitivity["scale"] == 0.0].set_index("profile")["median_min"]
    return PageTable(
        "lived",
        catalogue("lived.caption", hub=hub_name(assessment.workspace, catalogue)),
        (
            profile_column(catalogue),
            TableColumn("mapped_median_min", catalogue("lived.column.mapped")),
            TableColumn("lived_median_min", catalogue("lived.column.lived")),
            TableColumn("affected_residents", catalogue("lived.column.affected")),
            TableColumn("mean_added_min", catalogue("lived.column.added")),
            TableColumn("resident_min", catalogue("lived.column.together")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", profile)),
                    tenths(catalogue, mapped[profile]),
                    tenths(catalogue, row["median_min"]),
                    count(catalogue, row["affected_population"]),
                    tenths(catalogue, row["mean_added_min"]),
                    count(catalogue, round(row["resident_min"])),
                )
            )
            for profile, row in lived_access.summary["profiles"].items()
        ),
        "summary.json: experience › profiles",
        folded=catalogue("table.open"),
        note=catalogue("lived.together"),
    )


def barriers(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """Difficult places by the minutes that all residents would save without them; None when there are none.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    lived_access = assessment.lived
    if lived_access is None or lived_access.barriers.empty:
        return None
    table = lived_access.barriers
    profiles = [name for name in lived_access.summary["profiles"] if (table[RESIDENT_MIN.of(name)] > 0).any()]
    places = _places(assessment, catalogue, lived_access)
    ranked = [
        TableRow(
            (
                TableValue(place),
                TableValue(topic_name(catalogue, assessment.workspace, str(row["category"]))),
                TableValue(catalogue.number(int(row["respondents"])), int(row["respondents"])),
                count(catalogue, row["severity"]),
                *(count(catalogue, round(row[RESIDENT_MIN.of(name)])) for name in profiles),
            ),
            at,
        )
        for place, at, row in zip(*places, table.to_dict("records"), strict=True)
    ]
    short = catalogue("barriers.none")
    charts: tuple[Bars, ...] = ()
    is_small, note = True, ""
    if profiles:
        most = max(profiles, key=lambda name: float(table[RESIDENT_MIN.of(name)].iloc[0]))
        figures = lived_access.summary["profiles"][most]
        # Of those whose journey difficult places make longer, as the sentence of all of these has it.
        seconds = table[RESIDENT_MIN.of(most)] / figures["resident_min"] * 60 * figures["mean_added_min"]
        is_small = bool(seconds.iloc[0] < SMALL_S)
        # As the sentence: a wide area is no place, unless there is no other.
        wide = table["level"].isin([AREA, SQUARE, DISTRICT])
        short = _most_time(catalogue, places[0][0], ranked[0].values[1].shown, most, seconds.iloc[0])
        if not wide.all() and (seconds[wide] > seconds.iloc[0]).any():
            short = f"{short} {catalogue('barriers.wide_more')}"
        shown = np.flatnonzero(~wide | wide.all()).tolist()
        charts = (
            ()
            if is_small
            else (_most_saved(catalogue, most, [(float(seconds.iloc[row]), ranked[row]) for row in shown]),)
        )
        note = catalogue("barriers.explained", profile=catalogue.named("profile", most))
        ranked = [ranked[row] for row in np.lexsort((-seconds.to_numpy(), wide.to_numpy()))]
    columns = (
        TableColumn("street", catalogue("barriers.street"), number=False),
        TableColumn("category", catalogue("barriers.category"), number=False),
        TableColumn("respondents_at_least", catalogue("barriers.respondents")),
        TableColumn("severity", catalogue("barriers.severity")),
        *(
            TableColumn(RESIDENT_MIN.of(name), catalogue("barriers.minutes", profile=catalogue.named("profile", name)))
            for name in profiles
        ),
    )
    caption, folded = catalogue("barriers.caption"), catalogue("table.open")
    listed = PageTable("barriers", caption, columns, tuple(ranked), "barriers.gpkg", folded=folded, note=note)
    return PageSection(
        "barriers",
        catalogue("barriers.title"),
        short,
        (catalogue("barriers.ranked"), catalogue("barriers.private")),
        charts=charts,
        tables=(listed,),
        minor=is_small,
    )


def _most_time(catalogue: Catalogue, place: str, category: str, profile: str, seconds: float) -> str:
    """Where most time goes, and what mending it would save on a journey."""
    return catalogue(
        "barriers.short", place=place, category=category, time=_briefly(catalogue, seconds),
        profile=catalogue.named("profile", profile),
    )  # fmt: skip


def _briefly(catalogue: Catalogue, seconds: float) -> str:
    """Seconds of a journey; few of them in words, as nobody's day hangs on them."""
    if seconds < SMALL_S:
        return catalogue("seconds.few")
    return catalogue("seconds", n=catalogue.number(seconds))


def _most_saved(catalogue: Catalogue, profile: str, places: list[tuple[float, TableRow]]) -> Bars:
    """The places with the most seconds a journey as bars, with what is difficult there."""
    first = sorted(places, key=lambda place: -place[0])[:MOST_BARS]
    return Bars(
        catalogue("barriers.chart", profile=catalogue.named("profile", profile)),
        tuple(
            Bar(
                f"{row.values[0].shown} – {row.values[1].shown.lower()}",
                0.0,
                seconds / first[0][0],
                catalogue("barriers.seconds", n=catalogue.number(seconds)),
            )
            for seconds, row in first
            if seconds >= LEAST_S or row is first[0][1]
        ),
    )


def _places(
    assessment: "Assessment", catalogue: Catalogue, lived_access: "LivedAccess"
) -> tuple[list[str], list[tuple[float, float]]]:
    """Each barrier's streets by name, the nearest named one where they have none, and where it is (lon, lat)."""
    table, at = lived_access.barriers, lived_access.barriers.geometry.to_numpy()
    named = [
        _place_name(catalogue, str(level), catalogue.joined(str(names).split(";")[:2]), *others)
        for level, names, *others in zip(
            table["level"],
            table["streets"],
            near_streets(assessment, catalogue, at),
            _wide_names(assessment, catalogue, at, (table["level"] != DISTRICT).to_numpy()),
            strict=True,
        )
    ]
    degrees = table.to_crs("EPSG:4326").geometry
    lon_lat = [(round(float(point.x), 6), round(float(point.y), 6)) for point in degrees]
    return named, lon_lat


def _place_name(catalogue: Catalogue, level: str, street: str, near: str, wide: str) -> str:
    """What a place is called: the street, whether all of it is meant, or the area that answers are spread over."""
    if level in (AREA, DISTRICT):
        return wide
    if level == STREET:
        return catalogue("barriers.along", street=street or near)
    return street or near


def _wide_names(
    assessment: "Assessment", catalogue: Catalogue, at: NDArray[np.object_], is_of_area: NDArray[np.bool_]
) -> list[str]:
    """What a place without a street is called: its area of the district, by name, or the district."""
    areas = assessment.district
    told = [catalogue("barriers.in_area", area=catalogue.isolated(name)) for name in area_names(areas).values()]
    district = catalogue("barriers.in_district", district=catalogue.of(assessment.workspace.district.name))
    point, area = shapely.STRtree(areas.geometry.to_numpy()).query(at, predicate="intersects")
    holding = dict(zip(point.tolist(), area.tolist(), strict=True))
    return [told[holding[one]] if one in holding and is_of_area[one] else district for one in range(len(at))]


def tenths(catalogue: Catalogue, minutes: float | None) -> TableValue:
    """Minutes to a tenth; nothing for never.

    Parameters
    ----------
    catalogue
        The language.
    minutes
        Minutes; None and inf stand for never.

    Returns
    -------
    TableValue
        Minutes with one decimal.
    """
    if minutes is None or not np.isfinite(minutes):
        return NOTHING
    return TableValue(catalogue("minutes", n=catalogue.number(minutes, 1, fixed=True)), round(float(minutes), 1))


def _affected(catalogue: Catalogue, key: str, profile: str, row: dict[str, float]) -> str:
    """What difficult places add for those concerned; under a minute in seconds or words, and that it is small."""
    minutes = float(row["mean_added_min"])
    small = minutes < 1
    sentence = catalogue(
        key,
        profile=catalogue.named("profile", profile),
        residents=catalogue.counted("residents", int(row["affected_population"])),
        minutes=_briefly(catalogue, 60 * minutes) if small else catalogue("minutes", n=catalogue.number(minutes, 1)),
    )
    return f"{sentence} {catalogue('lived.small')}" if small else sentence
