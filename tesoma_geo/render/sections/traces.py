"""Where each figure of the pages comes from: its place in the results, its layers with their dates, the command."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures.credits import told_date
from tesoma_geo.render.sections.table import PageTable
from tesoma_geo.render.sections.traced_values import TracedValue, values_of_table, values_of_way
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Layers that figures rest on besides those of every journey, by the key of a table.
FURTHER = {
    **dict.fromkeys(("services", "places", "at_hub"), ("services",)),
    **dict.fromkeys(("connections", "lines", "day", "stops", "trip"), ("transit",)),
    **dict.fromkeys(("reach", "areas", "ages", "fairness", "measures", "targets"), ("transit",)),
    **dict.fromkeys(("winter", "winter_of"), ("winter",)),
    **dict.fromkeys(("nature",), ("nature",)),
    **dict.fromkeys(
        ("voices", "marked", "theme_places", "lived", "barriers", "sensitivity", "crowds"), ("annotations",)
    ),
}


@dataclass(frozen=True)
class Trace:
    """Where the figures of a table, or of the sentences of a way of moving, come from.

    Attributes
    ----------
    key
        Of the table or the page; its stable address is ``#from-<key>``.
    caption
        Of the table; the way of moving.
    where
        File and columns of the results.
    layers
        Each further layer with its date, in the page's language: what it rests on besides those of every journey.
    values
        What its sentences tell, as the file has it.
    """

    key: str
    caption: str
    where: str
    layers: tuple[str, ...]
    values: tuple[TracedValue, ...] = ()


def traces(
    assessment: "Assessment", catalogue: Catalogue, tables: Iterable[PageTable], ways: Mapping[str, str]
) -> list[Trace]:
    """Where the figures of tables come from, and those of the sentences of each way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    tables
        Of the pages.
    ways
        Key of a page → the way of moving that it is about.

    Returns
    -------
    list of Trace
        One a way of moving, then one a table, in their order.
    """
    return [
        *(_of_way(assessment, catalogue, key, profile) for key, profile in ways.items()),
        *(
            Trace(
                table.key,
                table.caption,
                table.source,
                _dated_layers(assessment, catalogue, FURTHER.get(table.key, ())),
                values_of_table(assessment, table.key),
            )
            for table in tables
        ),
    ]


def _of_way(assessment: "Assessment", catalogue: Catalogue, key: str, profile: str) -> Trace:
    layers = _dated_layers(assessment, catalogue, ("transit",) if profile in TIMETABLE_PROFILES else ())
    where, values = f"summary.json: profiles › {profile}", values_of_way(assessment, profile)
    return Trace(key, catalogue.named("profile", profile), where, layers, values)


def _dated_layers(assessment: "Assessment", catalogue: Catalogue, asked: Sequence[str]) -> tuple[str, ...]:
    """A name and a date of each layer of these sections that the workspace has."""
    dated: dict[str, str] = {}
    for report in assessment.reports:
        section = report.key.split(".")[0]
        if section in asked:
            name = catalogue.named("section", section)
            dated.setdefault(name, f"{catalogue.isolated(name)} ({told_date(catalogue, report)})")
    return tuple(dated.values())
