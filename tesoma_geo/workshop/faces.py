"""The pages of a workshop, in the room's languages; every text of people comes later, as data."""

from typing import Any, get_args

from tesoma_geo.render.figures.headline import service_kinds
from tesoma_geo.render.map.difference import difference_signs
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import band_classes, band_labels
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.escape import script_json
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.terms import topic_name
from tesoma_geo.workshop.map_data import credit_lines, map_options
from tesoma_geo.workshop.posts import AGE_GROUPS, Role
from tesoma_geo.workshop.room import Room
from tesoma_geo.workspace.annotations import Kind

FACES = ("plan", "join", "moderate", "story")
#: What the wall can draw.
TOOLS = (
    "path",
    "bridge",
    "underpass",
    "close",
    "ramp",
    "light",
    "pave",
    "clear",
    "service",
    "move",
    "remove",
    "entrance",
    "homes",
)
#: What it can draw besides where there is a timetable.
RIDERS_TOOLS = ("stop", "bus")  # fmt: skip
#: Themes that a phone offers where a round names none.
TOPICS = (
    "traffic",
    "no_crossing",
    "steps",
    "slippery",
    "dark",
    "surface",
    "steep",
    "nature",
    "moving",
    "local_services",
    "other",
)
STYLES = (*assets.STYLES, "styles/site.css", "styles/workshop.css")
#: Scripts of the published pages' map.
MAP = tuple(
    name
    for name in assets.MAP
    if name.rpartition("/")[2] not in ("voices.js", "why.js", "url_state.js", "controls.js", "swipe.js")
)
_SCRIPTS = {
    "plan": ("shapes.js", "figures.js", "plan.js"),
    "join": ("shapes.js", "outbox.js", "join.js"),
    "moderate": ("shapes.js", "moderate.js"),
    "story": ("story.js",),
}
#: Everything that may be asked for below ``assets/``.
ASSETS = frozenset(
    {
        *STYLES,
        *assets.FOUNDATION,
        assets.LEAFLET,
        *MAP,
        *assets.BESIDE,
        "scripts/workshop/room.js",
        "scripts/workshop/map_face.js",
        *(f"scripts/workshop/{name}" for names in _SCRIPTS.values() for name in names),
    }
)


def face(room: Room, name: str, wished: str | None) -> str:
    """A page.

    Parameters
    ----------
    room
        The room.
    name
        Of :data:`FACES`.
    wished
        The language that is asked for; the workspace's first where it has no such page.

    Returns
    -------
    str
        HTML.
    """
    workspace, district = room.workspace, room.workspace.district
    language = wished if wished in district.languages else district.languages[0]
    catalogue = catalogue_of(workspace, language)
    has_map = name != "story"
    languages = [{"language": tag, "name": catalogue_of(workspace, tag)("language.name")} for tag in district.languages]
    scripts = (*assets.FOUNDATION, *((assets.LEAFLET, *MAP, "scripts/workshop/map_face.js") if has_map else ()))
    own = tuple(f"scripts/workshop/{script}" for script in _SCRIPTS[name])
    cutoffs = workspace.access.cutoffs_min
    return assets.rendered(
        f"workshop/{name}.html.j2",
        t=catalogue,
        face=name,
        district=catalogue.of(district.name),
        session=room.session.name,
        languages=languages,
        page_language=next(one for one in languages if one["language"] == language),
        other_languages=[one for one in languages if one["language"] != language],
        made_up=district.made_up,
        styles=STYLES,
        scripts=(*scripts, "scripts/workshop/room.js", *own),
        page_json=script_json(page_content(room, catalogue)),
        hub=hub_name(workspace, catalogue),
        profiles=room.district.profiles,
        riders=next(iter(room.district.riders), ""),
        lines=line_names(room),
        bands=band_classes(len(cutoffs)),
        band_labels=band_labels(catalogue, cutoffs),
        credits=credit_lines(room.inputs),
        kinds=get_args(Kind),
        topics=_topics(room, catalogue),
        roles=get_args(Role),
        ages=AGE_GROUPS,
        tools=(*TOOLS, *(RIDERS_TOOLS if room.district.riders else ())),
        gains=list(difference_signs(catalogue)) if name == "plan" else [],
        homes_ages=_ages(room),
        service_kinds=service_kinds(room.inputs.services),
    )


def page_content(room: Room, catalogue: Catalogue) -> dict[str, Any]:
    """What the scripts of a page are told: texts, and the options of the map.

    Parameters
    ----------
    room
        The room.
    catalogue
        The language.

    Returns
    -------
    dict
        JSON can hold it.
    """
    words = {
        key.removeprefix("workshop."): text for key, text in catalogue.texts.items() if key.startswith("workshop.")
    }
    named = {
        "voice": {kind: catalogue.named("voice", kind) for kind in get_args(Kind)},
        "topic": dict(_topics(room, catalogue)),
        "role": {role: catalogue.named("role", role) for role in get_args(Role)},
        "area": _areas(room),
    }
    return {"words": words, "named": named, "map": map_options(room.district, catalogue)}


def line_names(room: Room) -> list[str]:
    """The lines of the timetable that the room can change.

    Parameters
    ----------
    room
        The room.

    Returns
    -------
    list of str
        In order, numbers by their size; none without public transport.
    """
    if not room.district.riders or room.inputs.timetable is None:
        return []
    names = {str(name) for name in room.inputs.timetable.lines["name"]}
    return sorted(names, key=lambda name: (int("".join(filter(str.isdecimal, name)) or 10**6), name))


def _ages(room: Room) -> list[str]:
    """Age groups that new homes may have residents of."""
    names = [str(name) for name in room.inputs.origins.columns if str(name).startswith("age_")]
    return [name.removeprefix("age_") for name in names if name != "age_unknown"]


def _areas(room: Room) -> dict[str, str]:
    from tesoma_geo.render.text.place_names import area_names

    return {str(code): str(name) for code, name in area_names(room.inputs.district).items()}


def _topics(room: Room, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Codes and names of the themes: those that rounds and workspace name, or the usual ones."""
    of_rounds = [code for one in room.rounds.planned for code in one.topics]
    codes = dict.fromkeys([*of_rounds, *room.workspace.themes.values()]) or dict.fromkeys(TOPICS)
    return [(code, topic_name(catalogue, room.workspace, code)) for code in codes]
