"""The columns of what ``scenario``, ``unknowns`` and ``batch`` leave, each declared once, as those of a run are."""

from dataclasses import replace

from tesoma_geo._columns import ALL_PROFILES, Column, OutputTable
from tesoma_geo.columns import AGE, AREA_CODE, ORIGIN_ID, POPULATION, WITH_SERVICES

BEFORE_MIN = Column(
    "<profile>_before_min", "float64", "min", "to the hub without the scenario; `inf` where there is no way",
    ALL_PROFILES,
)  # fmt: skip


AFTER_MIN = Column(
    "<profile>_after_min", "float64", "min", "to the hub with it; `inf` where there is no way", ALL_PROFILES
)  # fmt: skip


GAINED_MIN = Column(
    "<profile>_gain_min", "float64", "min",
    "before less after: above 0 is sooner; `inf` reachable now, `-inf` no more, empty neither before nor after",
    ALL_PROFILES,
)  # fmt: skip


CHANGED_KINDS = "all profiles, of kinds that somebody gets to sooner or later"


TO_KIND_BEFORE_MIN = Column(
    "<profile>_<kind>_before_min", "float64", "min", "to the nearest service of the kind without the scenario",
    CHANGED_KINDS,
)  # fmt: skip


TO_KIND_AFTER_MIN = Column(
    "<profile>_<kind>_after_min", "float64", "min", "to the nearest service of the kind with it", CHANGED_KINDS
)  # fmt: skip


TO_KIND_GAINED_MIN = Column(
    "<profile>_<kind>_gain_min", "float64", "min", "before less after, as to the hub", CHANGED_KINDS
)  # fmt: skip


DIFFERENCES = OutputTable(
    "differences.gpkg", "cells", "an origin", "its cell, as in `cells.gpkg`",
    (
        ORIGIN_ID, replace(POPULATION, meaning="who live there today"), AREA_CODE, AGE, BEFORE_MIN, AFTER_MIN,
        GAINED_MIN, TO_KIND_BEFORE_MIN, TO_KIND_AFTER_MIN, TO_KIND_GAINED_MIN,
    ),
)  # fmt: skip


CHANGES = OutputTable(
    "differences.gpkg", "changes", "something that the scenario changes; there where it has a place",
    "its point, line or area",
    (
        Column(
            "what", "text", "",
            "`link`, `closed`, `costs`, `line`, `stop`, `service`, `service_closed`, `entrance`, `ramps`, `lighting`, "
            "`paving`, `winter_maintenance` or `homes`",
        ),
        Column("name", "text", "", "its name, or its kind; empty where it has none"),
    ),
)  # fmt: skip


UNKNOWNS = OutputTable(
    "unknowns.gpkg", "places",
    "something that the map does not tell and that matters to the figure, what matters most first",
    "the ways that lack a tag, or the point",
    (
        Column("rank", "int64", "", "its number on the sheet and on its map"),
        Column("kind", "text", "", "`street`, `crossing` or `door`"),
        Column("thing", "text", "", "its OpenStreetMap objects, as `way/12;way/13`, or `hub`; leave it as it is"),
        Column("name", "text", "", "its name; empty where it has none"),
        Column("highway", "text", "", "classes of its ways"),
        Column("missing", "text", "", "tags that the figure asks for and that nobody mapped; `entrance` of a door"),
        Column("residents", "int64", "residents", "who pass it on their way to the hub, at the piece with most"),
        Column("length_m", "float64", "m", "length of its ways that lack a tag"),
        Column("share", "float64", "", "of the variance of the figure that it explains by itself, from 0 to 1"),
        Column(
            "narrower", "float64", "min or residents",
            "by how much the interval of what the map lacks would be narrower if this alone were known",
        ),
        *(
            Column(tag, "text", "", "to be filled in: the tag as it is there; leave empty what nobody saw")
            for tag in ("surface", "smoothness", "tracktype", "width", "kerb")
        ),
        Column("seen_on", "text", "date", "to be filled in: the day"),
        Column("remark", "text", "", "to be filled in: anything else, not read"),
    ),
)  # fmt: skip


BATCH_MEDIAN_MIN = Column(
    "<profile>_median_min", "float64", "min", "to the hub, of the median resident; empty is never", ALL_PROFILES
)  # fmt: skip


BATCH_P90_MIN = Column(
    "<profile>_p90_min", "float64", "min", "to the hub: nine in ten residents take no longer", ALL_PROFILES
)  # fmt: skip


BATCH_UNREACHABLE = Column(
    "<profile>_unreachable_population", "float64", "residents", "who cannot reach the hub", ALL_PROFILES
)  # fmt: skip


BATCH_WITHIN_SHARE = Column(
    "<profile>_within_<minutes>_min_share", "float64", "", "residents within so many minutes of the hub, from 0 to 1",
    ALL_PROFILES,
)  # fmt: skip


BATCH_SERVICE_MEDIAN_MIN = Column(
    "<profile>_<kind>_median_min", "float64", "min", "to the nearest service of the kind, of the median resident",
    WITH_SERVICES,
)  # fmt: skip


BATCH = OutputTable(
    "summary.parquet", "", "a district of a batch", "the district's areas together",
    (
        Column("district", "text", "", "what names it, as in the dataset's folders `cells/district=…`"),
        Column("name", "text", "", "what it is called"),
        Column("reason", "text", "", "why it has no figures; empty where it has"),
        Column("population", "float64", "residents", "of the district", "districts with figures"),
        Column("hub_lon", "float64", "°", "longitude of the hub's first entrance, WGS 84", "districts with figures"),
        Column("hub_lat", "float64", "°", "latitude of the hub's first entrance, WGS 84", "districts with figures"),
        BATCH_MEDIAN_MIN,
        BATCH_P90_MIN,
        BATCH_UNREACHABLE,
        BATCH_WITHIN_SHARE,
        BATCH_SERVICE_MEDIAN_MIN,
    ),
)  # fmt: skip
