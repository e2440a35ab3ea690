"""The map for another page's frame: its address with options, and the snippet that a designer pastes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlsplit

from tesoma_geo.errors import InputError
from tesoma_geo.render.text import assets

Controls = Literal["all", "legend", "none"]
Season = Literal["summer", "winter"]

#: Custom properties of the style sheet that a host may set, and the colours that they may have.
PROPERTY = re.compile(r"(map|ramp|frame)-[a-z0-9_]{1,20}")
COLOUR = re.compile(r"#?[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Look:
    """How an embedded map begins.

    Attributes
    ----------
    profile
        The way of moving that is shown; None for the first.
    layers
        Keys of the layers that are shown; None for all.
    at
        Zoom, latitude, longitude; None for the whole district.
    controls
        ``all``, the ``legend`` alone, or ``none``.
    colours
        Custom properties of the style sheet, without dashes before them (``frame-accent``), and their
        colours as six hex digits.
    season
        ``summer`` or ``winter``.
    departure
        Clock time of a departure of the timetable (``07:15``); None for the median of all.
    """

    profile: str | None = None
    layers: Sequence[str] | None = None
    at: tuple[float, float, float] | None = None
    controls: Controls = "all"
    colours: Mapping[str, str] = field(default_factory=dict)
    season: Season = "summer"
    departure: str | None = None


def embed_address(site: str, language: str, look: Look) -> str:
    """The address of the embedded map.

    Parameters
    ----------
    site
        Where the site is: ``https://example.org/map``, or empty for a page beside it.
    language
        The page's language.
    look
        How the map begins.

    Returns
    -------
    str
        With its options behind ``#``.

    Raises
    ------
    InputError
        The site is no http address, or a colour is none.
    """
    if site and urlsplit(site).scheme not in ("http", "https"):
        raise InputError(f"{site!r} is no address of a site", "Give one that begins with https://")
    for name, value in look.colours.items():
        if not PROPERTY.fullmatch(name):
            raise InputError(f"{name!r} is no colour of the map", "docs/embed.md lists them: map-…, ramp-…, frame-…")
        if not COLOUR.fullmatch(value):
            raise InputError(f"{value!r} is no colour", "Write six hex digits, such as 51127c")
    parts = [
        *([("profile", look.profile)] if look.profile else []),
        *([("season", look.season)] if look.season != "summer" else []),
        *([("departure", look.departure)] if look.departure else []),
        *([("show", ",".join(look.layers))] if look.layers is not None else []),
        *([("at", "/".join(f"{value:g}" for value in look.at))] if look.at else []),
        *([("controls", look.controls)] if look.controls != "all" else []),
        *((f"colour.{name}", value.removeprefix("#").lower()) for name, value in look.colours.items()),
    ]
    fragment = "&".join(f"{name}={quote(value, safe=',/.:')}" for name, value in parts)
    page = f"embed-{language}.html"
    base = site.rstrip("/") + "/" if site else ""
    return f"{base}{page}#{fragment}" if fragment else f"{base}{page}"


def snippet(address: str, title: str, width: str = "100%", height: int = 640) -> str:
    """The ``iframe`` element for a host page, escaped.

    Parameters
    ----------
    address
        Of the map in the frame.
    title
        Of the page.
    width
        Of the frame: pixels or percent.
    height
        Pixels of the frame.

    Returns
    -------
    str
        HTML.
    """
    return assets.rendered("snippet.html.j2", address=address, title=title, width=width, height=height).strip()
