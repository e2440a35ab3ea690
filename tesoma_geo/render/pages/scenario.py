"""The page of a scenario: what changes, who gains and who loses, before and after side by side."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import shapely

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bars, Pair, Pairs, share_bar
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, minutes
from tesoma_geo.render.sections.section import Section, found
from tesoma_geo.render.sections.transit import how_often
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.scenarios.compare import OUTCOMES, Comparison

SIDES = ("before", "after")
#: Outcomes of those for whom something changes.
MOVED = ("gaining", "losing")


def scenario_context(comparison: Comparison, text: Catalogue) -> dict[str, Any]:
    """What ``pages/scenarios.html.j2`` tells of a comparison, in one language."""
    scenario = comparison.scenario
    return {
        "name": text.of(scenario.name),
        "about": text.of(scenario.text) if scenario.text else "",
        "changes": list(_changes(comparison, text)),
        "sections": found(
            _who_gains(comparison, text),
            _reach(comparison, text),
            _by_area(comparison, text),
            _by_age(comparison, text),
            _connections(comparison, text),
            _services(comparison, text),
        ),
    }


def description(comparison: Comparison, text: Catalogue) -> str:
    """The page in a sentence."""
    return text("scenario.description", name=text.of(comparison.scenario.name), hub=_hub(comparison, text))


def _changes(comparison: Comparison, text: Catalogue) -> Iterator[str]:
    """What the scenario changes, a line each."""
    for what, name, place in comparison.places[["what", "name", "geometry"]].itertuples(index=False):
        told = text.named("scenario.what", what)
        length = f" ({text.number(shapely.length(place))} m)" if what in ("link", "closed", "costs") else ""
        yield f"{told}: {name}{length}" if name else f"{told}{length}"
    for headway in comparison.scenario.headways:
        yield text(
            "scenario.headway",
            line=headway.line,
            n=text.number(headway.headway_min, 1),
            since=headway.between[0],
            to=headway.between[1],
        )
    for line in comparison.scenario.lines:
        if line.remove:
            yield text("scenario.line_removed", line=line.remove)


def _who_gains(comparison: Comparison, text: Catalogue) -> Section:
    """Residents who get there sooner or later, by profile."""
    figures = _figures(comparison)["profiles"]
    first = _most_changed(figures)
    told = {"n": text.number(_figures(comparison)["gain_min"], 1), "hub": _hub(comparison, text)}
    return Section(
        "gains",
        text("scenario.gains"),
        text(
            "scenario.gains_short" if _changed(figures[first]) else "scenario.nobody",
            profile=text.named("profile", first),
            gaining=text.counted("residents", figures[first]["residents"]["gaining"]),
            losing=text.counted("residents", figures[first]["residents"]["losing"]),
            **told,
        ),
        tuple(line for profile, row in figures.items() for line in _told_of(text, profile, row)),
        charts=(
            _outcome_chart(
                text,
                text("scenario.gains_chart", **told),
                told["n"],
                {text.named("profile", profile): row["residents"] for profile, row in figures.items()},
            ),
        ),
        tables=(
            Table(
                "gains",
                text("scenario.gains_caption", **told),
                (
                    Column("profile", text("reach.profile"), number=False),
                    *(Column(outcome, _outcome(text, outcome)) for outcome in OUTCOMES),
                    Column("mean_gain_min", text("scenario.mean_gain")),
                    Column("mean_loss_min", text("scenario.mean_loss")),
                    *(Column(f"median_{side}_min", text(f"scenario.median_{side}")) for side in SIDES),
                ),
                tuple(
                    Row(
                        (
                            Value(text.named("profile", profile)),
                            *(count(text, row["residents"][outcome]) for outcome in OUTCOMES),
                            minutes(text, row["mean_gain_min"]),
                            minutes(text, row["mean_loss_min"]),
                            *(minutes(text, row["median_min"][side]) for side in SIDES),
                        )
                    )
                    for profile, row in figures.items()
                ),
                "comparison.json: profiles",
            ),
        ),
    )


def _told_of(text: Catalogue, profile: str, figures: Mapping[str, Any]) -> Iterator[str]:
    """How many gain by one profile, and how many lose; nothing where nobody does."""
    for outcome, mean in zip(MOVED, ("mean_gain_min", "mean_loss_min"), strict=True):
        residents = figures["residents"][outcome]
        if residents:
            name, by = text.named("profile", profile), text.minutes(figures[mean])
            yield text(f"scenario.{outcome}", profile=name, residents=text.counted("residents", residents), by=by)


def _reach(comparison: Comparison, text: Catalogue) -> Section:
    """Residents within each cutoff before and after, by profile."""
    figures, total = _figures(comparison)["profiles"], max(_figures(comparison)["population_total"], 1)
    at = f"{headline.headline_cutoff(comparison.before):g}"
    told = {"n": text.number(float(at), 1), "hub": _hub(comparison, text)}
    within = {profile: row["population_within"][at] for profile, row in figures.items()}
    first = _most_changed(figures)
    return Section(
        "before-after",
        text("scenario.reach"),
        text(
            "scenario.reach_short",
            profile=text.named("profile", first),
            **{side: text.counted("residents", within[first][side]) for side in SIDES},
            **told,
        ),
        charts=(
            Pairs(
                text("scenario.reach_chart", **told),
                (text("scenario.before"), text("scenario.after")),
                tuple(
                    Pair(text.named("profile", profile), *(share_bar(text, "", row[side] / total) for side in SIDES))
                    for profile, row in within.items()
                ),
            ),
        ),
        tables=(
            Table(
                "before-after",
                text("scenario.reach_caption", hub=told["hub"]),
                (
                    Column("profile", text("reach.profile"), number=False),
                    Column("cutoff_min", text("profile.cutoff")),
                    *(Column(side, text(f"scenario.{side}")) for side in SIDES),
                    Column("change", text("scenario.change")),
                ),
                tuple(
                    Row(
                        (
                            Value(text.named("profile", profile)),
                            Value(text("minutes", n=text.number(float(cutoff), 1)), float(cutoff)),
                            *(count(text, pair[side]) for side in SIDES),
                            count(text, pair["change"]),
                        )
                    )
                    for profile, row in figures.items()
                    for cutoff, pair in row["population_within"].items()
                ),
                "comparison.json: profiles › population_within",
                folded=text("table.open"),
            ),
        ),
    )


def _by_area(comparison: Comparison, text: Catalogue) -> Section | None:
    names = dict(zip(comparison.before.district["code"], comparison.before.district["name"], strict=True))
    return _by_group(comparison, text, "area", {str(code): str(name) for code, name in names.items()})


def _by_age(comparison: Comparison, text: Catalogue) -> Section | None:
    groups = comparison.before.workspace.population.age_groups
    return _by_group(comparison, text, "age", dict(zip(groups, groups, strict=True)))


def _by_group(comparison: Comparison, text: Catalogue, group: str, names: Mapping[str, str]) -> Section | None:
    """Who gains and who loses among the residents of each area or age; None where they are not known."""
    profiles = _figures(comparison)["profiles"]
    first = _most_changed(profiles)
    rows = {key: row for key, row in profiles[first][f"by_{group}"].items() if row["all"] and key in names}
    if not rows or not _changed(profiles[first]):
        return None
    shown = [pair for pair in product(profiles, MOVED) if profiles[pair[0]]["residents"][pair[1]]]
    told = {
        "profile": text.named("profile", first),
        "n": text.number(_figures(comparison)["gain_min"], 1),
        "hub": _hub(comparison, text),
    }
    heading, title = text(f"scenario.by_{group}"), text("scenario.group_chart", **told)
    most, outcome = max(product(rows, MOVED), key=lambda pair: _share(rows[pair[0]], pair[1]))
    share = text.percent(_share(rows[most], outcome))
    return Section(
        f"by-{group}",
        heading,
        text(f"scenario.most_{outcome}", group=names[most], share=share, **told),
        charts=(_outcome_chart(text, title, told["n"], {names[key]: row for key, row in rows.items()}),),
        tables=(
            Table(
                f"by-{group}",
                f"{heading} – {title}",
                (
                    Column(group, text("areas.area" if group == "area" else "ages.group"), number=False),
                    Column("residents", text("areas.residents")),
                    *(
                        Column(f"{profile}_{moved}", f"{text.named('profile', profile)}: {_outcome(text, moved)}")
                        for profile, moved in shown
                    ),
                ),
                tuple(
                    Row(
                        (
                            Value(names[key]),
                            count(text, row["all"]),
                            *(count(text, profiles[profile][f"by_{group}"][key][moved]) for profile, moved in shown),
                        )
                    )
                    for key, row in rows.items()
                ),
                f"comparison.json: profiles › by_{group}",
                folded=text("table.open"),
            ),
        ),
    )


def _connections(comparison: Comparison, text: Catalogue) -> Section | None:
    """How many residents have a connection how often before and after; None where that does not change."""
    figures, total = _figures(comparison)["connections"], max(_figures(comparison)["population_total"], 1)
    if not any(pair["change"] for pair in figures.values()):
        return None
    most = max(figures, key=lambda key: abs(figures[key]["change"]))
    title = text("scenario.connections_caption")
    sides = {side: text.counted("residents", figures[most][side]) for side in SIDES}
    return Section(
        "connections",
        text("connections.title"),
        text("scenario.connections_short", often=how_often(text, most), **sides),
        charts=(
            Pairs(
                title,
                (text("scenario.before"), text("scenario.after")),
                tuple(
                    Pair(how_often(text, key), *(share_bar(text, "", pair[side] / total) for side in SIDES))
                    for key, pair in figures.items()
                ),
            ),
        ),
        tables=(
            Table(
                "connections",
                title,
                (
                    Column("connection", text("connections.how_often"), number=False),
                    *(Column(side, text(f"scenario.{side}")) for side in SIDES),
                    Column("change", text("scenario.change")),
                ),
                tuple(
                    Row((Value(how_often(text, key)), *(count(text, pair[side]) for side in (*SIDES, "change"))))
                    for key, pair in figures.items()
                ),
                "comparison.json: connections",
                folded=text("table.open"),
            ),
        ),
    )


def _services(comparison: Comparison, text: Catalogue) -> Section | None:
    """Residents near a service before and after, of the kinds for which that changes; None where it is none."""
    within = f"population_within_{comparison.before.workspace.access.services_within_min:g}_min"
    pairs = {
        (kind, profile): (row["count"], figures[within])
        for kind, row in _figures(comparison)["services"].items()
        for profile, figures in row["profiles"].items()
        if row["count"]["change"] or figures[within]["change"]
    }
    if not pairs:
        return None
    kind, profile = max(pairs, key=lambda key: abs(pairs[key][1]["change"] or 0))
    told = {"n": text.number(comparison.before.workspace.access.services_within_min, 1)}
    near = pairs[kind, profile][1]
    return Section(
        "services",
        text("services.title"),
        text(
            "scenario.services_short",
            kind=text.named("kind", kind),
            profile=text.named("profile", profile),
            **{side: text.counted("residents", near[side]) for side in SIDES},
            **told,
        ),
        tables=(
            Table(
                "services",
                text("scenario.services_caption", **told),
                (
                    Column("kind", text("services.kind"), number=False),
                    Column("profile", text("reach.profile"), number=False),
                    *(Column(f"places_{side}", text(f"scenario.places_{side}")) for side in SIDES),
                    *(Column(f"residents_{side}", text(f"scenario.near_{side}")) for side in SIDES),
                ),
                tuple(
                    Row(
                        (
                            Value(text.named("kind", kind)),
                            Value(text.named("profile", profile)),
                            *(count(text, pair[side]) for pair in both for side in SIDES),
                        )
                    )
                    for (kind, profile), both in pairs.items()
                ),
                "comparison.json: services",
            ),
        ),
    )


def _outcome_chart(text: Catalogue, title: str, n: str, rows: Mapping[str, Mapping[str, int]]) -> Pairs | Bars:
    """The shares who gain and who lose, a pair of bars a row; one bar where all gain or all lose."""
    there = [moved for moved in MOVED if any(row[moved] for row in rows.values())]
    if len(there) == 1:
        shares = tuple(share_bar(text, label, _share(row, there[0])) for label, row in rows.items())
        return Bars(text("scenario.outcome_chart", outcome=_outcome(text, there[0]), n=n), shares)
    return Pairs(
        title,
        (_outcome(text, "gaining"), _outcome(text, "losing")),
        tuple(
            Pair(label, *(share_bar(text, "", _share(row, moved)) for moved in MOVED)) for label, row in rows.items()
        ),
    )


def _outcome(text: Catalogue, outcome: str) -> str:
    return text.named("scenario.outcome", outcome)


def _share(residents: Mapping[str, int], outcome: str) -> float:
    return residents[outcome] / max(residents["all"], 1)


def _most_changed(figures: Mapping[str, Any]) -> str:
    """The profile by which most residents gain or lose; the first of several."""
    return max(figures, key=lambda name: figures[name]["residents"]["gaining"] + figures[name]["residents"]["losing"])


def _changed(figures: Mapping[str, Any]) -> bool:
    return bool(figures["residents"]["gaining"] or figures["residents"]["losing"])


def _figures(comparison: Comparison) -> Mapping[str, Any]:
    """The figures, whose sides, outcomes and measures are asked for by name."""
    return comparison.figures


def _hub(comparison: Comparison, text: Catalogue) -> str:
    return text.of(comparison.before.workspace.hub.name)
