"""The columns of every table that a run or a scenario leaves, each declared once.

Who writes or reads a column takes its name from here (``TO_HUB_S.of(profile)``); who writes a file checks it
against its :class:`OutputTable`; ``docs/outputs.md`` is made from the same records (``make outputs-docs``).
"""

from dataclasses import replace

from tesoma_geo._columns import ALL_PROFILES, EVERY_ROW, GEOMETRY, STREETS, Column, OutputTable

__all__ = ["ALL_PROFILES", "EVERY_ROW", "GEOMETRY", "STREETS", "Column", "OutputTable"]

#: Further answers to when a column is there.
ON_FOOT_PROFILES, TIMETABLE = "profiles on foot", "`transit`"
AGES_KNOWN, FARES_KNOWN = "where ages are known", "`transit`, where the feed has fares"
ASKED = "all profiles, where residents were asked"
WITH_SERVICES = "all profiles, where there are services"
WITH_GREEN = "streets, where green areas are known"
WITH_WINTER = "streets, where there is winter"
DRAWN = "`walk`"

# Origins

ORIGIN_ID = Column("origin_id", "text", "", "the origin, as in `origins.parquet`")
POPULATION = Column("population", "int64", "residents", "who live there")
AREA_CODE = Column("area_code", "text", "", "the statistical area; empty for a ready grid")
AGE = Column("age_<group>", "int64", "residents", "of an age group; `age_unknown` the rest", AGES_KNOWN)

TO_HUB_S = Column(
    "<profile>_to_hub_s", "float32", "s",
    "to the hub's nearest entrance; `transit`: the median over the departure window", ALL_PROFILES,
)  # fmt: skip
FROM_HUB_S = Column(
    "<profile>_from_hub_s", "float32", "s",
    "from the hub's nearest entrance; `transit`: the median over the departure window", ALL_PROFILES,
)  # fmt: skip
TO_HUB_PERCENTILE_S = Column(
    "<profile>_to_hub_p<percentile>_s", "float32", "s",
    "to the hub: so many per cent of the window's departures take no longer; the workspace's `transit.percentiles`",
    TIMETABLE,
)  # fmt: skip
NEAREST_S = Column(
    "<profile>_<kind>_nearest_s", "float32", "s", "to the nearest service of the kind", WITH_SERVICES
)  # fmt: skip
WITHIN = Column(
    "<profile>_<kind>_within", "int32", "services, jobs, seats",
    "Σ_j o_j [c_j ≤ L] over the services of the kind (`cumulative_opportunities`); o_j is its `capacity`, else 1",
    WITH_SERVICES,
)  # fmt: skip
LIVED_TO_HUB_S = Column(
    "<profile>_lived_to_hub_s", "float32", "s",
    "to the hub with the barriers that residents told of; rests on assumptions", ASKED,
)  # fmt: skip
ADDED_MIN = Column(
    "<profile>_added_min", "float32", "min", "lived minus mapped, never below 0; empty where there is no way", ASKED
)  # fmt: skip

ORIGINS = OutputTable(
    "origins.parquet", "", "an origin", "the point where its residents are on average",
    (
        replace(ORIGIN_ID, meaning="its id, the same in every run of the same workspace"),
        POPULATION, AREA_CODE, AGE, TO_HUB_S, FROM_HUB_S, TO_HUB_PERCENTILE_S, NEAREST_S, WITHIN, LIVED_TO_HUB_S,
        ADDED_MIN,
    ),
)  # fmt: skip

SERVICES = OutputTable(
    "services.parquet", "", "a service", "its point, the mapped entrance where there is one",
    (
        Column("service_id", "text", "", "its id; of the map's, type and number there"),
        Column("kind", "text", "", "one of the kinds of the workspace's `services`"),
        Column("name", "text", "", "its name; empty where it has none"),
        Column("source", "text", "", "the file it comes from"),
        Column("opening_hours", "text", "", "as OpenStreetMap writes them; empty where nobody told"),
        Column(
            "capacity", "float64", "jobs, seats", "how much it counts for; empty where it counts once",
        ),
        Column(
            "open_from_s", "float64", "s",
            "shortest trip at whose end it is open, with `services.open_at`; else 0; `inf` where there is none",
        ),
        Column("open_until_s", "float64", "s", "longest such trip; `inf`: any"),
        Column("around_m", "float64", "m", "how far around its point it is entered from all sides; 0 for a door"),
        Column("doors", "text", "", "all its doors where there are several, WKT in the CRS of the table; else empty"),
        replace(
            FROM_HUB_S, meaning="from the hub's nearest entrance to the service; `transit`: the median",
            there_for=WITH_SERVICES,
        ),
    ),
)  # fmt: skip

# Cells

