"""Words for places and topics that residents spoke of, and for ways of moving in a sentence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from babel import Locale
from numpy.typing import NDArray

from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.inflected_streets import InflectedStreet
from tesoma_geo.workspace import Workspace

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Farther than this no street's name tells where a place is.
NEAR_M = 400.0


def told_in(catalogue: Catalogue, language: str) -> str:
    """In which language words are that stand on a page in another.

    Parameters
    ----------
    catalogue
        The language of the page.
    language
        The tag of theirs.

    Returns
    -------
    str
        In brackets, as ``(in Finnish)``; empty where it is the page's own.
    """
    plain = language.split("-x-")[0]
    if plain == catalogue.language.split("-x-")[0]:
        return ""
    name = Locale.parse(plain, sep="-").get_language_name(catalogue.locale)
    return catalogue("words.in_language", language=name or language)


def topic_name(catalogue: Catalogue, workspace: Workspace, topic: str) -> str:
    """A category or theme in the page's language, else as the workspace calls it; what was pooled has a name too.

    Parameters
    ----------
    catalogue
        The language.
    workspace
        The workspace file.
    topic
        Code of a category or theme; empty for what was pooled.

    Returns
    -------
    str
        In the language of the page where it has the name.
    """
    if not topic:
        return catalogue("topic.pooled")
    if catalogue.knows(f"topic.{topic}"):
        return catalogue(f"topic.{topic}")
    return own_topics(workspace).get(topic) or catalogue.named("topic", topic)


def by_way(catalogue: Catalogue, profile: str) -> str:
    """A way of moving as a sentence has it.

    Parameters
    ----------
    catalogue
        The language.
    profile
        Such as ``walk``.

    Returns
    -------
    str
        Such as "on foot", in small letters; a way that the workspace named itself by its name.
    """
    if catalogue.knows(f"by.{profile}"):
        return catalogue(f"by.{profile}")
    return catalogue("by.other", way=catalogue.named("profile", profile))


def kind_name(catalogue: Catalogue, kind: str) -> str:
    """What was marked on the map, in the page's language.

    Parameters
    ----------
    catalogue
        The language.
    kind
        Code of what was marked; empty for what was pooled.

    Returns
    -------
    str
        In the language of the page where it has the name.
    """
    return catalogue.named("voice", kind) if kind else catalogue("topic.pooled")


def own_topics(workspace: Workspace) -> Mapping[str, str]:
    """Code → label of the themes and categories that the workspace names.

    Parameters
    ----------
    workspace
        The workspace file.

    Returns
    -------
    Mapping
        Code → label.
    """
    asked = [question.category for survey in workspace.annotations for question in survey.questions]
    maps = [workspace.themes, *(category.map for category in asked if category is not None)]
    return {code: label for labels in maps for label, code in labels.items()}


def near_streets(
    assessment: "Assessment", catalogue: Catalogue, places: NDArray[Any], said: str = "place.near"
) -> list[str]:
    """The nearest street with a name, for each point in the workspace's CRS; a dash where none is near.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    places
        Points in the workspace's metric system.
    said
        The catalogue's text that the street stands in.

    Returns
    -------
    list of str
        A text for each point.
    """
    nearest = nearest_streets(assessment.named_streets, places)
    return [catalogue(said, street=InflectedStreet.of(name, catalogue)) if name else "–" for name in nearest]


def nearest_streets(named_streets: gpd.GeoDataFrame, places: NDArray[Any]) -> list[str]:
    """The name of the nearest street, for each point.

    Parameters
    ----------
    named_streets
        With ``name``, in a metric system.
    places
        Points in the same system.

    Returns
    -------
    list of str
        Empty where none is near.
    """
    if not len(named_streets):
        return [""] * len(places)
    at, row = named_streets.sindex.nearest(places, return_all=False, max_distance=NEAR_M)
    nearest = dict(zip(at.tolist(), named_streets["name"].iloc[row], strict=True))
    return [str(nearest.get(place, "")) for place in range(len(places))]
