"""Who gains and who loses by a scenario, by profile, area and age."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bars, share_bar
from tesoma_geo.render.sections.scenario_change import (
    SIDES,
    before_and_after,
    change_table,
    figures_of,
)
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    profile_column,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import area_names, hub_name
from tesoma_geo.render.text.shares import NEARLY_ALL, sentence
from tesoma_geo.render.text.terms import by_way
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.scenarios.drawn_gains import HUB
from tesoma_geo.scenarios.outcomes import OUTCOMES

#: So many of all residents gain that a reader asks why no more get there in time.
TELLING = 0.05
#: Outcomes of those for whom something changes.
MOVED = ("gaining", "losing")


def who_gains(comparison: Comparison, catalogue: Catalogue) -> PageSection:
    """Residents who get there sooner or later, by profile.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection
        In the language of the page.
    """
    figures = figures_of(comparison)["profiles"]
    values = {"n": catalogue.number(figures_of(comparison)["gain_min"], 1), "hub": _hub(comparison, catalogue)}
    return PageSection(
        "gains",
        catalogue("scenario.gains"),
        " ".join(_most_moved(catalogue, figures)) or catalogue("scenario.nobody", **values),
        charts=_outcome_charts(
            catalogue,
            catalogue("scenario.gains_chart", **values),
            values["n"],
            {catalogue.named("profile", profile): row["residents"] for profile, row in figures.items()},
        ),
        tables=(_gains_table(catalogue, figures, values),),
    )


def _is_of_services_alone(comparison: Comparison) -> bool:
    """Whether a plan is about ways to services, and nobody's way to the hub is sooner or later by it."""
    figures = figures_of(comparison)
    rows = figures["profiles"].values()
    about_services = any(answer["asked"] and answer["to"] != HUB for answer in figures["answers"])
    return about_services and not any(row["residents"][outcome] for row in rows for outcome in MOVED)


def _gains_table(catalogue: Catalogue, figures: Mapping[str, Any], values: Mapping[str, str]) -> PageTable:
    """Residents by outcome, and the minutes that they gain or lose, a row a profile."""
    return PageTable(
        "gains",
        catalogue("scenario.gains_caption", **values),
        (
            profile_column(catalogue),
            *(TableColumn(outcome, _outcome(catalogue, outcome)) for outcome in OUTCOMES),
            TableColumn("mean_gain_min", catalogue("scenario.mean_gain")),
            TableColumn("mean_loss_min", catalogue("scenario.mean_loss")),
            *(TableColumn(f"median_{side}_min", catalogue(f"scenario.median_{side}")) for side in SIDES),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", profile)),
                    *(count(catalogue, row["residents"][outcome]) for outcome in OUTCOMES),
                    minutes(catalogue, row["mean_gain_min"]),
                    minutes(catalogue, row["mean_loss_min"]),
                    *(minutes(catalogue, row["median_min"][side]) for side in SIDES),
                )
            )
            for profile, row in figures.items()
        ),
        "comparison.json: profiles",
        folded=catalogue("table.open"),
    )


def _most_moved(catalogue: Catalogue, figures: Mapping[str, Any]) -> Iterator[str]:
    """By which way of moving most gain and by which most lose; nothing where nobody does."""
    for outcome, key in zip(MOVED, ("scenario.most", "scenario.most_lose"), strict=True):
        most = max(figures, key=lambda name: figures[name]["residents"][outcome])
        residents = figures[most]["residents"][outcome]
        if residents:
            mean_min = figures[most]["mean_gain_min" if outcome == "gaining" else "mean_loss_min"]
            yield catalogue(
                key,
                by=by_way(catalogue, most),
                residents=catalogue.counted("residents", residents),
                minutes=catalogue.minutes(mean_min),
            )


