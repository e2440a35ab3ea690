"""The map: folium composes it, and nothing of it is asked for from outside.

In a notebook it is one page with everything in it; :mod:`tesoma_geo.render.pages.write` takes the same
map apart into files (:meth:`LocalMap.parts`).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from folium.template import Template

from tesoma_geo.errors import InputError
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.frame import frame, label
from tesoma_geo.render.map.packed_data import map_data
from tesoma_geo.render.map.painted import Painted
from tesoma_geo.render.map.planned import PlannedShares
from tesoma_geo.render.map.script_options import options
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.escape import script_json, template_proof
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.scenarios.compare import Comparison


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
        return tuple(child.content for child in self._children.values() if isinstance(child, Painted))

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
    return composed(assessment, layers.contents(assessment, publication, comparison), chosen, comparison=comparison)


def composed(
    assessment: "Assessment",
    contents: tuple[Content, ...],
    language: Language,
    profile: str | None = None,
    *,
    comparison: "Comparison | None" = None,
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
    comparison
        The district before and after a plan, where there is one.

    Returns
    -------
    LocalMap
        Ready to be rendered.
    """
    catalogue = catalogue_of(assessment.workspace, language)
    planned = None if comparison is None else PlannedShares.of(comparison, catalogue)
    fmap = LocalMap(
        language,
        catalogue(
            "title",
            hub=hub_name(assessment.workspace, catalogue),
            district=catalogue.of(assessment.workspace.district.name),
        ),
        frame(assessment, catalogue, contents, profile, swipe=True, planned=planned),
        options(assessment, catalogue, contents),
    )
    for content in contents:
        fmap.add_child(Painted(content, label(catalogue, content)))
    return fmap
