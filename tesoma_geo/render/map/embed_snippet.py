"""The map for another page's frame: its address with options, and the snippet that a designer pastes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import FURTHER_STEPS, RAMP_STEPS
from tesoma_geo.render.text.escape import script_json

Controls = Literal["all", "legend", "none"]
Season = Literal["summer", "winter"]
Theme = Literal["auto", "light", "dark"]

#: Layers of a map; of services and voices there is one for each kind, ``services_0`` and so on.
LAYERS = (
    "isochrones", "cells", "unknown", "water", "streets", "district", "names", "either_side", "stops", "services_0",
    "voices_0",
)  # fmt: skip
_NUMBERED = re.compile(r"(services|voices)_\d{1,3}")
#: Custom properties of the style sheet that a host may set, and the colours that they may have.
PROPERTY = re.compile(r"(map|ramp|frame)-[a-z0-9_]{1,20}")
#: Those that there are.
COLOURS = (
    *(f"ramp-{step}" for step in range(RAMP_STEPS + FURTHER_STEPS)),
    *(f"map-{name}" for name in ("beyond", "unreachable", "land", "water", "text", "hub", "service")),
    *(f"map-voice_{number}" for number in range(7)),
    *(f"frame-{name}" for name in ("text", "faint", "line", "ground", "accent")),
)
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
    theme
        ``light``, ``dark``, or ``auto``: as the reader's system has it.
    home
        Latitude and longitude of a home that the map tells of; None for none.
    """

    profile: str | None = None
    layers: Sequence[str] | None = None
    at: tuple[float, float, float] | None = None
    controls: Controls = "all"
    colours: Mapping[str, str] = field(default_factory=dict)
    season: Season = "summer"
    departure: str | None = None
    theme: Theme = "auto"
    home: tuple[float, float] | None = None


#: Pixels of a plain frame's height by its controls: on a phone of 320 pixels too nothing is below its edge.
HEIGHT_PX: Mapping[Controls, int] = {"all": 1080, "legend": 640, "none": 600}


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
        The site is no http address, or a colour or a layer is none.
    """
    _check(site, look)
    parts = [
        *([("profile", look.profile)] if look.profile else []),
        *([("season", look.season)] if look.season != "summer" else []),
        *([("departure", look.departure)] if look.departure else []),
        *([("show", ",".join(look.layers))] if look.layers is not None else []),
        *([("at", "/".join(f"{value:.9g}" for value in look.at))] if look.at else []),
        *([("home", ",".join(f"{value:.9g}" for value in look.home))] if look.home else []),
        *([("theme", look.theme)] if look.theme != "auto" else []),
        *([("controls", look.controls)] if look.controls != "all" else []),
        *((f"colour.{name}", value.removeprefix("#").lower()) for name, value in look.colours.items()),
    ]
    fragment = "&".join(f"{name}={quote(value, safe=',/.:')}" for name, value in parts)
    page = f"embed-{language}.html"
    base = site.rstrip("/") + "/" if site else ""
    return f"{base}{page}#{fragment}" if fragment else f"{base}{page}"


def _check(site: str, look: Look) -> None:
    if site and urlsplit(site).scheme not in ("http", "https"):
        raise InputError(f"{site!r} is no address of a site", "Give one that begins with https://")
    for key in look.layers or ():
        if key not in LAYERS and not _NUMBERED.fullmatch(key):
            raise InputError(f"the map has no layer {key!r}", instead(key, LAYERS, f"Use one of {', '.join(LAYERS)} …"))
    for name, value in look.colours.items():
        if not PROPERTY.fullmatch(name):
            raise InputError(f"{name!r} is no colour of the map", "docs/embed.md lists them: map-…, ramp-…, frame-…")
        if not COLOUR.fullmatch(value):
            raise InputError(f"{value!r} is no colour", "Write six hex digits, such as 51127c")


def snippet(address: str, title: str, width: str = "100%", height: int = HEIGHT_PX["all"]) -> str:
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


def script_snippet(
    site: str, language: str, look: Look, title: str, height: int | None = None, *, as_element: bool = False
) -> str:
    """The map for a host page by ``embed.js`` of the site: as high as its content, and with events; escaped.

    Parameters
    ----------
    site
        Where the site is: ``https://example.org/map``.
    language
        The page's language.
    look
        How the map begins.
    title
        Of the frame.
    height
        Pixels of the frame; None for as high as its content.
    as_element
        Whether it is a ``<tesoma-map>`` element instead of a call.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    InputError
        The site is no http address, or a colour or a layer is none.
    """
    _check(site, look)
    options: dict[str, Any] = {
        "language": language,
        "title": title,
        "profile": look.profile,
        "season": None if look.season == "summer" else look.season,
        "departure": look.departure,
        "layers": None if look.layers is None else list(look.layers),
        "at": None if look.at is None else list(look.at),
        "home": None if look.home is None else list(look.home),
        "theme": None if look.theme == "auto" else look.theme,
        "controls": None if look.controls == "all" else look.controls,
        "colours": {name: value.removeprefix("#").lower() for name, value in look.colours.items()} or None,
        "height": height,
    }
    given = {name: value for name, value in options.items() if value is not None}
    if as_element and "colours" in given:
        raise InputError("<tesoma-map> takes no colours", "Use the form script, or a style sheet of the site's own")
    attributes = {
        name: " ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in given.items()
    }
    return assets.rendered(
        "host_snippet.html.j2",
        script=f"{site.rstrip('/')}/embed.js",
        attributes=attributes if as_element else None,
        options=script_json(given),
    ).strip()