def reach(comparison: Comparison, catalogue: Catalogue) -> PageSection | None:
    """Residents within each cutoff before and after, by profile; None for a plan of services that changes no such trip.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page.
    """
    if _is_of_services_alone(comparison):
        return None
    figures, total = figures_of(comparison)["profiles"], max(figures_of(comparison)["population_total"], 1)
    at = f"{headline.headline_cutoff(comparison.before):g}"
    values = {"n": catalogue.number(float(at), 1), "hub": _hub(comparison, catalogue)}
    within = {profile: row["population_within"][at] for profile, row in figures.items()}
    first = _most_changed(figures)
    return PageSection(
        "before-after",
        catalogue("scenario.reach"),
        catalogue(
            "scenario.reach_short" if any(map(_differs, within.values())) else "scenario.reach_same",
            profile=catalogue.named("profile", first),
            **{side: catalogue.counted("residents", within[first][side]) for side in SIDES},
            **values,
        ),
        (*_as_before(catalogue, within), *_as_many(catalogue, figures, within, total, values["n"])),
        charts=(
            before_and_after(
                catalogue,
                catalogue("scenario.reach_chart", **values),
                {catalogue.named("profile", profile): row for profile, row in within.items() if _differs(row)},
                total,
            ),
        )
        if any(map(_differs, within.values()))
        else (),
        tables=(
            change_table(
                catalogue,
                "before-after",
                catalogue("scenario.reach_caption", hub=values["hub"]),
                [profile_column(catalogue), TableColumn("cutoff_min", catalogue("profile.cutoff"))],
                (
                    (
                        [
                            TableValue(catalogue.named("profile", profile)),
                            TableValue(catalogue("minutes", n=catalogue.number(float(cutoff), 1)), float(cutoff)),
                        ],
                        pair,
                    )
                    for profile, row in figures.items()
                    for cutoff, pair in row["population_within"].items()
                ),
                "comparison.json: profiles › population_within",
            ),
        ),
    )


def _differs(pair: Mapping[str, int]) -> bool:
    """Whether more or fewer get there after than before."""
    return pair["before"] != pair["after"]


def _as_before(catalogue: Catalogue, within: Mapping[str, Any]) -> Iterator[str]:
    """By which ways of moving as many get there in time as before, where more or fewer do by others."""
    same = [by_way(catalogue, profile) for profile, pair in within.items() if not _differs(pair)]
    if same and len(same) < len(within):
        yield catalogue("scenario.as_before", ways=catalogue.joined(same))


def _as_many(
    catalogue: Catalogue, figures: Mapping[str, Any], within: Mapping[str, Any], total: int, n: str
) -> Iterator[str]:
    """Why no more get there in time by a way of moving by which many gain."""
    for profile, pair in within.items():
        gaining = figures[profile]["residents"]["gaining"]
        shares = {catalogue.percent(pair[side] / total) for side in SIDES}
        if gaining >= TELLING * total and len(shares) == 1 and pair["before"] < NEARLY_ALL * total:
            residents = catalogue.counted("residents", gaining)
            yield sentence(catalogue("scenario.as_many", by=by_way(catalogue, profile), residents=residents, n=n))


def by_area(comparison: Comparison, catalogue: Catalogue) -> PageSection | None:
    """Who gains and who loses among the residents of each area; None where they are not known.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    names = area_names(comparison.before.district)
    return _by_group(comparison, catalogue, "area", {str(code): str(name) for code, name in names.items()})


def by_age(comparison: Comparison, catalogue: Catalogue) -> PageSection | None:
    """Who gains and who loses among the residents of each age; None where they are not known.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    groups = comparison.before.workspace.population.age_groups
    return _by_group(comparison, catalogue, "age", {group: headline.shown_ages(group) for group in groups})


