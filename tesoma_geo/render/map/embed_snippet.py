"""The map for another page's frame: its address with options, and the snippet that a designer pastes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.render.map.layer_names import ALWAYS, OF_GROUND, OF_PLAN, voice_layer
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import FURTHER_STEPS, RAMP_STEPS
from tesoma_geo.render.text.escape import script_json
from tesoma_geo.sources.annotations.schema import KINDS

Controls = Literal["all", "legend", "none"]
Season = Literal["summer", "winter"]
Theme = Literal["auto", "light", "dark"]

#: Layers of a map; of services there is one for each kind of a workspace besides.
LAYERS = (*ALWAYS, *OF_GROUND, *OF_PLAN, "stops", *(voice_layer(kind) for kind in (*KINDS, "")))
_OF_SERVICES = re.compile(r"services_[a-z][a-z0-9_]{0,39}")
#: Custom properties of the style sheet that a host may set, and the colours that they may have.
PROPERTY = re.compile(r"((?:light|dark)\.)?(map|ramp|frame)-[a-z0-9_]{1,20}")
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
        colours as six hex digits; those of one theme alone with its name before them (``dark.map-land``).
    season
        ``summer`` or ``winter``.
    departure
        Clock time of a departure of the timetable (``07:15``); None for the median of all.
    theme
        ``light``, ``dark``, or ``auto``: as the reader's system has it.
    home
        Latitude and longitude of a home that the map tells of; None for none.
    hide
        Keys of layers that are hidden; None for none.
    bounds
        West, south, east and north of what is shown whole, in degrees; None for the whole district.
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
    hide: Sequence[str] | None = None
    bounds: tuple[float, float, float, float] | None = None


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
        *([("hide", ",".join(look.hide))] if look.hide else []),
        *([("at", "/".join(f"{value:.9g}" for value in look.at))] if look.at else []),
        *([("bounds", ",".join(f"{value:.9g}" for value in look.bounds))] if look.bounds else []),
        *([("home", ",".join(f"{value:.9g}" for value in look.home))] if look.home else []),
        *([("theme", look.theme)] if look.theme != "auto" else []),
        *([("controls", look.controls)] if look.controls != "all" else []),
        *((f"colour.{name}", value) for name, value in _hex(look.colours).items()),
    ]
    fragment = "&".join(f"{name}={quote(value, safe=',/.:')}" for name, value in parts)
    page = f"embed-{language}.html"
    base = site.rstrip("/") + "/" if site else ""
    return f"{base}{page}#{fragment}" if fragment else f"{base}{page}"


def _check(site: str, look: Look) -> None:
    if site and urlsplit(site).scheme not in ("http", "https"):
        raise InputError(f"{site!r} is no address of a site", "Give one that begins with https://")
    asked = (*(look.layers or ()), *(look.hide or ()))
    check_layers((key for key in asked if not _OF_SERVICES.fullmatch(key)), LAYERS)
    if look.bounds is not None:
        west, south, east, north = look.bounds
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            told = " ".join(f"{value:.9g}" for value in look.bounds)
            raise InputError(f"{told} are no bounds", "Give west, south, east and north in degrees")
    for name, value in look.colours.items():
        if not PROPERTY.fullmatch(name):
            raise InputError(f"{name!r} is no colour of the map", "docs/embed.md lists them: map-…, ramp-…, frame-…")
        if not COLOUR.fullmatch(value):
            raise InputError(f"{value!r} is no colour", "Write six hex digits, such as 51127c")


def check_layers(keys: Iterable[str], known: Sequence[str]) -> None:
    """Refuse layers that a map does not have.

    Parameters
    ----------
    keys
        What is asked for.
    known
        The layers that there are.

    Raises
    ------
    InputError
        One of them is none; it names the nearest, or all that there are.
    """
    for key in keys:
        if key not in known:
            group = re.fullmatch(r"(services_|voices_)\d*", key)
            alike = [name for name in known if group and name.startswith(group[1])]
            remedy = f"Use one of {', '.join(alike)}" if alike else instead(key, known)
            raise InputError(f"the map has no layer {key!r}", remedy)


def check_departure(clock: str, known: Sequence[str] | None) -> None:
    """Refuse a departure that the map cannot show.

    Parameters
    ----------
    clock
        What is asked for: ``07:15``.
    known
        The departures that there are, in the order of the day, empty without a timetable; None where only a run would
        tell them.

    Raises
    ------
    InputError
        It is no time of day, or not among them; the remedy names the nearest.
    """
    if not re.fullmatch(r"([01]\d|2[0-9]):[0-5]\d", clock):
        raise InputError(f"{clock!r} is no time of a departure", "Write hours and minutes, such as 07:15")
    if known is None or clock in known:
        return
    if not known:
        raise InputError(f"the map has no departure {clock!r}", "Leave it out: there is no timetable")
    nearest = min(known, key=lambda one: abs(_minutes(one) - _minutes(clock)))
    raise InputError(
        f"the map has no departure {clock!r}",
        f"Use one of those from {known[0]} to {known[-1]}; the nearest is {nearest}",
    )


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def snippet(address: str, title: str, width: str = "100%", height: int = HEIGHT_PX["all"], *, lazy: bool = True) -> str:
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
    lazy
        Whether it loads once it comes into view; else at once.

    Returns
    -------
    str
        HTML.
    """
    return assets.rendered(
        "snippet.html.j2", address=address, title=title, width=width, height=height, lazy=lazy
    ).strip()


