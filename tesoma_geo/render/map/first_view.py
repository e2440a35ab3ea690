"""What a map shows before anything is asked of it, so that the page stands as the script will leave it."""

import math
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import replace

from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Choice, Sign

#: From this zoom on all stops are seen (``scripts/time_state.js`` has the same).
STOPS_ZOOM = 13
#: Pixels of a map on a phone, whose legend stands above it, without those that ``scripts/map.js`` keeps free.
PHONE_MAP_PX = (388 - 16, 346 - 16)
#: So many zooms farther away the boundary may be seen whole (``scripts/fit.js`` has the same for a narrow map).
FARTHER = 0.25
#: Zoom is a multiple of this, and all of the earth has so many pixels at nought.
ZOOM_STEP, EARTH_PX = 0.25, 256


def keys_at_first(
    contents: Iterable[Content],
    choices: Iterable[Choice],
    away: Collection[str],
    kinds: Sequence[Choice] = (),
) -> frozenset[str]:
    """Keys of the layers that are on the map at first.

    Parameters
    ----------
    contents
        What the map can show.
    choices
        Layers that the reader can show and hide.
    away
        Keys of layers that it never shows, or that wait to be chosen in another's stead.
    kinds
        Kinds of what residents said, of which the map begins with the first.

    Returns
    -------
    frozenset of str
        The keys.
    """
    waiting = {choice.key for choice in choices if not choice.shown} | {kind.key for kind in kinds[1:]}
    return frozenset(content.key for content in contents) - waiting - frozenset(away)


def told_at_first(signs: Iterable[Sign], keys: Set[str], profile: str, bounds: Sequence[Sequence[float]]) -> list[Sign]:
    """Lines of the legend, each with whether it is told at first, and what it says then.

    Parameters
    ----------
    signs
        The lines.
    keys
        Of the layers on the map at first.
    profile
        The way of moving that it shows.
    bounds
        What it is fitted to: south and west, north and east, in degrees.

    Returns
    -------
    list of Sign
        The same lines.
    """
    near = zoom_of(bounds) >= STOPS_ZOOM
    return [
        replace(
            sign,
            label=sign.label_of(keys),
            shown=not keys.isdisjoint(sign.layers.split())
            and (not sign.of or profile in sign.of)
            and (near or not sign.near),
        )
        for sign in signs
    ]


def first_bounds(homes: Sequence[Sequence[float]], boundary: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
    """What a phone's map is fitted to: homes, with the boundary where that costs little, as ``scripts/fit.js`` has it.

    Parameters
    ----------
    homes, boundary
        South and west, north and east, in degrees.

    Returns
    -------
    sequence
        The same of what is seen.
    """
    corners = zip(homes, boundary, (min, max), strict=True)
    whole = [[least_or_most(*pair) for pair in zip(one, other, strict=True)] for one, other, least_or_most in corners]
    return whole if zoom_of(whole) >= zoom_of(homes) - FARTHER else homes


def within(inner: Sequence[Sequence[float]], outer: Sequence[Sequence[float]]) -> bool:
    """Whether a rectangle lies in another.

    Parameters
    ----------
    inner, outer
        South and west, north and east, in degrees.

    Returns
    -------
    bool
        True also where they are one.
    """
    (low, high), (least, most) = inner, outer
    return all(one >= end for one, end in zip(low, least, strict=True)) and all(
        one <= end for one, end in zip(high, most, strict=True)
    )


def zoom_of(bounds: Sequence[Sequence[float]], size_px: tuple[float, float] = PHONE_MAP_PX) -> float:
    """The zoom at which a map holds a rectangle, as Leaflet finds it.

    Parameters
    ----------
    bounds
        South and west, north and east, in degrees.
    size_px
        Width and height that the rectangle may take.

    Returns
    -------
    float
        A multiple of :data:`ZOOM_STEP`; infinite for a point.
    """
    (south, west), (north, east) = bounds
    parts = ((east - west) / 360, (_mercator(north) - _mercator(south)) / (2 * math.pi))
    zooms = (math.log2(px / (EARTH_PX * part)) for px, part in zip(size_px, parts, strict=True) if part > 0)
    return math.floor(round(min(zooms) / ZOOM_STEP, 2)) * ZOOM_STEP if any(parts) else math.inf


def _mercator(lat: float) -> float:
    """How far north a latitude is on the map, in radians."""
    return math.asinh(math.tan(math.radians(lat)))
