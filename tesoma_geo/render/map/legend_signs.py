"""The lines of the legend beside the colours of minutes: what signs and hatching mean."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tesoma_geo.render.figures.made_up_answers import answers_note
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Choice, Sign, SignSize
from tesoma_geo.render.map.difference import difference_signs
from tesoma_geo.render.map.script_options import limit_text
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name, in_its_languages, short_name
from tesoma_geo.render.text.terms import kind_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Half the width of the sign of most, as ``scripts/painters/voices.js`` draws it on a wide map.
SIGN_RADIUS_PX = 18
#: How wide the legend's picture of each kind's sign (``signs.html.j2``) is for ``voices.js`` to draw it as large.
SIGN_GROWN = (1.48, 1.33, 1.23, 1.13, 1.25, 1.26, 1.6)
#: Painters of what the ground looks like and its colours do not tell by themselves.
GROUND = ("green", "railways", "district")
#: How large a stop is (``scripts/painters/places.js`` has the same), its words, and the minutes between connections.
STOPS = ((5.5, "legend.stops", "10"), (4.0, "legend.stops_fewer", "20"), (2.5, "legend.stops_rare", ""))
#: Changes of a plan that are drawn with dashes of their own.
DASHED = frozenset({"closed", "costs"})
#: So many names of one sign's changes stand in the legend at most.
NAMED = 3


def legend_signs(
    assessment: "Assessment",
    catalogue: Catalogue,
    contents: Sequence[Content],
    choices: Sequence[Choice],
    *,
    compared: bool = False,
    steps: Mapping[int, Sequence[str]] | None = None,
    topic: str | None = None,
    kinds: bool = True,
) -> list[Sign]:
    """The lines, each there while one of its layers is shown.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    contents
        What the map shows, packed.
    choices
        Layers that the reader can show and hide.
    compared
        Whether the map tells what a plan wins and loses.
    steps
        The steps of minutes saved and lost that are on it, and by which ways of moving; None for all.
    topic
        What of residents' words the map shows alone; None for all.
    kinds
        Whether there is a line for each kind of what residents said; without, the choice of kinds tells their signs.

    Returns
    -------
    list of Sign
        Areas without known residents, services, what residents said by kind, and layers about some ways of moving.
    """
    offered = {choice.key for choice in choices}
    shown = [content for content in contents if content.key in offered]
    limit = limit_text(assessment, catalogue)
    hub = short_name(hub_name(assessment.workspace, catalogue))
    return [
        *(difference_signs(catalogue, steps) if compared else ()),
        *(Sign("unknown", one.key, catalogue("legend.unknown")) for one in shown if one.painter == "unknown"),
        *(Sign(one.key, one.key, catalogue(f"layer.{one.key}")) for one in shown if one.painter in GROUND),
        *_of_changes(catalogue, contents),
        *_of_services(catalogue, shown, choices),
        *(Sign("hub", one.key, hub) for one in contents if one.painter == "hub"),
        *_of_voices(catalogue, shown, topic, kinds=kinds),
        *(_of_made_up(assessment, catalogue, shown) if kinds and topic is None else ()),
        *(one for choice in choices if choice.of for one in _of_some_ways(catalogue, choice, limit)),
    ]


def _of_some_ways(catalogue: Catalogue, choice: Choice, limit: str) -> Iterator[Sign]:
    """The lines of a layer about some ways of moving; stops have one for each of their sizes."""
    if choice.key != "stops":
        yield Sign(choice.key, choice.key, catalogue(f"legend.{choice.key}", n=limit), choice.of)
        return
    for radius, key, every in STOPS:
        near = radius < STOPS[0][0]
        yield Sign(f"stops-{radius:g}", choice.key, catalogue(key, n=every), choice.of, near=near)


def _of_changes(catalogue: Catalogue, contents: Sequence[Content]) -> Iterator[Sign]:
    """A line for each sign of what a plan changes: a line, one that is closed or has other costs, a place."""
    for content in contents:
        if content.painter != "changes":
            continue
        looks: dict[str, list[tuple[str, str]]] = {}
        for what, name in content.packed["of_line"]:
            ringed = what == "link" and content.packed["ringed"]
            look = f"plan-{what}" if what in DASHED else "plan-ringed" if ringed else "plan-line"
            looks.setdefault(look, []).append((what, name))
        for what, name in content.packed["of_point"]:
            looks.setdefault("plan-spot", []).append((what, name))
        for look, changed in looks.items():
            own = [
                (what, in_its_languages(name, content.packed.get("called", {}), catalogue)) for what, name in changed
            ]
            yield Sign(look, content.key, _kinds_named(catalogue, own))


def _kinds_named(catalogue: Catalogue, changed: Sequence[tuple[str, str]]) -> str:
    """Kinds of what has one sign, with names where these are few: on a small map a name may have no room."""
    kinds: dict[str, list[str]] = {}
    for what, name in changed:
        kinds.setdefault(what, []).extend([name] if name else [])
    named = {what: list(dict.fromkeys(names)) for what, names in kinds.items()}
    few = sum(map(len, named.values())) <= NAMED
    words = {what: catalogue.named("scenario.what", what) for what in named}
    told = (
        f"{words[what]}: {catalogue.joined(names)}" if names and few else words[what] for what, names in named.items()
    )
    return ", ".join(told)


def _of_services(catalogue: Catalogue, shown: Sequence[Content], choices: Sequence[Choice]) -> Iterator[Sign]:
    """One line for services of all kinds, called by their kind while one alone is shown.

    Far out each is a dot, near by it has the sign of its kind.
    """
    keys = [content.key for content in shown if content.painter == "services"]
    if keys:
        of_all = catalogue("section.services")
        names = {choice.key: choice.label for choice in choices if choice.key in keys}
        yield Sign("services", " ".join(keys), of_all, names={"": of_all, **names})


def _of_voices(catalogue: Catalogue, shown: Sequence[Content], topic: str | None, *, kinds: bool) -> Iterator[Sign]:
    """A line for each kind of what residents said, what its sign stands for, and how large it is for how many."""
    said = [content for content in shown if content.painter == "voices"]
    for content in said if kinds else ():
        yield Sign("voice", content.key, kind_name(catalogue, content.packed["kind"]), sign=content.packed["sign"])
    if not said:
        return
    keys = " ".join(content.key for content in said)
    yield Sign("extent", keys, catalogue("legend.voices" if topic is None else "legend.voices_of_topic"))
    told = sorted({count for content in said for count in _counts(content)})
    if told and topic is None:  # of one topic each sign has its number
        # The choice of kinds shows one or all: of several each line has its signs, and the last one the words.
        for content in sorted(said, key=lambda one: int(one.packed["sign"])):
            own, radius_px = sorted(_counts(content)), SIGN_RADIUS_PX * SIGN_GROWN[content.packed["sign"]]
            if not own:
                continue
            sizes = tuple(
                SignSize(catalogue.number(n), round(radius_px * math.sqrt(n / told[-1]), 1))
                for n in dict.fromkeys((own[0], own[-1]))
            )
            yield Sign("sizes", content.key, catalogue("legend.sizes"), sign=content.packed["sign"], sizes=sizes)


def _of_made_up(assessment: "Assessment", catalogue: Catalogue, shown: Sequence[Content]) -> Iterator[Sign]:
    """That nobody gave the answers, on maps of pages whose headline does not say it."""
    keys = [content.key for content in shown if content.painter == "voices"]
    note = answers_note(assessment.workspace, catalogue)
    if keys and note is not None:
        yield Sign("", " ".join(keys), note.title or note.text)


def _counts(content: Content) -> Iterator[int]:
    """The number that the sign of each cell is drawn by, as ``scripts/painters/voices.js`` takes it."""
    for pairs in content.packed["told"]:
        if pairs:
            yield max(count for _, count in pairs)