def script_snippet(
    site: str,
    language: str,
    look: Look,
    title: str,
    height: int | None = None,
    *,
    lazy: bool = True,
    as_element: bool = False,
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
    lazy
        Whether it loads once it comes into view; else at once.
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
    given = look_options(language, look, title)
    given |= {} if height is None else {"height": height}
    given |= {} if lazy else {"lazy": False}
    return assets.rendered(
        "host_snippet.html.j2",
        script=f"{site.rstrip('/')}/embed.js",
        attributes=as_attributes(given) if as_element else None,
        options=script_json(given),
    ).strip()


def look_options(language: str, look: Look, title: str) -> dict[str, Any]:
    """The options by which ``embed.js`` begins a map.

    Parameters
    ----------
    language
        The page's language.
    look
        How the map begins.
    title
        Of the frame.

    Returns
    -------
    dict
        Those that are not as usual; JSON can hold them.
    """
    options: dict[str, Any] = {
        "language": language,
        "title": title,
        "profile": look.profile,
        "season": None if look.season == "summer" else look.season,
        "departure": look.departure,
        "layers": None if look.layers is None else list(look.layers),
        "hide": list(look.hide) if look.hide else None,
        "at": None if look.at is None else list(look.at),
        "bounds": None if look.bounds is None else list(look.bounds),
        "home": None if look.home is None else list(look.home),
        "theme": None if look.theme == "auto" else look.theme,
        "controls": None if look.controls == "all" else look.controls,
        "colours": _by_theme(_hex(look.colours)) or None,
    }
    return {name: value for name, value in options.items() if value is not None}


def as_attributes(options: Mapping[str, Any]) -> dict[str, str]:
    """Options of ``embed.js`` as attributes of ``<tesoma-map>``.

    Parameters
    ----------
    options
        As of :func:`look_options`.

    Returns
    -------
    dict
        Name → text.
    """
    return {name: _attribute(value) for name, value in options.items()}


def _hex(colours: Mapping[str, str]) -> dict[str, str]:
    """Colours as a page hears them: six small digits."""
    return {name: value.removeprefix("#").lower() for name, value in colours.items()}


def _by_theme(colours: Mapping[str, str]) -> dict[str, Any]:
    """Those of one theme under its name, as ``embed.js`` takes them."""
    told: dict[str, Any] = {}
    for name, value in colours.items():
        theme, dot, property_ = name.partition(".")
        if dot:
            told.setdefault(theme, {})[property_] = value
        else:
            told[name] = value
    return told


def _attribute(value: object) -> str:
    """The value of an option as an attribute of ``<tesoma-map>``."""
    if isinstance(value, dict):
        return " ".join(
            f"{name}:{one}" if isinstance(one, str) else _of_theme(name, one) for name, one in value.items()
        )
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_theme(theme: str, colours: Mapping[str, str]) -> str:
    return " ".join(f"{theme}.{name}:{colour}" for name, colour in colours.items())