TO_HUB_MIN = Column(
    "<profile>_to_hub_min", "float64", "min",
    "to the hub's nearest entrance; `transit`: the median over the departure window", ALL_PROFILES,
)  # fmt: skip
FROM_HUB_MIN = Column("<profile>_from_hub_min", "float64", "min", "from the hub", ALL_PROFILES)
LIVED_MIN = Column(
    "<profile>_lived_min", "float64", "min",
    "to the hub with the barriers that residents told of; rests on assumptions. `transit`: the barriers are on its "
    "walks",
    ASKED,
)  # fmt: skip
PART_MIN = Column(
    "<profile>_<part>_min", "float64", "min",
    "a part of the way to the hub: what its barrier adds to those before it in the order above; the parts sum to "
    "`<profile>_to_hub_min`. `transit` has rules of its own, see below", ALL_PROFILES,
)  # fmt: skip
LARGEST_PART = Column(
    "<profile>_largest_part", "text", "",
    "the part beside `straight` that costs most, `barriers` being `<profile>_added_min`; empty where none costs "
    "anything",
    ALL_PROFILES,
)  # fmt: skip
CONNECTIONS = Column(
    "<profile>_connections", "int64", "trips",
    "different best trips of the window's departures, minute by minute", TIMETABLE,
)  # fmt: skip
EVERY_MIN = Column("<profile>_every_min", "float64", "min", "the window over the connections", TIMETABLE)
LONGEST_GAP_MIN = Column(
    "<profile>_longest_gap_min", "float64", "min", "longest time within the window in which nobody sets out", TIMETABLE
)  # fmt: skip
FIRST = Column(
    "<profile>_first", "text", "clock",
    'when the first connection of the feed\'s day sets out, "HH:MM"; empty without one', TIMETABLE,
)  # fmt: skip
LAST = Column("<profile>_last", "text", "clock", "when the last one does", TIMETABLE)
FARE = Column(
    "<profile>_fare", "float64", "currency of the feed",
    "the cheapest tickets of the feed for the trip behind the median; 0 for who walks all the way, empty where there "
    "is no way or no fare", FARES_KNOWN,
)  # fmt: skip
ON_FOOT = Column(
    "<profile>_on_foot", "bool", "yes/no", "walking all the way is as fast at every departure of the window", TIMETABLE
)  # fmt: skip
CIRCUITY = Column(
    "<profile>_circuity", "float64", "1", "shortest way to the hub / straight line; empty at the hub itself",
    ON_FOOT_PROFILES,
)  # fmt: skip
WINTER_MIN = Column(
    "<profile>_winter_min", "float64", "min",
    "to the hub with snow and ice, by who clears each way; partly assumed, see `winter` below", WITH_WINTER,
)  # fmt: skip
NATURE_MIN = Column(
    "<profile>_nature_min", "float64", "min",
    "to where a street first comes within 20 m of a green area of half a hectare or more; 0 within 20 m of one",
    WITH_GREEN,
)  # fmt: skip
LOW_MIN = Column(
    "<profile>_low_min", "float64", "min", "to the hub: a twentieth of the draws lies at or below it", DRAWN
)  # fmt: skip
HIGH_MIN = Column("<profile>_high_min", "float64", "min", "to the hub: a twentieth of the draws lies above it", DRAWN)
WITHIN_PROBABILITY = Column(
    "<profile>_within_probability", "float64", "1", "share of the draws that reach the hub within L", DRAWN
)  # fmt: skip
LIMIT_UNCERTAIN = Column(
    "<profile>_limit_uncertain", "bool", "yes/no",
    "0.05 < probability < 0.95: the cell may lie on either side of L", DRAWN,
)  # fmt: skip
NEAREST_MIN = Column(
    "<profile>_<kind>_nearest_min", "float64", "min", "min c_j over the services of the kind", WITH_SERVICES
)  # fmt: skip
X_MINUTE_SCORE = Column(
    "<profile>_x_minute_score", "float64", "1",
    "share of the kinds with a service within L (`x_minute_score`), kinds weighing alike", WITH_SERVICES,
)  # fmt: skip
BASKET_POINTS = Column(
    "<profile>_basket_points", "float64", "points, 0–100",
    "100 times the mean over the kinds of max(0, 1 − min c_j / 2L) (`walkability`); weights and decay are assumptions",
    WITH_SERVICES,
)  # fmt: skip
SERVICES_GRAVITY = Column(
    "<profile>_services_gravity", "float64", "weighted services",
    "Σ_j exp(−c_j / L) over all services (`gravity`); the decay is an assumption", WITH_SERVICES,
)  # fmt: skip

