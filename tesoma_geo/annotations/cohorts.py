"""Closed cohorts: answers wait until their cohort closes, are counted once, and their figures never change again.

A cohort closes on an announced date with at least ``[publish] cohort`` respondents. Closing divides what they said into
disclosure groups (:mod:`tesoma_geo.annotations.k_anonymity`) once and freezes the figures; nothing computes them again.
Whoever leaves, changes or hides something afterwards changes no figure; what is new or changed waits for the next
cohort. So two releases differ by whole cohorts, and a cohort's figures are about groups of k respondents or more. A
cohort of fewer than ``[publish] cohort`` respondents that cannot wait gives its total alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.annotations.counted_records import (
    AGE,
    SAID,
    counted_annotations,
    fingerprints,
    people_records,
    said_records,
)
from tesoma_geo.annotations.counted_voices import hash_in, uncounted, voices_in, with_voices
from tesoma_geo.annotations.k_anonymity import DisclosureGroup, disclosure_groups
from tesoma_geo.annotations.noise import Noise
from tesoma_geo.annotations.street_places import StreetPlaces
from tesoma_geo.annotations.trust import limited_groups
from tesoma_geo.workspace.annotations import Publish

#: Item of a member that stands for the person: their age and role, and that they took part.
PERSON = ""
#: Columns of the members: which item of whom was counted in which cohort, and the hash of what it was.
MEMBER_COLUMNS = ("cohort", "respondent", "item", "fingerprint")
#: Further figures of a cohort: its annotations and k → what JSON takes. Asked once, when the cohort closes.
FurtherFigures = Callable[[gpd.GeoDataFrame, int], Mapping[str, Any]]
#: Gives the streets of the map, in the CRS of the annotations, or None; asked only when a cohort closes.
ReadStreets = Callable[[], StreetPlaces | None]


@dataclass(frozen=True)
class Cohort:
    """The figures of a closed cohort: all that the public ever learns of it.

    Attributes
    ----------
    name
        The announced date or round, else a number.
    closed
        The day on which it was closed, ISO 8601; None where nothing is remembered.
    respondents
        How many took part who had not been counted before; None when they are fewer than k.
    k
        Fewest respondents of a group, as promised when it closed.
    cell_m
        Side of the smallest squares, in metres.
    groups
        What they said and who they are; none when the cohort was too small and gives its total alone.
    further
        What :data:`FurtherFigures` gave.
    withdrawn
        Whether it was taken back, as a whole.
    noise
        That was drawn for its figures once, when it closed; None where they are exact.
    """

    name: str
    closed: str | None
    respondents: int | None
    k: int
    cell_m: float
    groups: tuple[DisclosureGroup, ...]
    further: Mapping[str, Any] = field(default_factory=dict)
    withdrawn: bool = False
    noise: Noise | None = None

    def to_json(self) -> dict[str, Any]:
        """The figures as JSON takes them, for the store.

        Returns
        -------
        dict
            The attributes by name, but for the name and whether it is withdrawn.
        """
        content = {"closed": self.closed, "respondents": self.respondents, "k": self.k, "cell_m": self.cell_m,
                   "groups": [group.to_json() for group in self.groups], "further": dict(self.further)}  # fmt: skip
        return content if self.noise is None else {**content, "noise": self.noise.to_json()}

    @classmethod
    def from_json(cls, name: str, content: Mapping[str, Any], *, withdrawn: bool = False) -> "Cohort":
        """The inverse of :meth:`to_json`.

        Parameters
        ----------
        name
            Of the cohort.
        content
            What :meth:`to_json` gave.
        withdrawn
            Whether it was taken back.

        Returns
        -------
        Cohort
        """
        groups = tuple(DisclosureGroup.from_json(group) for group in content["groups"])
        noise = Noise.from_json(content["noise"]) if "noise" in content else None
        return cls(name, content["closed"], content["respondents"], content["k"], content["cell_m"], groups,
                   content["further"], withdrawn, noise)  # fmt: skip


@dataclass(frozen=True)
class ClosingDate:
    """A cohort that is to close.

    Attributes
    ----------
    name
        Of the cohort.
    day
        From which day it may close; None where no date is announced.
    round
        Only what was said in this round; None for everything that waits.
    final
        Whether what waits cannot wait for a later date: then fewer respondents than a cohort needs give their total.
    """

    name: str
    day: date | None = None
    round: str | None = None
    final: bool = False


@dataclass(frozen=True, eq=False)
class Waiting:
    """What was said and is in no cohort yet, exactly; for moderators.

    Attributes
    ----------
    annotations
        That may be counted, are new or changed since they were, and of topics on which their respondents were not
        counted yet.
    respondents
        Of the respondents who were never counted, their rows.
    people
        Pseudonyms of everybody who waits with something.
    unseen
        All annotations that are new or changed, also those of topics on which their respondents were counted already.
    """

    annotations: gpd.GeoDataFrame
    respondents: pd.DataFrame
    people: frozenset[str]
    unseen: gpd.GeoDataFrame


def announced_closings(settings: Publish) -> list[ClosingDate]:
    """The cohorts that the workspace announces, in order of their dates.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.

    Returns
    -------
    list of ClosingDate
        None where no date is announced.
    """
    closes = settings.cohort_closes
    if isinstance(closes, Mapping):
        rounds = sorted(closes.items(), key=lambda item: (item[1], item[0]))
        return [ClosingDate(name, day, round=name, final=True) for name, day in rounds]
    return [ClosingDate(day.isoformat(), day, final=day == closes[-1]) for day in closes]


def due_closings(settings: Publish, closed: Sequence[Cohort], today: date, *, final: bool = False) -> list[ClosingDate]:
    """The cohorts whose day has come.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    closed
        Cohorts that are closed, withdrawn ones too.
    today
        The day.
    final
        Whether a cohort without an announced date cannot wait either.

    Returns
    -------
    list of ClosingDate
        Of several dates that have passed the last one; without announced dates the next number.
    """
    names = {cohort.name for cohort in closed}
    announced = announced_closings(settings)
    if not announced:
        return [ClosingDate(next_name(closed), final=final)]
    passed = [closing for closing in announced if closing.day is not None and closing.day <= today]
    if isinstance(settings.cohort_closes, Mapping):
        return [closing for closing in passed if closing.name not in names]
    return [] if not passed or passed[-1].name in names else passed[-1:]


def next_name(closed: Sequence[Cohort]) -> str:
    """A number for a cohort without an announced date.

    Parameters
    ----------
    closed
        Cohorts that are closed.

    Returns
    -------
    str
        Above all numbers that are taken.
    """
    return str(1 + max((int(cohort.name) for cohort in closed if cohort.name.isdecimal()), default=0))


def waiting_answers(
    annotations: gpd.GeoDataFrame, respondents: pd.DataFrame, members: pd.DataFrame, round_name: str | None = None
) -> Waiting:
    """What no cohort has counted yet.

    Parameters
    ----------
    annotations, respondents
        The store's.
    members
        Who was counted with what: :data:`MEMBER_COLUMNS`.
    round_name
        Only what was said in this round.

    Returns
    -------
    Waiting
    """
    counted = counted_annotations(annotations)
    known = set(zip(members["item"], map(hash_in, members["fingerprint"]), strict=True))
    new = [pair not in known for pair in zip(counted["annotation_id"], fingerprints(counted), strict=True)]
    before = set(members["respondent"][members["item"] == PERSON])
    fresh = respondents[~respondents["respondent"].isin(before)]
    waiting = counted[np.array(new, bool)]
    if round_name is not None:
        waiting = waiting[waiting["round"] == round_name]
        fresh = fresh[fresh["respondent"].isin(annotations["respondent"][annotations["round"] == round_name])]
    people = frozenset(waiting["respondent"]) | frozenset(fresh["respondent"])
    waiting = waiting.reset_index(drop=True)
    return Waiting(uncounted(waiting, voices_in(members)), fresh.reset_index(drop=True), people, waiting)


def closed_cohort(
    closing: ClosingDate,
    waiting: Waiting,
    settings: Publish,
    *,
    today: date | None,
    further: FurtherFigures | None = None,
    streets: ReadStreets | None = None,
) -> tuple[Cohort, pd.DataFrame] | None:
    """Close a cohort: divide and count what waits, once.

    Parameters
    ----------
    closing
        Which cohort.
    waiting
        What it is made of.
    settings
        The workspace's ``[publish]``.
    today
        The day; None where nothing is remembered.
    further
        Gives more figures of the cohort's annotations; asked only of a cohort that is large enough.
    streets
        Gives the streets on which barriers are counted; without them they are counted in squares.

    Returns
    -------
    tuple of Cohort and DataFrame, or None
        The figures and the members; None when too few wait.
    """
    k, newcomers = settings.k, len(waiting.respondents)
    large = len(waiting.people) >= settings.cohort
    if not large and (not closing.final or newcomers < k):
        return None
    groups: list[DisclosureGroup] = []
    said, persons = waiting.annotations, waiting.respondents
    more: Mapping[str, Any] = {}
    divided: list[DisclosureGroup] = []
    counted: pd.DataFrame | None = None
    if large:
        people = people_records(persons)
        places = streets() if streets is not None else None
        records = pd.concat([said_records(said, settings.cell_m, places), people], ignore_index=True)
        disclosed = disclosure_groups(records, k)
        divided = [group for group, _ in disclosed]
        groups = limited_groups(disclosed, records, said, persons, settings)
        groups = groups if places is None else places.with_outlines(groups)
        counted = records[records["family"] == SAID]
        said = said if said["respondent"].nunique() >= k else said.iloc[:0]
        persons = persons if newcomers >= k else persons.iloc[:0]
        more = further(said, k) if further is not None else {}
    cohort = Cohort(closing.name, today.isoformat() if today else None, newcomers if newcomers >= k else None, k,
                    settings.cell_m, tuple(groups), more)  # fmt: skip
    waits = set(waiting.annotations["annotation_id"]) - set(said["annotation_id"])
    done = waiting.unseen[~waiting.unseen["annotation_id"].isin(waits)] if large else said
    marks = with_voices(fingerprints(done), done["annotation_id"].tolist(), counted, divided)
    return cohort, counted_members(closing.name, done, persons, marks)


def respondents_by_age(groups: Sequence[DisclosureGroup]) -> int:
    """How many respondents the groups by age count, each once.

    Parameters
    ----------
    groups
        Of one cohort.

    Returns
    -------
    int
    """
    return sum(group.voices for group in groups if group.kind == AGE)


def no_members() -> pd.DataFrame:
    """The members before anything was closed.

    Returns
    -------
    DataFrame
        Without rows.
    """
    return pd.DataFrame(columns=list(MEMBER_COLUMNS), dtype="str")


def counted_members(name: str, said: gpd.GeoDataFrame, persons: pd.DataFrame, marks: Sequence[str]) -> pd.DataFrame:
    """Who was counted with what.

    Parameters
    ----------
    name
        Of the cohort.
    said
        Annotations that were seen at closing.
    persons
        Respondents who were counted as people.
    marks
        Fingerprint of each annotation.

    Returns
    -------
    DataFrame
        :data:`MEMBER_COLUMNS`.
    """
    items = pd.DataFrame(
        {"cohort": name, "respondent": said["respondent"].to_numpy(), "item": said["annotation_id"].to_numpy(),
         "fingerprint": list(marks)}
    )  # fmt: skip
    people = pd.DataFrame(
        {"cohort": name, "respondent": persons["respondent"].to_numpy(), "item": PERSON, "fingerprint": ""}
    )
    return pd.concat([no_members(), items, people], ignore_index=True)