def _by_group(comparison: Comparison, catalogue: Catalogue, group: str, names: Mapping[str, str]) -> PageSection | None:
    """Who gains and who loses among the residents of each area or age; None where they are not known."""
    profiles = figures_of(comparison)["profiles"]
    first = _most_changed(profiles)
    rows = {key: row for key, row in profiles[first][f"by_{group}"].items() if row["all"] and key in names}
    if group == "area":  # ages have an order of their own
        rows = dict(sorted(rows.items(), key=lambda pair: -max(_share(pair[1], moved) for moved in MOVED)))
    if not rows or not _changed(profiles[first]):
        return None
    values = {
        "profile": catalogue.named("profile", first),
        "n": catalogue.number(figures_of(comparison)["gain_min"], 1),
        "hub": _hub(comparison, catalogue),
    }
    heading, title = catalogue(f"scenario.by_{group}"), catalogue("scenario.group_chart", **values)
    most, outcome = max(product(rows, MOVED), key=lambda pair: _share(rows[pair[0]], pair[1]))
    share = catalogue.percent(_share(rows[most], outcome))
    return PageSection(
        f"by-{group}",
        heading,
        sentence(
            catalogue(
                f"scenario.most_{outcome}",
                group=catalogue("scenario.age_group", ages=names[most]) if group == "age" else names[most],
                share=share,
                by=by_way(catalogue, first),
                n=values["n"],
            )
        ),
        charts=_outcome_charts(
            catalogue, title, values["n"], {names[key]: row for key, row in rows.items()}, values["profile"]
        ),
        tables=(_group_table(catalogue, group, f"{heading} – {title}", names, rows, profiles),),
    )


def _group_table(
    catalogue: Catalogue,
    group: str,
    caption: str,
    names: Mapping[str, str],
    rows: Mapping[str, Mapping[str, int]],
    profiles: Mapping[str, Any],
) -> PageTable:
    """Who gains and who loses in each area or age, by the profiles for which anybody does."""
    moves = [pair for pair in product(profiles, MOVED) if profiles[pair[0]]["residents"][pair[1]]]
    return PageTable(
        f"by-{group}",
        caption,
        (
            TableColumn(group, catalogue("areas.area" if group == "area" else "ages.group"), number=False),
            TableColumn("residents", catalogue("areas.residents")),
            *(
                TableColumn(
                    f"{profile}_{moved}", f"{catalogue.named('profile', profile)}: {_outcome(catalogue, moved)}"
                )
                for profile, moved in moves
            ),
        ),
        tuple(
            TableRow(
                (
                    TableValue(names[key]),
                    count(catalogue, row["all"]),
                    *(count(catalogue, profiles[profile][f"by_{group}"][key][moved]) for profile, moved in moves),
                )
            )
            for key, row in rows.items()
        ),
        f"comparison.json: profiles › by_{group}",
        folded=catalogue("table.open"),
    )


def _outcome_charts(
    catalogue: Catalogue, title: str, n: str, rows: Mapping[str, Mapping[str, int]], way: str = ""
) -> tuple[Bars, ...]:
    """The shares who gain and who lose: a bar where there are any; the name of one for who loses says so.

    Bars of one outcome have a title of their own, with the way of moving where the rows are not of several.

    None where nobody gains or loses.
    """
    there = [moved for moved in MOVED if any(row[moved] for row in rows.values())]
    if len(there) == 1:
        shares = tuple(
            replace(share_bar(catalogue, label, _share(row, there[0])), moved=there[0]) for label, row in rows.items()
        )
        shown = catalogue("scenario.outcome_chart", outcome=_outcome(catalogue, there[0]), n=n)
        return (Bars(f"{shown} ({way.lower()})" if way else shown, shares),)
    bars = tuple(
        replace(
            share_bar(
                catalogue,
                f"{label}: {_outcome(catalogue, moved).lower()}" if moved == "losing" else label,
                _share(row, moved),
            ),
            moved=moved,
        )
        for label, row in rows.items()
        for moved in there
        if row[moved]
    )
    return (Bars(title, bars),) if bars else ()


def _outcome(catalogue: Catalogue, outcome: str) -> str:
    return catalogue.named("scenario.outcome", outcome)


def _share(residents: Mapping[str, int], outcome: str) -> float:
    return residents[outcome] / max(residents["all"], 1)


def _most_changed(figures: Mapping[str, Any]) -> str:
    """The profile by which most residents gain or lose; the first of several."""
    return max(figures, key=lambda name: figures[name]["residents"]["gaining"] + figures[name]["residents"]["losing"])


def _changed(figures: Mapping[str, Any]) -> bool:
    return bool(figures["residents"]["gaining"] or figures["residents"]["losing"])


def _hub(comparison: Comparison, catalogue: Catalogue) -> str:
    return hub_name(comparison.before.workspace, catalogue)