CELLS = OutputTable(
    "cells.gpkg", "cells", "an origin", "the square of the grid (or the H3 cell) in which its residents live",
    (
        ORIGIN_ID, POPULATION, AREA_CODE, AGE, TO_HUB_MIN, FROM_HUB_MIN, LIVED_MIN, replace(ADDED_MIN, dtype="float64"),
        PART_MIN, LARGEST_PART, CONNECTIONS, EVERY_MIN, LONGEST_GAP_MIN, FIRST, LAST, FARE, ON_FOOT, CIRCUITY,
        WINTER_MIN, NATURE_MIN, LOW_MIN, HIGH_MIN, WITHIN_PROBABILITY, LIMIT_UNCERTAIN, NEAREST_MIN, WITHIN,
        X_MINUTE_SCORE, BASKET_POINTS, SERVICES_GRAVITY,
    ),
)  # fmt: skip

# Further files

ISOCHRONES = OutputTable(
    "isochrones.gpkg", "<profile>", "a cutoff of the workspace's `access.cutoffs_min`",
    "the area from which the hub is reached within it; each holds the smaller ones",
    (
        Column("cutoff_min", "float64", "min", "the cutoff"),
        Column("area_km2", "float64", "km²", "area of the polygon"),
        Column(
            "population", "int64", "residents",
            "of the origins whose own time to the hub is within the cutoff; not all who live inside the outline, which "
            "takes in what lies within 50 m of any street reached, where a home goes by the street nearest to it",
        ),
    ),
)  # fmt: skip
BETWEENNESS = OutputTable(
    "betweenness.gpkg", "<profile>, those on streets", "a street segment that somebody passes", "its line",
    (
        Column("osm_id", "int64", "", "the way's number in OpenStreetMap; below 0 for a scenario's own"),
        Column("residents", "float64", "residents", "who pass it on their shortest way to the hub (`betweenness`)"),
    ),
)  # fmt: skip
RESIDENT_MIN = Column(
    "<profile>_resident_min", "float64", "resident minutes",
    "what residents would save together on their way to the hub were it gone, the others staying; 0 if not ranked",
    STREETS,
)  # fmt: skip
BARRIERS = OutputTable(
    "barriers.gpkg", "barriers",
    "a barrier, places on streets before wide areas, the costliest first; there where residents were asked",
    "a point on the street or in the area; their lines and outlines are in `annotations_public.geojson`",
    (
        Column("category", "text", "", "what respondents called it"),
        Column("respondents", "int64", "respondents", "distinct ones who told of it, never fewer than `publish.k`"),
        Column("severity", "float64", "1–5", "the mean of what the respondents gave"),
        Column(
            "level", "text", "",
            "how exactly the place is told: `stretch` of a street between junctions, `street`, `area`, "
            "`square`, `district`",
        ),
        Column("streets", "text", "", "name of the street concerned; empty where it has none, and for an area"),
        RESIDENT_MIN,
    ),
)  # fmt: skip
TRANSIT_STOPS = OutputTable(
    "transit_stops.parquet", "", "a stop from which the hub is reached in the departure window", "its point",
    (
        Column("stop_id", "text", "", "as in the feed"),
        Column("name", "text", "", "as in the feed"),
        Column("connections", "int64", "departures", "connections in the window"),
        Column("every_min", "float64", "min", "the window over the connections"),
        Column("fastest_min", "float64", "min", "the fastest of them, with the walk from the last stop"),
        Column("direct_lines", "text", "", "lines that need no change, by name"),
        Column("first", "text", "clock", 'the first connection of the feed\'s day, "HH:MM"; 24 and more past midnight'),
        Column("last", "text", "clock", "the last connection of it"),
    ),
)  # fmt: skip

# The map around the results, for QGIS

PROJECT = {
    "district": OutputTable(
        "project.gpkg", "district", "an area of the district", "its polygon",
        (Column("code", "text", "", "its code"), Column("name", "text", "", "its name")),
    ),
    "water": OutputTable("project.gpkg", "water", "a lake, or another area of water", "its polygon", ()),
    "streets": OutputTable(
        "project.gpkg", "streets", "a street or path of the study area", "its line",
        (
            Column("highway", "text", "", "its class in OpenStreetMap"),
            Column("name", "text", "", "its name; empty where it has none"),
        ),
    ),
    "services": replace(SERVICES, file="project.gpkg", layer="services"),
    "transit_stops": replace(TRANSIT_STOPS, file="project.gpkg", layer="transit_stops"),
    "hub": OutputTable(
        "project.gpkg", "hub", "an entrance of the hub", "its point",
        (Column("entrance", "int64", "", "its number, from 1"),),
    ),
}  # fmt: skip

# Scenarios


# What nobody mapped


# A batch


# Several hubs

