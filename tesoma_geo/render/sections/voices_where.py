"""Where residents marked most: places by what most told of each, in sentences."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.render.figures.voice_places import (
    MOST_TOLD,
    NEAR_WIDE_M,
    areas_called,
    named_places,
    sides_m,
    sign_of,
    stands_out,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import topic_name
from tesoma_geo.sources.annotations.schema import KINDS

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: What stands for answers without a topic.
NO_TOPIC = ("", "unspecified")


@dataclass(frozen=True)
class PlacesTold:
    """The places of which most told one thing.

    Attributes
    ----------
    sentences
        A place each with its commonest topic, the largest number first.
    first
        The first of them as a sentence of all places; empty where none stands out from the others.
    care
        By what they are chosen, and how coarsely they are told.
    """

    sentences: tuple[str, ...] = ()
    first: str = ""
    care: tuple[str, ...] = ()


def told_where(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PlacesTold:
    """The places of which most told one thing, each with that alone: by this number its sign on the map is as large.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    PlacesTold
        In the language of the page: five places that have a name, and those with as many as the last of them.
    """
    listed = _listed(assessment, publication, catalogue)
    if listed.empty:
        return PlacesTold()
    shapes = listed.geometry.to_crs(assessment.district.crs).to_numpy()
    told: dict[str, str] = {}  # of places with one name the one of most
    names = named_places(assessment, catalogue, shapes, "where")
    for name, kind, topic, voices in zip(names, listed["kind"], listed["topic"], listed["voices"], strict=True):
        said = _said(catalogue, str(kind), int(voices), further=False)
        if topic not in NO_TOPIC:
            said = catalogue("said.about", said=said, topic=topic_name(catalogue, assessment.workspace, topic))
        told.setdefault(name, said)
    alone = stands_out(listed["voices"], areas_called(shapes, assessment.district))
    # Alone in its sentence the first needs no street beside its area's name.
    [first] = named_places(assessment, catalogue, shapes[:1], "where")
    widest_km = catalogue.number(max(*sides_m(shapes), NEAR_WIDE_M) / 1000, 1)
    return PlacesTold(
        tuple(_at_place(catalogue, place, [said]) for place, said in told.items()),
        catalogue("voices.first_place", place=first, said=told[names[0]]) if alone else "",
        (catalogue("voices.by_commonest"), catalogue("voices.how_near", n=widest_km)),
    )


def marked_there(catalogue: Catalogue, places: Sequence[tuple[str, str, int]]) -> tuple[str, ...]:
    """Where most people marked something, a sentence a place.

    Parameters
    ----------
    catalogue
        The language.
    places
        What a sentence calls the place, empty where it has no name; kind of what was marked; respondents.

    Returns
    -------
    tuple of str
        At most five and those with as many as the last of them, the largest number first; a place once with all kinds,
        of each the largest number.
        How many more there are, and with how many each at most, where there are more.
    """
    told: dict[str, dict[str, str]] = defaultdict(dict)
    further: dict[str, int] = {}
    least = 0
    for place, kind, voices in sorted(places, key=lambda one: (-one[2], one[0])):
        again = place in told
        if again or (place and (len(told) < MOST_TOLD or voices == least)):
            least = least if again else voices
            told[place].setdefault(kind, _said(catalogue, kind, voices, again))
        elif place:
            further.setdefault(place, voices)
    sentences = (_at_place(catalogue, place, list(things.values())) for place, things in told.items())
    if not further:
        return tuple(sentences)
    most = catalogue.counted("map.heard", max(further.values()))
    return (*sentences, catalogue("theme.more_places", n=catalogue.number(len(further)), m=most))


def _listed(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> gpd.GeoDataFrame:
    """Of the places that have a name those of most; none is left out beside one with as many."""
    places = _commonest(publication.features)
    if places.empty:
        return places
    shapes = places.geometry.to_crs(assessment.district.crs).to_numpy()
    named = places[np.array([bool(name) for name in named_places(assessment, catalogue, shapes, "where")])]
    return named[named["voices"] >= named["voices"].iloc[:MOST_TOLD].min()]


def _commonest(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A row a place with what most told of it, the largest number first; of equal ones a kind that comes first."""
    placed = features[features["type"].isin(["cell", "street"]) & features.geometry.notna()]
    topic = placed["topic"].fillna("").astype(str)
    ranked = placed.assign(
        voices=placed["voices"].astype(float), topic=topic, sign=placed["kind"].map(sign_of), none=topic.isin(NO_TOPIC)
    ).sort_values(["voices", "sign", "none", "topic"], ascending=[False, True, True, True], kind="stable")
    shapes = pd.Series(shapely.to_wkb(shapely.normalize(ranked.geometry.to_numpy())), dtype=object)
    return ranked[~shapes.duplicated().to_numpy()]


def _at_place(catalogue: Catalogue, place: str, things: Sequence[str]) -> str:
    return catalogue("voices.at_place", place=place[:1].upper() + place[1:], things=", ".join(things))


def _said(catalogue: Catalogue, kind: str, voices: int, further: bool) -> str:
    """How many marked something of a kind; a further one says only the number."""
    number = catalogue.number(voices) if further else catalogue.counted("map.heard", voices)
    return catalogue(f"said.{kind if kind in KINDS else 'other'}", n=number)
