"""The files that pages are made of: templates, styles, scripts and the vendored Leaflet."""

import base64
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jinja2

from tesoma_geo.languages import is_right_to_left
from tesoma_geo.render.text.direction import apart
from tesoma_geo.render.text.place_names import in_its_languages, short_name
from tesoma_geo.workspace import bundled_folder

#: In the order in which a page needs them.
STYLES = ("vendor/leaflet/leaflet.css", "styles/map.css")
LEAFLET = "vendor/leaflet/leaflet.js"
#: What every script of a page builds on.
FOUNDATION = ("scripts/scheduler.js", "scripts/texts.js")
#: What makes tables and folds of a page answer.
TABLES = ("scripts/tables.js", "scripts/folds.js", "scripts/find_row.js")
#: The map's own, in the order in which they build on each other.
MAP = (
    "scripts/unpack.js",
    "scripts/data.js",
    "scripts/canvas_layer.js",
    "scripts/painters/ground.js",
    "scripts/painters/times.js",
    "scripts/painters/names.js",
    "scripts/painters/places.js",
    "scripts/painters/named_places.js",
    "scripts/painters/voices.js",
    "scripts/painters/changes.js",
    "scripts/painters/difference.js",
    "scripts/fit.js",
    "scripts/map.js",
    "scripts/time_state.js",
    "scripts/why.js",
    "scripts/home.js",
    "scripts/sheet.js",
    "scripts/url_state.js",
    "scripts/search.js",
    "scripts/controls.js",
    "scripts/paper.js",
    "scripts/swipe.js",
    "scripts/touch.js",
)
SCRIPTS = (*FOUNDATION, LEAFLET, *MAP)
#: What the map of the districts of a batch takes of it, and its own.
DISTRICTS_MAP = (
    "scripts/unpack.js",
    "scripts/data.js",
    "scripts/canvas_layer.js",
    "scripts/painters/ground.js",
    "scripts/painters/times.js",
    "scripts/painters/names.js",
    "scripts/painters/districts.js",
    "scripts/painters/hubs.js",
    "scripts/fit.js",
    "scripts/map.js",
    "scripts/controls.js",
    "scripts/paper.js",
    "scripts/touch.js",
)
#: Travel beside them: the licence, and what the style sheet refers to.
BESIDE = (
    "vendor/leaflet/LICENSE",
    "vendor/leaflet/images/layers.png",
    "vendor/leaflet/images/layers-2x.png",
    "vendor/leaflet/images/marker-icon.png",
    "vendor/leaflet/images/marker-icon-2x.png",
    "vendor/leaflet/images/marker-shadow.png",
    "vendor/maki/LICENSE",
)

#: Icons of the kinds of services that the pages know; others are a dot.
ICONS = {
    "hub": "star",
    "school": "school",
    "kindergarten": "residential-community",
    "health": "doctor",
    "pharmacy": "pharmacy",
    "grocery": "grocery",
    "library": "library",
    "sports": "pitch",
    "playground": "playground",
    "park": "park",
}


def asset(name: str) -> Path:
    """A file of ``maps/templates`` by its name there.

    Parameters
    ----------
    name
        Below ``maps/templates``.

    Returns
    -------
    Path
        Its path.
    """
    return bundled_folder("maps/templates") / name


def icon(name: str) -> str:
    """The outline of a kind's icon: an SVG path in a box of 15 by 15.

    Parameters
    ----------
    name
        A kind of services.

    Returns
    -------
    str
        The ``d`` of an SVG path.
    """
    path = asset(f"vendor/maki/{ICONS.get(name, 'circle')}.svg")
    drawn = ElementTree.parse(path).getroot().iter("{http://www.w3.org/2000/svg}path")  # noqa: S314 - our own file
    return " ".join(" ".join(part.attrib["d"].split()) for part in drawn)


def inlined(name: str) -> str:
    """A style sheet or script as text that needs no other file: its pictures are in it.

    Parameters
    ----------
    name
        Below ``maps/templates``.

    Returns
    -------
    str
        Text for a ``style`` or ``script`` element.
    """
    text = asset(name).read_text(encoding="utf-8")
    folder = Path(name).parent

    def data_address(picture: re.Match[str]) -> str:
        content = base64.b64encode(asset(str(folder / picture[1])).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{content})"

    if name.endswith(".css"):
        return re.sub(r"url\(([\w/-]+\.png)\)", data_address, text)
    return text.replace("</script", "<\\/script")


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Where pages are rendered: everything is escaped, and a name that is not there is an error.

    Returns
    -------
    jinja2.Environment
        With the templates of ``maps/templates``.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(bundled_folder("maps/templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["right_to_left"] = is_right_to_left
    made.tests["with_figure"] = lambda line: any(map(str.isdigit, str(line)))
    made.filters["apart"] = apart
    made.filters["in_its_languages"] = in_its_languages
    made.filters["short_name"] = short_name
    made.globals["icon"] = icon
    return made


def rendered(template: str, **context: Any) -> str:
    """A template of ``maps/templates``, filled.

    Parameters
    ----------
    template
        Its name below ``maps/templates``.
    **context
        The template's variables.

    Returns
    -------
    str
        The text.
    """
    return environment().get_template(template).render(**context)
