"""The values behind the sentences of the pages: the key of each in ``summary.json``, and what stands there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

Keys = tuple[str, ...]


@dataclass(frozen=True)
class TracedValue:
    """A value of ``summary.json``.

    Attributes
    ----------
    where
        Its key, each part below the one before: ``profiles › walk › median_min``.
    plain
        As the file has it.
    """

    where: str
    plain: str


def values_of_way(assessment: "Assessment", profile: str) -> tuple[TracedValue, ...]:
    """What sentences tell of one way of moving: residents in time and between how many, and the minutes of shares.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profile
        The way of moving.

    Returns
    -------
    tuple of TracedValue
        Those that are known.
    """
    cutoff = f"{headline.headline_cutoff(assessment):g}"
    latest = f"{max(assessment.workspace.access.cutoffs_min):g}"
    named = ("profiles", profile)
    sure = ("uncertainty", profile, "figures")
    return _known(
        assessment,
        ("population_total",),
        *dict.fromkeys((*named, "population_within", minutes) for minutes in (cutoff, latest)),
        *((*sure, f"population_within_{cutoff}_min", end) for end in ("low", "high")),
        *((*named, key) for key in ("median_min", "p90_min", "unreachable_population")),
    )


def values_of_table(assessment: "Assessment", key: str) -> tuple[TracedValue, ...]:
    """What the sentences beside a table tell.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    key
        Of the table.

    Returns
    -------
    tuple of TracedValue
        None for a table whose values are in another file, or whose source is as exact.
    """
    return _known(assessment, *_told(assessment, key))


def _told(assessment: "Assessment", key: str) -> Iterator[Keys]:
    first, summary = headline.profiles(assessment)[0], assessment.summary
    transit: Mapping[str, Any] = summary.get("transit") or {}
    if key == "services":
        near = f"population_within_{assessment.workspace.access.services_within_min:g}_min"
        yield from (("services", kind, "profiles", first, near) for kind in summary["services"])
    elif key == "connections":
        yield from (("transit", "residents_connected", name) for name in transit.get("residents_connected", ()))
        yield from (("transit", name) for name in ("next_min", "first_connection", "last_connection"))
    elif key == "trip":
        yield from (("transit", "trip_min", leg) for leg in transit.get("trip_min") or ())
    elif key == "winter":
        cutoff = f"{headline.headline_cutoff(assessment):g}"
        for when in ("before", "after"):
            yield ("winter", "profiles", first, when, "population_within", cutoff)
            yield ("winter", "profiles", first, when, "median_min")
    elif key == "lived":
        experience: Mapping[str, Any] = summary.get("experience") or {"profiles": {}}
        for profile in experience["profiles"]:
            yield from (("experience", "profiles", profile, name) for name in ("affected_population", "mean_added_min"))
    elif key == "nature":
        yield from (("nature", name) for name in ("areas", "hectares", "least_ha"))


def _known(assessment: "Assessment", *asked: Keys) -> tuple[TracedValue, ...]:
    """The values that are there, with their keys."""
    found = ((keys, _at(assessment.summary, keys)) for keys in asked)
    return tuple(TracedValue(" › ".join(keys), f"{value}") for keys, value in found if value is not None)


def _at(figures: Any, keys: Keys) -> Any:
    for key in keys:
        figures = figures.get(key) if isinstance(figures, Mapping) else None
    return figures
