"""What of the tags was not understood, or decided by a default: counted, so that nothing is passed over in silence."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

import pandas as pd

from tesoma_geo.countries import Country
from tesoma_geo.network.streets.access_tags import ACCESS_KEYS, CLOSED, OPEN, tag_column
from tesoma_geo.network.streets.barriers import SPELLINGS
from tesoma_geo.network.streets.conditional import SUMMER, UNREAD, UndecidedTag, When
from tesoma_geo.network.streets.permissions import NO_WAYS, NOT_BUILT, closed_by_class, of_unknown_class
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.quantities import (
    duration_s,
    grade,
    kerb_m,
    left_out_values,
    most_frequent,
    positive_m,
    quantity,
    speed_kmh,
    weight_t,
)
from tesoma_geo.network.streets.tags_now import tags_now
from tesoma_geo.tables import LeftOut

#: Values of access keys that say nothing on purpose, or something to others.
SAYS_NOTHING = frozenset({"unknown", "discouraged", "dismount", "variable", "fixme", "optional_sidepath", "limited"})
#: Words of `maxspeed:type` and `source:maxspeed` that are no speeds.
SOURCES = frozenset({"sign", "signed", "markings", "survey", "implicit", "zone", "local_knowledge", "variable"})


def not_understood(ways: pd.DataFrame, node_tags: pd.DataFrame, country: Country) -> tuple[LeftOut, ...]:
    """The account of tag values that are taken as not tagged, and of what a default of the class closes.

    Parameters
    ----------
    ways, node_tags
        Tag columns, a row a way or node.
    country
        Whose rules hold.

    Returns
    -------
    tuple of LeftOut
    """
    speed = partial(speed_kmh, implicit_kmh=country.speeds_kmh)
    left_out: list[LeftOut] = []
    for table in (ways, node_tags):
        left_out += left_out_values("kerb:height", quantity(tag_column(table, "kerb:height"), kerb_m).unread)
        for key in ("width", "maxwidth", "maxwidth:physical", "maxheight", "maxheight:physical"):
            left_out += left_out_values(key, quantity(tag_column(table, key), positive_m).unread)
        left_out += left_out_values("maxweight", quantity(tag_column(table, "maxweight"), weight_t).unread)
    for key, read in (("incline", grade), ("duration", duration_s)):
        left_out += left_out_values(key, quantity(tag_column(ways, key), read).unread)
    for key in ("maxspeed", "maxspeed:forward", "maxspeed:backward", "maxspeed:type", "zone:maxspeed"):
        unread = quantity(tag_column(ways, key), speed).unread
        left_out += left_out_values(key, {value: n for value, n in unread.items() if value not in SOURCES})
    of_lanes = tag_column(ways, "maxspeed:lanes").notna() & tag_column(ways, "maxspeed").isna()
    if of_lanes.any():
        left_out.append(LeftOut("speeds of single lanes", "the street has that of its class", int(of_lanes.sum())))
    left_out += _access_values(ways)
    left_out += _unknown_classes(ways)
    left_out += _barriers(node_tags)
    left_out += _conditions(ways, node_tags)
    return (*left_out, *_closed_classes(ways, country), *_ambiguous_directions(ways))


def not_moved_on(ways: pd.DataFrame) -> tuple[LeftOut, ...]:
    """The account of ways that are not there, or are none: nobody moves on them.

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    tuple of LeftOut
    """
    left_out = []
    for classes, reason in (
        (NOT_BUILT, "planned, under construction or gone"),
        (NO_WAYS - NOT_BUILT, "outlines, or not for moving on"),
    ):
        rows = ways["highway"].isin(classes)
        if rows.any():
            examples = tag_column(ways, "name")[rows].dropna().unique()[:3]
            left_out.append(LeftOut("ways", reason, int(rows.sum()), tuple(map(str, examples))))
    return tuple(left_out)


def told_undecided(found: Mapping[UndecidedTag, int], what: str, unread: str | None = None) -> list[LeftOut]:
    """The account of what no moment decides, one row a reason, with the tags that occur most.

    Parameters
    ----------
    found
        Reason and tag → how often.
    what
        The things that have these tags.
    unread
        What they are called where the condition was not understood; ``what`` where it is None.

    Returns
    -------
    list of LeftOut
        In the order of the reasons' alphabet.
    """
    left_out = []
    for reason in sorted({one.reason for one in found}):
        tags = {one.tag: count for one, count in found.items() if one.reason == reason}
        things = unread if unread is not None and reason == UNREAD else what
        left_out.append(LeftOut(things, reason, sum(tags.values()), most_frequent(tags)))
    return left_out


def _access_values(ways: pd.DataFrame) -> list[LeftOut]:
    known = OPEN | CLOSED | SAYS_NOTHING
    left_out: list[LeftOut] = []
    for key in sorted({key for keys in ACCESS_KEYS.values() for key in keys}):
        values = tag_column(ways, key).dropna()
        strange = values[~values.isin(known)]
        left_out += left_out_values(key, {str(value): int(n) for value, n in strange.value_counts().items()})
    return left_out


def _unknown_classes(ways: pd.DataFrame) -> list[LeftOut]:
    classes = ways.loc[of_unknown_class(ways, default_profiles()["car"]), "highway"].value_counts()
    if classes.empty:
        return []
    examples = most_frequent({f"highway={value}": int(count) for value, count in classes.items()})
    return [LeftOut("ways", "of a class that is not known: nobody moves on them", int(classes.sum()), examples)]


def _barriers(node_tags: pd.DataFrame) -> list[LeftOut]:
    types = default_profiles()["walk"].node_delays_s["barrier"]
    values = tag_column(node_tags, "barrier").dropna()
    strange = values[~values.isin(types.keys() | SPELLINGS.keys())]
    counts = strange.value_counts()
    if counts.empty:
        return []
    examples = most_frequent({str(value): int(count) for value, count in counts.items()})
    return [LeftOut("barriers", "of a type that is not known: taken as open", int(counts.sum()), examples)]


def _conditions(ways: pd.DataFrame, node_tags: pd.DataFrame) -> list[LeftOut]:
    """What the moment cannot decide, in summer or in winter, with the tags themselves."""
    counts: Counter[UndecidedTag] = Counter()
    for table in (ways, node_tags):
        summer, winter = tags_now(table, SUMMER).unread, tags_now(table, When.in_winter()).unread
        counts += summer | winter
    return told_undecided(counts, "tags", "conditional tags")


def _closed_classes(ways: pd.DataFrame, country: Country) -> list[LeftOut]:
    profiles = default_profiles()
    left_out = []
    for name in ("walk", "bicycle"):
        closed = closed_by_class(ways, profiles[name], country)
        if closed.any():
            classes = ways.loc[closed, "highway"].dropna().value_counts()
            examples = most_frequent({str(kind): int(count) for kind, count in classes.items()})
            reason = f"closed to {name} by their class alone"
            left_out.append(LeftOut("ways", reason, int(closed.sum()), examples))
    return left_out


def _ambiguous_directions(ways: pd.DataFrame) -> list[LeftOut]:
    """One-way footways, of which nobody knows whom they mean, and streets whose direction changes by the hour."""
    value = tag_column(ways, "oneway")
    on_foot = value.isin(["yes", "-1"]) & ways["highway"].isin(["footway", "path", "pedestrian"])
    on_foot &= tag_column(ways, "oneway:foot").isna()
    left_out = []
    if on_foot.any():
        left_out.append(LeftOut("one-way tags on paths", "taken as meant for vehicles alone", int(on_foot.sum())))
    changing = value.isin(["reversible", "alternating"])
    if changing.any():
        left_out.append(LeftOut("streets of changing direction", "taken as open both ways", int(changing.sum())))
    return left_out
