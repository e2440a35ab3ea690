"""What the map of a plan tells: to where, by which way of moving first, how many are there today and by the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from tesoma_geo.command_columns import GAINED_MIN, TO_KIND_GAINED_MIN
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.plan_sketch import won_step
from tesoma_geo.render.map.difference import told_kind
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name, short_name

if TYPE_CHECKING:
    from tesoma_geo.scenarios.compare import Comparison


@dataclass(frozen=True, eq=False)
class PlannedShares:
    """What stands around the map of a plan.

    Attributes
    ----------
    first
        The way of moving that it opens with.
    title
        Of its legend: minutes saved and lost on the way to where.
    shares
        Way of moving → shares of residents who get there in time today and by the plan, 0 to 1.
    note
        What these shares are.
    steps
        Step of minutes saved and lost → the ways of moving by which a home has it.
    """

    first: str
    title: str
    shares: Mapping[str, tuple[float, float]]
    note: str
    steps: Mapping[int, tuple[str, ...]]

    @classmethod
    def of(cls, comparison: "Comparison", catalogue: Catalogue) -> Self:
        """Of the trip that the page of a plan begins with.

        Parameters
        ----------
        comparison
            The district before and after a scenario.
        catalogue
            The language.

        Returns
        -------
        PlannedShares
        """
        figures, access = comparison.figures, comparison.before.workspace.access
        kind, total = told_kind(comparison), max(figures["population_total"], 1)
        cutoff_min = access.services_within_min if kind else headline.headline_cutoff(comparison.before)
        if kind:
            near = f"population_within_{cutoff_min:g}_min"
            within = {profile: row[near] for profile, row in figures["services"][kind]["profiles"].items()}
        else:
            within = {name: row["population_within"][f"{cutoff_min:g}"] for name, row in figures["profiles"].items()}
        words = {"n": catalogue.number(cutoff_min, 1), "kind": catalogue.named("kind", kind)}
        to = words["kind"] if kind else short_name(hub_name(comparison.before.workspace, catalogue))
        sure = figures["sure"]
        return cls(
            first=sure["profile"] if sure else access.profiles[0],
            title=catalogue("difference.to", to=to),
            shares={
                name: ((pair["before"] or 0.0) / total, (pair["after"] or 0.0) / total) for name, pair in within.items()
            },
            note=catalogue("map.share_note_kind" if kind else "map.share_note_plan", **words),
            steps=_steps(comparison, kind),
        )


def _steps(comparison: "Comparison", kind: str) -> dict[int, tuple[str, ...]]:
    """The steps of minutes saved and lost that a home has by some way of moving, and by which."""
    of_step: dict[int, tuple[str, ...]] = {}
    for profile in comparison.figures["profiles"]:
        column = TO_KIND_GAINED_MIN.of(profile, kind) if kind else GAINED_MIN.of(profile)
        minutes = comparison.differences[column].to_numpy(float)
        for step in np.unique(won_step(minutes[~np.isnan(minutes)])).tolist():
            of_step[step] = (*of_step.get(step, ()), profile)
    return of_step
