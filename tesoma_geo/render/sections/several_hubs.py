"""Several hubs beside each other: who has which nearest, who would choose it, and what a planned one would take."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tesoma_geo.render.figures.headline import headline_cutoff
from tesoma_geo.render.sections.charts import Bars, share_bar
from tesoma_geo.render.sections.section import FoldedNotes, PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, count, minutes, share
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.assessment.hub_records import HubsByProfile, SeveralHubsFigures, TakenFigures


def hubs(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """The hubs by the first way of moving; None where there is one hub alone.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page.
    """
    return hubs_of(assessment, catalogue, assessment.workspace.access.profiles[0])


def hubs_of(assessment: "Assessment", catalogue: Catalogue, profile: str) -> PageSection | None:
    """The hubs by one way of moving; None where there is one hub alone.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        The way of moving.

    Returns
    -------
    PageSection or None
        In the language of the page.
    """
    hubs = assessment.summary.get("hubs")
    if hubs is None:
        return None
    figures, residents = hubs["profiles"][profile], max(assessment.summary["population_total"], 1)
    names, cutoff = _names(hubs, catalogue), headline_cutoff(assessment)
    way = catalogue.named("profile", profile)
    there = [place["key"] for place in hubs["places"] if not place["planned"]]
    near = figures["nearest"]["population_within"][f"{cutoff:g}"] / residents
    numbers = {"n": catalogue.number(len(there)), "minutes": catalogue.number(cutoff, 1)}
    caption = catalogue("hubs.chart", profile=way)
    choice = hubs["choice"]
    formula = catalogue(
        "hubs.formula",
        exponent=catalogue.number(choice["exponent"], 1),
        least=catalogue.number(choice["least_min"], 1),
    )
    return PageSection(
        "hubs",
        catalogue("hubs.title"),
        catalogue("hubs.short", share=catalogue.percent(near), profile=way, **numbers),
        tuple(_taken(figures["planned"], names, catalogue)),
        near,
        (
            Bars(
                caption,
                tuple(
                    share_bar(catalogue, names[key], figures["hubs"][key]["nearest_population"] / residents)
                    for key in there
                ),
            ),
        ),
        (_table(hubs, figures, names, catalogue, (caption, residents, cutoff, profile)),),
        FoldedNotes(catalogue("hubs.how"), (LocalizedText(formula, catalogue.language),)),
    )


def _names(hubs: "SeveralHubsFigures", catalogue: Catalogue) -> dict[str, str]:
    """Hub → what a reader calls it."""
    names = {}
    for place in hubs["places"]:
        name = catalogue.of(place["name"])
        names[place["key"]] = catalogue("hubs.planned", name=name) if place["planned"] else name
    return names


def _taken(planned: "Mapping[str, TakenFigures]", names: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    """A sentence for each planned hub: whom it would be nearest for, and who had those before."""
    for key, figures in planned.items():
        nearest = sum(figures["nearest_from"].values()) + figures["reached_none"]
        if not nearest:
            yield catalogue("hubs.takes_none", name=names[key])
            continue
        of = [
            f"{catalogue.isolated(names[other])} {catalogue.number(n)}"
            for other, n in figures["nearest_from"].items()
            if n
        ]
        if figures["reached_none"]:
            of.append(f"{catalogue('hubs.none_before')} {catalogue.number(figures['reached_none'])}")
        yield catalogue(
            "hubs.takes",
            name=names[key],
            residents=catalogue.counted("residents", nearest),
            names=", ".join(of),
            before=catalogue.minutes(figures["median_before_min"]),
            after=catalogue.minutes(figures["median_after_min"]),
        )


def _table(
    hubs: "SeveralHubsFigures",
    figures: "HubsByProfile",
    names: Mapping[str, str],
    catalogue: Catalogue,
    of: tuple[str, int, float, str],
) -> PageTable:
    """A row a hub."""
    caption, residents, cutoff, profile = of
    rows = []
    for place in hubs["places"]:
        one = figures["hubs"][place["key"]]
        lon, lat = place["entrances"][0]
        rows.append(
            TableRow(
                (
                    TableValue(names[place["key"]]),
                    count(catalogue, one["nearest_population"]),
                    share(catalogue, one["nearest_population"] / residents),
                    count(catalogue, round(one["choice_population"])),
                    count(catalogue, one["population_within"][f"{cutoff:g}"]),
                    minutes(catalogue, one["median_min"]),
                    minutes(catalogue, one["p90_min"]),
                ),
                (lon, lat),
            )
        )
    return PageTable(
        "hubs",
        caption,
        (
            TableColumn("hub", catalogue("hubs.hub"), number=False),
            TableColumn("nearest", catalogue("hubs.nearest")),
            TableColumn("nearest_share", catalogue("profile.share")),
            TableColumn("choice", catalogue("hubs.choice")),
            TableColumn("within", catalogue("reach.within", n=catalogue.number(cutoff, 1))),
            TableColumn("median_min", catalogue("reach.median")),
            TableColumn("p90_min", catalogue("reach.p90")),
        ),
        tuple(rows),
        f"summary.json: hubs › {profile}; hubs.gpkg: {profile}",
    )
