"""The map: folium composes it, and nothing of it is asked for from outside.

In a notebook it is one page with everything in it; :mod:`tesoma_geo.render.pages.write` takes the same
map apart into files (:meth:`LocalMap.parts`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from folium.template import Template

from tesoma_geo.errors import InputError
from tesoma_geo.render.figures import headline, home_cells
from tesoma_geo.render.figures.credits import short_credits
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Choice
from tesoma_geo.render.map.difference import DIFFERENCE
from tesoma_geo.render.map.legend_signs import legend_signs
from tesoma_geo.render.map.script_options import options, profile_texts, profiles_of, usual_departure
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import band_classes, band_labels
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.escape import script_json, template_proof
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.terms import kind_name
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.scenarios.compare import Comparison


#: Layers that tell travel times each in its way: the reader chooses one, the first unless told.
ENCODINGS = ("cells", "isochrones")
#: Painters that a map without travel times does without.
OF_TRAVEL = (*ENCODINGS, DIFFERENCE, "unknown", "either_side", "stops")


@dataclass(frozen=True)
class MapParts:
    """A composed map in pieces: markup without scripts, and the script that draws it from the data.

    Attributes
    ----------
    html
        Markup without scripts.
    script
        Draws the map from the data.
    """

    html: str
    script: str


class _OnePage(Figure):
    """folium's page, but with its styles, scripts and data inside."""

    _template = Template("{{ this.page() }}")

    def __init__(self, fmap: "LocalMap", language: Language, title: str) -> None:
        super().__init__(title=title)
        self.fmap, self.language = fmap, language
        self.add_child(fmap)

    def page(self) -> str:
        """The whole page; links that further folium elements need come along in its head."""
        return assets.rendered(
            "one_page.html.j2",
            language=self.language,
            title=self.title,
            licence=assets.asset("vendor/leaflet/LICENSE").read_text(encoding="utf-8"),
            head=self.header.render(),
            styles=[assets.inlined(name) for name in assets.STYLES],
            scripts=[assets.inlined(name) for name in assets.SCRIPTS],
            html=self.html.render(),
            script=self.script.render(),
            data=map_data(self.fmap.contents()),
        )


class LocalMap(folium.Map):
    """A folium map that needs nothing but what ships with the package.

    Layers of :mod:`tesoma_geo.render.map.layers`, and folium's own that need no further scripts, can be
    added to it.

    Parameters
    ----------
    language
        Of its controls.
    title
        Of its page.
    frame
        Markup around the map, escaped, with one empty element of the id ``map``.
    options
        What ``tesoma.map`` of ``scripts/map.js`` reads.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}{{ this.frame }}{% endmacro %}
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = tesoma.map("map", {{ this.options_json }});
        {% endmacro %}
        """
    )

    def __init__(self, language: Language, title: str, frame: str, options: dict[str, Any]) -> None:
        super().__init__(tiles=None)
        # Its name in the script, where a tag may not have its hyphens.
        self._name, self._id = "map", language.replace("-", "_")
        # folium's own are asked for from four other hosts.
        self.default_js, self.default_css = [], []
        self.frame = template_proof(frame)
        self.options_json = script_json(options)
        self.page = _OnePage(self, language, title)

    def contents(self) -> tuple[Content, ...]:
        """What its painted layers show.

        Returns
        -------
        tuple
            In the order of the layers.
        """
        return tuple(child.content for child in self._children.values() if isinstance(child, layers.Painted))

    def parts(self) -> MapParts:
        """The map in pieces, for a page of one's own.

        Returns
        -------
        MapParts
            Markup and script.
        """
        self.render()  # type: ignore[no-untyped-call]  # folium's
        return MapParts(self.page.html.render(), self.page.script.render())


def webmap(
    assessment: "Assessment",
    language: Language | None = None,
    *,
    publication: "Publication | None" = None,
    comparison: "Comparison | None" = None,
) -> folium.Map:
    """An assessment as a map: isochrones, homes by travel time, services, streets and water.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    language
        ``fi``, ``sv`` or ``en``; the workspace's first unless named.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before (``assessment``) and after a scenario: the map gets a swipe between the two.

    Returns
    -------
    folium.Map
        Shows itself in a notebook; ``save`` writes one page that needs no network.

    Raises
    ------
    InputError
        It is no assessment.
    """
    if not hasattr(assessment, "isochrones"):
        raise InputError(f"The assessment is {assessment!r:.60}", "Give what tesoma_geo.assess returned")
    chosen = language or assessment.workspace.district.languages[0]
    return composed(assessment, layers.contents(assessment, publication, comparison), chosen)


def composed(
    assessment: "Assessment", contents: tuple[Content, ...], language: Language, profile: str | None = None
) -> "LocalMap":
    """The map of contents that are packed already, in one language; of one profile alone when it is named.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    contents
        What the map shows, packed.
    language
        Its tag.
    profile
        The one way of moving that it shows; None for all.

    Returns
    -------
    LocalMap
        Ready to be rendered.
    """
    catalogue = catalogue_of(assessment.workspace, language)
    fmap = LocalMap(
        language,
        catalogue(
            "title",
            hub=hub_name(assessment.workspace, catalogue),
            district=catalogue.of(assessment.workspace.district.name),
        ),
        frame(assessment, catalogue, contents, profile, swipe=True),
        options(assessment, catalogue, contents),
    )
    for content in contents:
        fmap.add_child(layers.Painted(content, _label(catalogue, content)))
    return fmap


def map_data(contents: tuple[Content, ...]) -> str:
    """The data that the map's script reads, by layer: JSON that can stand in a script.

    Parameters
    ----------
    contents
        What the map shows, packed.

    Returns
    -------
    str
        JSON.
    """
    return script_json({layer.key: _layer_data(layer, layer.parts) for layer in contents})


