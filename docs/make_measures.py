"""Prints ``docs/measures.md`` from the functions' docstrings: ``make measures-docs``; a test holds the two together."""

import inspect

import click

from tesoma_geo.measures import catalogue, decay

INTRODUCTION = """\
# Measures: the data dictionary

Made from the functions' own docstrings by `make measures-docs`.

A measure takes a travel matrix (`from_id`, `to_id`, `travel_time`; another cost by `travel_cost="column"`)
and a land-use table (`id` and columns), joins them on the ids, and returns a table `id`, `value`. It never
routes; the unit of the cost is the caller's. A pair that is missing, or costs `inf`, cannot be travelled.
`tg.measures.TravelMatrix.of(table)` checks a matrix once for many measures, and `.from_array` takes what a
router returns. The functions of fairness take what a measure returned, and the land-use table with its residents.

```python
import tesoma_geo as tg

jobs = tg.measures.cumulative_opportunities(travel_matrix, land_use, opportunity="jobs", cutoff=30)
seats = tg.measures.two_step_fca(travel_matrix, land_use, "seats", "population", decay=tg.decay.step(45))
tg.equity.gini(jobs, land_use, population="population")
```

Several modes, cutoffs, ranks or decays are asked for at once, and each measure from either side:

```python
# A row an origin, mode and cutoff: id, mode, cutoff, value. Origins that a mode does not name reach nothing by it.
tg.measures.cumulative_opportunities(trips, land_use, "jobs", cutoff=[15, 30, 45], group_by="mode")
tg.measures.cost_to_closest(trips, land_use, "shops", k=[1, 2, 3], group_by=["mode", "hour"])
# Who comes: with one column, that of the origins; with two, each stays on its side and they exchange their parts.
tg.measures.cumulative_opportunities(travel_matrix, land_use, "population", cutoff=15, active=False)
# Another summary of an interval, or several by name.
tg.measures.cumulative_interval(travel_matrix, land_use, "jobs", (20, 40), summary={"median": "median", "least": min})
# Options of several costs: those that no other betters, and jobs within time, fare and changes together.
front = tg.measures.pareto.frontier(options, ["travel_time", "fare", "transfers"])
tg.measures.cumulative_opportunities(front, land_use, "jobs", cutoff=30, limits={"fare": 3.5, "transfers": 1})
# The least time of each pair within a fare, for any other measure.
tg.measures.pareto.cheapest_within(front, {"fare": 3.5})
```

The names are near those of the R package {accessibility}: there `cutoff`, `n`, `interval` and the decay's numbers take
vectors as here, `group_by` and `active` are the same, `summary_function` is `summary`, and `fill_missing_ids = TRUE`
is what is always done here. There each result has a column named after the opportunity, here it is `value`.

In the formulas, c_ij is the cost from origin i to destination j, O_j the opportunities at j, P_i the
residents of i, f the decay, v the value, and [ ] is 1 where the condition holds, else 0.

Nature within reach is `cost_to_closest` or `cumulative_opportunities` with the entrances of green areas as
opportunities; a run tells it from the green areas of the map ([outputs](outputs.md)). The diversity of services
at the hub is `service_diversity` with the hub as the one origin.
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION]
    for subject, module in catalogue.SUBJECTS.items():
        parts.append(f"## {subject}\n")
        public = {"location_allocation": "location"}
        name = module.__name__.rpartition(".")[2]
        parts += [_entry(public.get(name, name), entry) for entry in catalogue.entries(module)]
    parts.append("## Decays\n")
    for name in ("step", "stepped", "linear", "exponential", "gaussian", "logistic", "inverse_power", "custom"):
        function = getattr(decay, name)
        what = " ".join(inspect.cleandoc(function.__doc__).split("\n\n")[0].split()).replace("``", "`")
        parts.append(f"- `tg.decay.{name}({', '.join(inspect.signature(function).parameters)})`: {what}")
    return "\n".join(parts) + "\n"


def _entry(module: str, entry: catalogue.MeasureEntry) -> str:
    lines = [f"### {module}.{entry.name}\n", f"{entry.what} {entry.meaning[:1].upper()}{entry.meaning[1:]}".strip(), ""]
    parts = ("unit", "formula", "edge_cases", "source")
    lines += [f"- {name.replace('_', ' ').capitalize()}: {getattr(entry, name)}" for name in parts]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    click.echo(page(), nl=False)
