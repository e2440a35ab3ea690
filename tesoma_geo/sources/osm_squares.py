"""Squares, platforms and other areas that people walk across: which objects of OpenStreetMap are some."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

#: A floor of a building: its number, or its name where that is none.
Level: TypeAlias = float | str

#: Classes of ``highway`` whose areas are walked across; areas of roads are not.
WALKED_ACROSS = frozenset({"pedestrian", "footway", "path", "platform", "corridor"})


@dataclass(frozen=True)
class Square:
    """An area that people walk across.

    Attributes
    ----------
    way
        Its row in the table of ways.
    rings
        Node ids around it and around its holes, the first repeated at the end.
    level
        As :func:`level_of` tells it: squares of one level that touch are one.
    is_indoors
        Whether it lies within a building, which is no obstacle to it.
    """

    way: int
    rings: tuple[tuple[int, ...], ...]
    level: tuple[str, ...] = ()
    is_indoors: bool = False


#: What tells one level from another, with the value that says nothing.
_LEVEL_KEYS = (("layer", "0"), ("level", "0"), ("bridge", "no"), ("tunnel", "no"))


def level_of(tags: Mapping[str, str]) -> tuple[str, ...]:
    """What has to be alike of two objects that meet on the ground: layer, level, bridge, tunnel.

    Parameters
    ----------
    tags
        Of an object.

    Returns
    -------
    tuple of str
        Those that say something, as ``key=value``.
    """
    if "repeat_on" in tags:
        tags = {**tags, "level": f"{tags.get('level', '')};{tags['repeat_on']}"}
    said = ((key, tags.get(key, plain).strip() or plain, plain) for key, plain in _LEVEL_KEYS)
    return tuple(f"{key}={value}" for key, value, plain in said if value != plain)


def share_level(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two objects have a level in common, and are alike in layer, bridge and tunnel.

    ``level`` may name several, as https://wiki.openstreetmap.org/wiki/Key:level has them (read 2026-11): ``0;1``,
    ``-1-2``.

    Parameters
    ----------
    one, other
        As :func:`level_of` tells them.

    Returns
    -------
    bool
    """
    if one == other:
        return True
    (levels, rest), (others, others_rest) = _levels(one), _levels(other)
    return rest == others_rest and bool(levels & others)


def named_levels(tags: Mapping[str, str]) -> frozenset[Level] | None:
    """The levels that an object says it is on, itself or as one of many alike (``repeat_on``).

    Parameters
    ----------
    tags
        Of an object.

    Returns
    -------
    frozenset of float or str, or None
        None where it says none.
    """
    named = ";".join(tags[key] for key in ("level", "repeat_on") if key in tags)
    return numbered(named) if named.strip("; ") else None


@cache
def _levels(said: tuple[str, ...]) -> tuple[frozenset[Level], frozenset[str]]:
    """The levels that are named, the ground's where none is, and what else is said."""
    named = next((one.removeprefix("level=") for one in said if one.startswith("level=")), "0")
    return numbered(named), frozenset(one for one in said if not one.startswith("level="))


@cache
def numbered(named: str) -> frozenset[Level]:
    """The levels that a value of ``level`` names.

    Parameters
    ----------
    named
        As it is tagged: ``0;1``, ``-1-2``, ``G``.

    Returns
    -------
    frozenset of float or str
        Names that are no numbers as they stand.
    """
    levels: set[Level] = set()
    for part in filter(None, map(str.strip, named.split(";"))):
        span = re.fullmatch(r"(-?\d{1,3})\s*-\s*(-?\d{1,3})", part)
        number = re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", part)
        if span:
            first, last = sorted((int(span[1]), int(span[2])))
            levels.update(map(float, range(first, last + 1)))
        else:
            levels.add(float(part.replace(",", ".")) if number else part)
    return frozenset(levels)


def is_indoors(tags: Mapping[str, str]) -> bool:
    """Whether an area lies within a building or under something.

    Parameters
    ----------
    tags
        Of the area.

    Returns
    -------
    bool
    """
    corridor = (tags.get("highway") or class_of(tags)) == "corridor"
    return corridor or any(tags.get(key, "no") != "no" for key in ("indoor", "covered", "tunnel"))


def class_of(tags: Any) -> str | None:
    """The class of way that an object is to people on foot, where it has no ``highway`` itself; None if it is none.

    Parameters
    ----------
    tags
        Of a way or a multipolygon: a mapping, or osmium's own.

    Returns
    -------
    str or None
    """
    if tags.get("railway") == "platform" or tags.get("public_transport") == "platform":
        return "platform"
    if tags.get("indoor") in ("corridor", "area"):
        return "corridor"
    if tags.get("man_made") == "pier":
        return "footway"
    # The outline of a bridge is none to walk on, unless it says so: the ways on it are drawn themselves.
    opened = tags.get("foot") in ("yes", "designated", "permissive")
    return "footway" if tags.get("man_made") == "bridge" and opened else None


def is_square(tags: Mapping[str, str], *, multipolygon: bool = False) -> bool:
    """Whether a closed way or a multipolygon is an area to walk across, rather than a way around something.

    Parameters
    ----------
    tags
        Of the object.
    multipolygon
        Whether it is an area whatever its tags say.

    Returns
    -------
    bool
    """
    drawn = tags.get("highway")
    across = (drawn or class_of(tags)) in WALKED_ACROSS
    implied = multipolygon or drawn in (None, "platform") or class_of(tags) is not None
    return across and (tags.get("area") == "yes" or (implied and tags.get("area") != "no"))


def rings_of(lines: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...] | None:
    """Rings of node ids out of ways that meet at their ends; None where they do not close.

    Parameters
    ----------
    lines
        Node ids of each way.

    Returns
    -------
    tuple of tuple of int, or None
    """
    left = [tuple(line) for line in lines if len(line) > 1]
    rings = []
    while left:
        ring = left.pop()
        while ring[0] != ring[-1]:
            at = next((row for row, line in enumerate(left) if ring[-1] in (line[0], line[-1])), None)
            if at is None:
                return None
            line = left.pop(at)
            ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
        rings.append(ring)
    return tuple(rings)
