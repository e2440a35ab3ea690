"""What changed most over the years, in sentences: for the hub and for each kind of service, with its largest cause."""

import re
from collections.abc import Iterator
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
    names = list(figures["runs"][0]["rerun"])
    profiles = [name.removesuffix("_unreachable") for name in names if name.endswith("_unreachable")]
    found = []
    for name in names:
        match = _WITHIN.fullmatch(name)
        ways = [profile for profile in profiles if match and f"{match['way']}_".startswith(f"{profile}_")]
        if match and ways:
            profile = max(ways, key=len)
            kind = match["way"][len(profile) + 1 :]
            found.append(WithinMinutes(name, profile, kind, float(match["n"])))
    return found


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
    largest: dict[str, tuple[float, str]] = {}
    for change, one, sentence in _changes(figures, text):
        if change > largest.get(one.kind, (0.0, ""))[0]:
            largest[one.kind] = (change, sentence)
    return [sentence for _, sentence in sorted(largest.values(), key=lambda row: -row[0])][:TOLD]


def _changes(figures: "TrendFigures", text: Catalogue) -> Iterator[tuple[float, WithinMinutes, str]]:
    """The change as a share of the residents, what changed, and its sentence."""
    first, last = figures["runs"][0]["rerun"], figures["runs"][-1]["rerun"]
    residents = max(first.get("residents") or 0.0, last.get("residents") or 0.0, 1.0)
    for one in indicators_within(figures):
        before, after = first.get(one.name), last.get(one.name)
        if before is None or after is None or abs(after - before) < LEAST_SHARE * residents:
            continue
        way, limit = text.named("profile", one.profile).lower(), text.number(one.minutes, 1)
        to = text("trend.to_hub") if not one.kind else text.named("kind", one.kind)
        values = {"before": text.number(before), "after": text.counted("residents", round(after))}
        told = text("trend.finding", way=way, to=to, minutes=limit, **values)
        cause = _largest_cause(figures, one.name)
        sentence = f"{told} {text('trend.most_by', cause=text(f'trend.cause.{cause}').lower())}" if cause else told
        yield abs(after - before) / residents, one, sentence


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
