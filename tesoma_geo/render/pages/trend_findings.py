"""What changed most over the years, in sentences: for the hub and for each kind of service, with its largest cause."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import by_way

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import TrendFigures

#: So many are told at most, one a kind of service and one of the hub.
TOLD = 6
#: Smaller changes, in shares of all residents, are not worth a sentence.
LEAST_SHARE = 0.01

_WITHIN = re.compile(r"(?P<way>.+)_within_(?P<n>[\d.]+)_min")


@dataclass(frozen=True)
class WithinMinutes:
    """An indicator: residents within minutes of the hub, or of the nearest service of a kind.

    Attributes
    ----------
    name
        The indicator.
    profile
        The way of moving.
    kind
        The kind of service; empty for the hub.
    minutes
        The limit.
    """

    name: str
    profile: str
    kind: str
    minutes: float


def profiles_of(figures: "TrendFigures") -> list[str]:
    """The ways of moving that a trend tells of.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.

    Returns
    -------
    list of str
        In the order of the file.
    """
    return [name.removesuffix("_unreachable") for name in figures["runs"][0]["rerun"] if name.endswith("_unreachable")]


def indicators_within(figures: "TrendFigures") -> list[WithinMinutes]:
    """The indicators that count residents within minutes.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.

    Returns
    -------
    list of WithinMinutes
        In the order of the file.
    """
    profiles, found = profiles_of(figures), []
    for name in figures["runs"][0]["rerun"]:
        match = _WITHIN.fullmatch(name)
        ways = [profile for profile in profiles if match and f"{match['way']}_".startswith(f"{profile}_")]
        if match and ways:
            profile = max(ways, key=len)
            kind = match["way"][len(profile) + 1 :]
            found.append(WithinMinutes(name, profile, kind, float(match["n"])))
    return found


def values_of(figures: "TrendFigures", indicator: str) -> list[float] | None:
    """An indicator in each run.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    indicator
        Its name.

    Returns
    -------
    list of float or None
        None where a run does not have it, or never reaches it.
    """
    values = [run["rerun"].get(indicator) for run in figures["runs"]]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def findings(figures: "TrendFigures", text: Catalogue) -> list[str]:
    """What changed most from the first run to the last.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    list of str
        Sentences, the largest change first, those that may be none after the others: for the hub and each kind of
        service the way of moving and the limit for which the share of residents changed most, those of which the same
        is told in one; how many residents there are comes last where that changed. Empty where nothing changed by a
        hundredth.
    """
    ordered = sorted(_most_changed(figures), key=lambda one: is_uncertain(figures, one))
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in ordered:
        alike.setdefault((finding_key(one), *_told(figures, one, text)), []).append(destination_name(one.kind, text))
    since = since_words(figures, text)
    told = [_sentence(same, names, since, text) for same, names in alike.items()]
    if residents_moved(figures):
        before, after = map(text.number, _residents(figures))
        told.append(text("trend.residents", before=before, after=after, since=since_words(figures, text)))
    return told


def finding_key(one: WithinMinutes) -> str:
    """Which sentence tells of an indicator: who gets there, or who gets to the nearest.

    Parameters
    ----------
    one
        The indicator.

    Returns
    -------
    str
        The key of the text.
    """
    return "trend.finding_near" if one.kind else "trend.finding"


def since_words(figures: "TrendFigures", text: Catalogue) -> str:
    """When the first run is of.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    str
        The year, as a sentence has it; the day where the last run is of the same year.
    """
    first, last = (figures["runs"][end]["date"] for end in (0, -1))
    if first[:4] != last[:4]:
        return text("trend.in_year", year=first[:4])
    return text("trend.on_day", day=text.day(first))


def headline(figures: "TrendFigures", text: Catalogue) -> str:
    """The first finding; where it comes from places that may be new on the map alone, how many these are.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    str
        Empty where nothing changed.
    """
    told = findings(figures, text)[:1]
    first = first_finding(figures)
    more = map_more(figures, first) if first is not None else 0
    if first is None or not more:
        return "".join(told)
    to = destination_name(first.kind, text)
    finding = told[0].removeprefix(f"{to}: ")
    return told[0] if finding == told[0] else text.counted("trend.map_more", more, to=to, finding=finding)


def first_finding(figures: "TrendFigures") -> WithinMinutes | None:
    """The indicator that the headline tells of; None where nothing changed.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.

    Returns
    -------
    WithinMinutes or None
    """
    return min(_most_changed(figures), key=lambda one: is_uncertain(figures, one), default=None)


def map_more(figures: "TrendFigures", one: WithinMinutes) -> int:
    """How many places of a kind the map has more, where it is not known whether they are new.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    one
        An indicator of a kind of service.

    Returns
    -------
    int
        0 where anything else of the kind changed too, or the change is known.
    """
    rows = [row for step in figures["steps"] for row in step["map"] if row["kind"] == one.kind]
    added = [row for row in rows if row["verdict"] == "unknown" and row["change"] == "added"]
    return len(added) if len(added) == len(rows) else 0


def map_doubt(figures: "TrendFigures", text: Catalogue) -> str:
    """Whether the first finding may be, or is, a better map alone, and that it has no interval where it has none.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    str
        Sentences; empty where the finding has an interval and places changed, or nothing of its kind did on the map.
    """
    one = first_finding(figures)
    if one is None:
        return ""
    verdicts, told = _verdicts(figures, one), []
    if "unknown" in verdicts:
        told.append(text("trend.maybe_new" if map_more(figures, one) else "trend.maybe_map"))
    elif verdicts == {"correction"}:
        told.append(text("trend.only_map"))
    rows = [step["indicators"].get(f"{one.name}_share") for step in figures["steps"]]
    if all(row is None or row["low"] is None for row in rows):
        told.append(text("trend.no_range"))
    return " ".join(told)


def _most_changed(figures: "TrendFigures") -> list[WithinMinutes]:
    """Of the hub and each kind of service the indicator whose share changed most, the largest change first."""
    largest: dict[str, tuple[float, WithinMinutes]] = {}
    for one in indicators_within(figures):
        shares = shares_of(figures, one.name)
        change = 0.0 if shares is None else abs(shares[1] - shares[0])
        if change >= LEAST_SHARE and (one.kind not in largest or change > largest[one.kind][0]):
            largest[one.kind] = (change, one)
    return [one for _, one in sorted(largest.values(), key=lambda row: -row[0])[:TOLD]]


def _residents(figures: "TrendFigures") -> tuple[float, float]:
    """All residents in the first run and in the last; at least one."""
    first, last = (figures["runs"][end]["rerun"].get("residents") or 1.0 for end in (0, -1))
    return first, last


def residents_moved(figures: "TrendFigures") -> bool:
    """Whether the number of residents changed so much that shares tell more than numbers of them.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.

    Returns
    -------
    bool
    """
    before, after = _residents(figures)
    return abs(after - before) >= LEAST_SHARE * max(before, after)


def destination_name(kind: str, text: Catalogue) -> str:
    """Where to: a kind of service, or the hub.

    Parameters
    ----------
    kind
        The kind; empty for the hub.
    text
        The language.

    Returns
    -------
    str
    """
    return text.named("kind", kind) if kind else text("trend.to_hub")


def shares_of(figures: "TrendFigures", name: str) -> tuple[float, float] | None:
    """An indicator as a share of the residents of its run: in the first run and in the last.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    name
        One that counts residents.

    Returns
    -------
    tuple of float or None
        None where one of the two runs does not have it.
    """
    first, last = (figures["runs"][end]["rerun"].get(name) for end in (0, -1))
    before, after = _residents(figures)
    return None if first is None or last is None else (first / before, last / after)


def _told(figures: "TrendFigures", one: WithinMinutes, text: Catalogue) -> tuple[str, ...]:
    """What a sentence says of an indicator besides where to: way of moving, limit, before, after, largest cause.

    In shares of the residents of each run, as its chart: that more people live in the district is no change of how
    they get about.
    """
    shares = shares_of(figures, one.name) or (0.0, 0.0)
    values = (text.percent(shares[0]), text("trend.share", share=text.percent(shares[1])))
    cause = _cause(figures, one, farther=shares[1] < shares[0], text=text)
    return (by_way(text, one.profile), text.number(one.minutes, 1), *values, cause)


def _sentence(same: tuple[str, ...], names: list[str], since: str, text: Catalogue) -> str:
    """An indicator in the first run and in the last, and the cause that moved it most."""
    key, way, minutes, before, after, cause = same
    to = ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    told = text(key, by=way, to=to, minutes=minutes, before=before, after=after, since=since)
    return f"{told} {cause}" if cause else told


def _cause(figures: "TrendFigures", one: WithinMinutes, *, farther: bool, text: Catalogue) -> str:
    """What moved an indicator most; that it may not have moved; nothing where a doubt of the map says more."""
    if is_uncertain(figures, one):
        return text("trend.uncertain")
    cause = _largest_cause(figures, f"{one.name}_share")
    if not cause or (cause == "services" and _verdicts(figures, one) & {"unknown", "correction"}):
        return ""
    if cause == "residents_where":
        cause = "residents_farther" if farther else "residents_nearer"
    return text(f"trend.most_by.{cause}")


def is_uncertain(figures: "TrendFigures", one: WithinMinutes) -> bool:
    """Whether every change of an indicator may as well be none.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    one
        The indicator.

    Returns
    -------
    bool
        False where a change has no interval, or one without 0 in it.
    """
    rows = [step["indicators"].get(f"{one.name}_share") for step in figures["steps"]]
    moved = [row for row in rows if row is not None and abs(row["change"]) >= LEAST_SHARE / 2]
    return bool(moved) and all(
        row["low"] is not None and row["high"] is not None and row["low"] <= 0.0 <= row["high"] for row in moved
    )


def _verdicts(figures: "TrendFigures", one: WithinMinutes) -> set[str]:
    """What is known of the changes of the map of the kind that an indicator is about."""
    kind = one.kind or "way"
    return {row["verdict"] for step in figures["steps"] for row in step["map"] if row["kind"] == kind}


def _largest_cause(figures: "TrendFigures", name: str) -> str:
    """The cause that moved an indicator most over all steps; empty where a step could not be taken apart."""
    sums: dict[str, float] = {}
    for step in figures["steps"]:
        row = step["indicators"].get(name)
        if row is None and name in step["left_out"]:
            return ""
        for cause, part in ({} if row is None else {**row["parts"], "software": row["software"]}).items():
            sums[cause] = sums.get(cause, 0.0) + part
    return max(sorted(sums), key=lambda cause: abs(sums[cause]), default="")