HUB_KEY = Column("hub", "text", "", "what names it: the workspace's `id`, or its name in plain letters")
HUB_PEOPLE = (
    Column("population", "int64", "residents", "who have it nearest of all, by their own time"),
    Column("choice_population", "float64", "residents", "who choose it by the choice model"),
)
HUB_PLACES = OutputTable(
    "hubs.gpkg", "hubs", "an entrance of a hub; there where the workspace has several hubs", "its point",
    (
        HUB_KEY,
        Column("name", "text", "", "what it is called, in the first language"),
        Column("attraction", "float64", "", "how much it draws, in the workspace's own unit"),
        Column("planned", "bool", "yes/no", "whether it is not there yet"),
        Column("entrance", "int64", "", "its number, from 1"),
    ),
)  # fmt: skip
CATCHMENTS = OutputTable(
    "hubs.gpkg", "<profile>, and <profile>_with_planned as if all planned hubs were there",
    "a hub that is the nearest anywhere in the district",
    "from where it is the nearest, within the district and 50 m of a street; catchments do not overlap",
    (HUB_KEY, Column("area_km2", "float64", "km²", "area of the polygon"), *HUB_PEOPLE),
)  # fmt: skip
NEAREST_HUB = Column(
    "<profile>_nearest_hub", "text", "", "the nearest of the hubs that are there; empty where none is reached",
    ALL_PROFILES,
)  # fmt: skip
TO_ONE_HUB_S = Column(
    "<profile>_<hub>_to_s", "float32", "s", "to the hub; `inf` where there is no way; `transit`: the median",
    ALL_PROFILES,
)  # fmt: skip
HUB_SHARE = Column(
    "<profile>_<hub>_share", "float64", "1",
    "P_ij = (A_j / t_ij^λ) / Σ_k (A_k / t_ik^λ) over the hubs that are there (Huff); 0 for all where none is reached",
    ALL_PROFILES,
)  # fmt: skip
NEAREST_WITH_PLANNED = Column(
    "<profile>_nearest_with_planned", "text", "", "the nearest as if all planned hubs were there",
    "where hubs are planned",
)  # fmt: skip
SHARE_WITH_PLANNED = Column(
    "<profile>_<hub>_share_with_planned", "float64", "1", "the share as if all planned hubs were there",
    "where hubs are planned",
)  # fmt: skip
HUB_CHOICES = OutputTable(
    "hub_choices.parquet", "", "an origin; there where the workspace has several hubs",
    "the point where its residents are on average",
    (ORIGIN_ID, POPULATION, NEAREST_HUB, TO_ONE_HUB_S, HUB_SHARE, NEAREST_WITH_PLANNED, SHARE_WITH_PLANNED),
)  # fmt: skip

# What residents said

#: Every column of ``annotations.privacy.ALLOWED``, the gate that lets nothing else through; told here, not decided.
ANNOTATIONS = OutputTable(
    "annotations_public.geojson", "", "a part of the district that respondents spoke of, or one approved annotation",
    "WGS 84: the part, empty for the rest of the district; streets or two junctions of the map, never a drawing; the "
    "annotation, moved by a keyed offset",
    (
        Column(
            "type", "text", "",
            "`cell` for counted voices, `street` for those on streets, `route` for streets and "
            "`wished_link` for a link that many drew, "
            "`shown` for an annotation that a moderator approved",
        ),
        Column("kind", "text", "", "`barrier`, `missing_link`, `place`, `area`, `idea` or `praise`"),
        Column("topic", "text", "", "category or theme; `unspecified` where there is none", "`cell`, `street`"),
        Column("cell_m", "float64", "m", "side of the square; empty for the rest of the district", "`cell`"),
        Column("voices", "int64", "respondents", "of parts of `publish.k` or more distinct ones", "`cell`, `street`"),
        Column("severity", "float64", "1–5", "mean over the respondents; empty for sums of parts", "`cell`, `street`"),
        Column("level", "text", "", "how large the place on the streets is", "`street`"),
        Column("street", "text", "", "name of the street; empty where it has none", "`street`"),
        Column("cohort", "text", "", "in which it was counted", "`street`"),
        Column("closed", "text", "date", "when that cohort closed", "`street`"),
        Column(
            "voices_at_least", "int64", "respondents",
            "distinct ones of a group, in steps of `publish.k`; each piece of a route was drawn by `publish.k` of them "
            "or more, and by half of them",
            "`route`, `wished_link`",
        ),
        Column("category", "text", "", "what the respondent chose", "`shown`"),
        Column("themes", "text", "", "themes found in the text, joined by `;`", "`shown`"),
        Column("text", "text", "", "what was written; never with personal data", "`shown`"),
        Column("language", "text", "", "of the text", "`shown`"),
        Column("month", "text", "year-month", "when it was said", "`shown`"),
        Column("photo", "text", "", "the published file of its photograph", "`shown`"),
    ),
)  # fmt: skip