def map_data_at_once(contents: tuple[Content, ...]) -> str:
    """The same without the parts that a map may never need; :func:`later_parts` has them.

    Parameters
    ----------
    contents
        What the map shows, packed.

    Returns
    -------
    str
        JSON.
    """
    return script_json(
        {
            layer.key: _layer_data(
                layer, [part if number < layer.at_once else None for number, part in enumerate(layer.parts)]
            )
            for layer in contents
        }
    )


def later_parts(contents: tuple[Content, ...]) -> Iterator[tuple[str, str]]:
    """Name and script of each part that ``scripts/data.js`` asks for when it is needed.

    Parameters
    ----------
    contents
        What the map shows, packed.

    Yields
    ------
    tuple
        Name of the file, and its script.
    """
    for layer in contents:
        for number in range(layer.at_once, len(layer.parts)):
            arguments = f"{script_json(layer.key)},{number},{script_json(layer.parts[number])}"
            yield f"{layer.key}-{number}.js", f"tesoma.arrive({arguments});\n"


def _layer_data(layer: Content, parts: Sequence[Any]) -> dict[str, Any]:
    return {"painter": layer.painter, "packed": layer.packed, "parts": list(parts)}


def _label(catalogue: Catalogue, content: Content) -> str | None:
    """What the controls call a layer; None for one that they leave alone."""
    if content.painter == "services":
        return catalogue.named("kind", content.packed["kind"])
    if content.painter == "voices":
        return kind_name(catalogue, content.packed["kind"])
    key = f"layer.{content.key}"
    return catalogue(key) if catalogue.knows(key) else None


def frame(
    assessment: "Assessment",
    catalogue: Catalogue,
    contents: tuple[Content, ...],
    profile: str | None = None,
    hidden: tuple[str, ...] = (),
    *,
    swipe: bool = False,
    topic: str | None = None,
    travel: bool = True,
    asked: tuple[str, ...] = (),
) -> str:
    """The markup around the map: controls, legend, credits.

    There is no choice of profiles when one is named; layers of the ``hidden`` painters wait to be asked for.
    Without a ``swipe`` a map with a scenario shows what is before it. With a ``topic`` it shows what residents
    said of that alone.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    contents
        What the map shows, packed.
    profile
        The one way of moving that it shows; None for all.
    hidden
        Painters whose layers wait to be asked for.
    swipe
        Whether the map has a swipe between before and after.
    topic
        What of residents' words it shows alone; None for all.
    travel
        Whether it tells of ways to the hub; without, travel times and what goes with them are away.
    asked
        Kinds of services that are shown at once, whatever is hidden.

    Returns
    -------
    str
        Escaped markup.
    """
    cutoffs = assessment.workspace.access.cutoffs_min
    reaches = headline.reaches(assessment)
    shown = [profile] if profile else [reach.profile for reach in reaches]
    of = profiles_of(assessment, shown)
    choices = [
        Choice(
            content.key,
            label,
            content.packed.get("icon"),
            content.painter not in (*hidden, "either_side") or content.packed.get("kind") in asked,
            about,
            content.packed.get("sign"),
        )
        for content in contents
        if (label := _label(catalogue, content)) is not None
        and content.key not in (*ENCODINGS, DIFFERENCE)
        and (travel or content.painter not in OF_TRAVEL)
        and (topic is None or _tells_of(content, topic))
        and ((about := of.get(content.key, ())) or content.key not in of)
    ]
    compared = swipe and any(content.key == DIFFERENCE for content in contents)
    encodings = (DIFFERENCE, *ENCODINGS) if compared else ENCODINGS
    transit = (
        home_cells.departures(assessment.transit_analysis, cutoffs)
        if of["stops"] and assessment.transit_analysis
        else None
    )
    return assets.rendered(
        "map_frame.html.j2",
        t=catalogue,
        hub=hub_name(assessment.workspace, catalogue),
        profile=profile,
        first=profile or reaches[0].profile,
        reaches=reaches,
        headline=headline.headline_cutoff(assessment),
        bands=band_classes(len(cutoffs)),
        band_labels=band_labels(catalogue, cutoffs),
        profile_texts=profile_texts(assessment, catalogue),
        choices=choices,
        encodings=[(key, catalogue(f"layer.{key}")) for key in encodings],
        compared=DIFFERENCE in encodings,
        signs=legend_signs(assessment, catalogue, contents, choices, compared=compared),
        homes_shown="cells" not in hidden,
        travel=travel,
        without=" ".join(_without(contents, encodings, travel=travel)),
        winters=of["winter"],
        winters_json=json.dumps(of["winter"]),
        departures=transit,
        departure_usual=usual_departure(assessment, catalogue),
        timetable=next(iter(of["stops"]), None),
        timetable_json=json.dumps(of["stops"]),
        topic=topic,
        swipe=swipe and any(content.packed.get("variant") == "after" for content in contents),
        credits=short_credits(assessment, catalogue),
        made_up=assessment.workspace.district.made_up,
    )


def _without(contents: tuple[Content, ...], encodings: Sequence[str], *, travel: bool) -> Iterator[str]:
    """Keys of layers that a map never shows: all of travel, or a comparison that it does not offer."""
    for content in contents:
        of_travel = content.painter in OF_TRAVEL and not travel
        if of_travel or (content.key == DIFFERENCE and DIFFERENCE not in encodings):
            yield content.key


def _tells_of(content: Content, topic: str) -> bool:
    """Whether a layer has anything to do with a topic; other layers than the voices have with all."""
    if content.painter != "voices":
        return True
    single = (f"{category};{themes}" for category, _, themes in content.packed["said"])
    return topic in content.packed["topics"] or any(topic in about.split(";") for about in single)
