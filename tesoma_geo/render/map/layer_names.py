"""What the layers of a map are called in addresses, snippets and messages: the same whatever else a run has."""

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.known_buildings import buildings_known
from tesoma_geo.render.figures.unknown_areas import areas_without_residents
from tesoma_geo.sources.annotations.schema import KINDS
from tesoma_geo.workspace import Workspace

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Layers that every map has.
ALWAYS = ("isochrones", "cells", "water", "streets", "district", "names", "either_side")
#: Those that files or residents may not give.
OF_GROUND: tuple[str, ...] = ("unknown", "green", "buildings", "railways")
#: Those of a site with a plan.
OF_PLAN = ("difference", "changes")
#: What was marked and is too little to be named by its kind.
POOLED = "pooled"
_PLAIN_KIND = re.compile(r"(?!.*_after$)[a-z][a-z0-9_]{0,39}")


def service_layer(kind: str) -> str:
    """The name of the layer of a kind of services.

    Parameters
    ----------
    kind
        As the workspace calls it.

    Returns
    -------
    str
        Small letters, digits and underscores alone.
    """
    return f"services_{_plain(kind)}"


def voice_layer(kind: str) -> str:
    """The name of the layer of a kind of what residents said.

    Parameters
    ----------
    kind
        Code of what was marked; empty for what was pooled.

    Returns
    -------
    str
        Small letters, digits and underscores alone.
    """
    return f"voices_{_plain(kind or POOLED)}"


def layer_names(workspace: Workspace, assessment: "Assessment | None" = None) -> tuple[str, ...]:
    """The layers that may be asked for on the pages of a workspace.

    Parameters
    ----------
    workspace
        Of the site.
    assessment
        What was found; None where only the workspace is known, and what its files may give is let in.

    Returns
    -------
    tuple of str
        Each once. Of a run they are those of its map, where what residents said is as it was published; of a workspace
        those of residents and of a plan are among them wherever its site may have these.
    """
    if assessment is None:
        kinds = [*workspace.services.osm, *(layer.kind for layer in workspace.services.files)]
        ground, timetable = (*OF_GROUND, *OF_PLAN), workspace.transit is not None
        said: Iterable[str] = (*KINDS, "") if workspace.annotations else ()
    else:
        kinds = headline.service_kinds(assessment.services)
        ground, timetable = _ground(assessment), assessment.transit_analysis is not None
        said = _said(assessment)
    return (
        *ALWAYS,
        *ground,
        *(("stops",) if timetable else ()),
        *(service_layer(kind) for kind in dict.fromkeys(kinds)),
        *(voice_layer(kind) for kind in said),
    )


def departures_known(workspace: Workspace, assessment: "Assessment | None" = None) -> tuple[str, ...] | None:
    """The departures that may be asked for on the pages of a workspace.

    Parameters
    ----------
    workspace
        Of the site.
    assessment
        What was found; None where only the workspace is known.

    Returns
    -------
    tuple of str
        ``07:15``, in the order of the day; empty without a timetable, None where only a run would tell them.
    """
    if assessment is None:
        return () if workspace.transit is None else None
    transit = assessment.transit_analysis
    return () if transit is None else transit.departure_clocks


def _said(assessment: "Assessment") -> Iterable[str]:
    """Kinds of what residents said of which something that has a place was published."""
    publication = assessment.inputs.publication
    if publication is None:
        return ()
    features = publication.features
    return dict.fromkeys(features.loc[features.geometry.notna(), "kind"].astype(str))


def _ground(assessment: "Assessment") -> tuple[str, ...]:
    """Which of :data:`OF_GROUND` there are."""
    inputs = assessment.inputs
    there = (
        not areas_without_residents(assessment.district, assessment.origins).empty,
        not inputs.green.empty,
        buildings_known(assessment),
        bool(len(inputs.ground.railways)),
    )
    return tuple(name for name, has in zip(OF_GROUND, there, strict=True) if has)


def _plain(kind: str) -> str:
    """A kind as a name holds it: one that is no plain word is the workspace's text, and stands as its digest."""
    return kind if _PLAIN_KIND.fullmatch(kind) else f"x{hashlib.sha256(kind.encode()).hexdigest()[:10]}"
