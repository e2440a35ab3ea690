"""What changed most over the years, in sentences: for the hub and for each kind of service, with its largest cause."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.render.text.catalogue import Catalogue

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


def counts_residents(indicator: str) -> bool:
    """Whether an indicator is a number of residents within minutes, not a share, a median or an index.

    Parameters
    ----------
    indicator
        Its name.

    Returns
    -------
    bool
    """
    return _WITHIN.fullmatch(indicator) is not None


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
        Sentences, the largest change first: for the hub and each kind of service the way of moving and the limit for
        which it is largest; empty where nothing changed by a hundredth of the residents.
    """
    first, last = figures["runs"][0]["rerun"], figures["runs"][-1]["rerun"]
    least = LEAST_SHARE * max(first.get("residents") or 0.0, last.get("residents") or 0.0, 1.0)
    largest: dict[str, tuple[float, WithinMinutes]] = {}
    for one in indicators_within(figures):
        before, after = first.get(one.name), last.get(one.name)
        change = 0.0 if before is None or after is None else abs(after - before)
        if change >= least and (one.kind not in largest or change > largest[one.kind][0]):
            largest[one.kind] = (change, one)
    ordered = sorted(largest.values(), key=lambda row: -row[0])
    return [_sentence(figures, one, text) for _, one in ordered[:TOLD]]


def _sentence(figures: "TrendFigures", one: WithinMinutes, text: Catalogue) -> str:
    """An indicator in the first run and in the last, and the cause that moved it most."""
    before, after = (figures["runs"][end]["rerun"][one.name] or 0.0 for end in (0, -1))
    told = text(
        "trend.finding",
        way=text.named("profile", one.profile).lower(),
        to=text.named("kind", one.kind) if one.kind else text("trend.to_hub"),
        minutes=text.number(one.minutes, 1),
        before=text.number(before),
        after=text.counted("residents", round(after)),
    )
    cause = _largest_cause(figures, one.name)
    return f"{told} {text('trend.most_by', cause=text(f'trend.cause.{cause}').lower())}" if cause else told


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
