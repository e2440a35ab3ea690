"""Figures and method in sentences."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from tesoma_geo.render.figures.headline import Reach
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import with_interval
from tesoma_geo.render.text.place_names import HubName, hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def reach_sentences(
    catalogue: Catalogue, reach: Reach, hub: HubName, cutoffs: Collection[float] | None = None
) -> list[str]:
    """A profile's map in sentences.

    Parameters
    ----------
    catalogue
        The language.
    reach
        How residents get there by one way of moving.
    hub
        The hub's name.
    cutoffs
        Minutes that are told of; None for all. A page whose headline and chart tell them needs the last.

    Returns
    -------
    list of str
        In the language of the page.
    """
    lines = [
        catalogue(
            "told.within",
            n=catalogue.number(cutoff, 1),
            residents=catalogue.counted("residents", count),
            share=catalogue.percent(reach.share(count)),
        )
        for cutoff, count in reach.within.items()
        if cutoffs is None or cutoff in cutoffs
    ]
    for key, figure, value in (
        ("told.median", "median_min", reach.median_min),
        ("told.p90", "p90_min", reach.p90_min),
    ):
        if value is None:
            lines.append(catalogue(f"{key}_never"))
            continue
        time = with_interval(catalogue, catalogue.minutes(value), reach.between.get(figure))
        lines.append(catalogue(key, hub=hub, time=time))
    if reach.unreachable:
        lines.append(catalogue("told.unreachable", residents=catalogue.counted("residents", reach.unreachable)))
    return lines


def method_sentences(assessment: "Assessment", catalogue: Catalogue) -> list[str]:
    """How the figures came about, a sentence or two on each subject.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    list of str
        In the language of the page.
    """
    cell = catalogue.number(assessment.workspace.population.cell_m, 1)
    hub = hub_name(assessment.workspace, catalogue)
    kind = assessment.workspace.population.kind
    homes = "homes" if kind == "areas" else f"homes_{kind}"
    topics = ["streets", homes, "times", "limits"]
    if assessment.workspace.population.age_groups and assessment.inputs.publication is not None:
        topics.append("ages")
    date = assessment.summary.get("transit", {}).get("date")
    if date:
        topics.append("timetable")
    day = catalogue.day(date) if date else ""
    return [catalogue(f"method.{topic}", cell=cell, hub=hub, date=day) for topic in topics]
