"""Turn restrictions out of an OpenStreetMap file, as its relations tell them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tesoma_geo.tables import LeftOut

#: What a restriction may say; https://wiki.openstreetmap.org/wiki/Relation:restriction (read 2026-11).
KINDS = frozenset(
    {
        "no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "no_entry", "no_exit",
        "only_left_turn", "only_right_turn", "only_straight_on", "only_u_turn",
    }
)  # fmt: skip
#: Vehicles that a restriction or its exception may name, and which of the two modes they mean.
VEHICLES: Mapping[str, frozenset[str]] = {
    "vehicle": frozenset({"car", "bicycle"}),
    "motor_vehicle": frozenset({"car"}),
    "motorcar": frozenset({"car"}),
    "bicycle": frozenset({"bicycle"}),
}
#: Values that lift a restriction from a vehicle, or at some hours.
LIFTED = frozenset({"none", "no"})
#: Days of the old tags ``day_on`` and ``day_off``, by their first two letters, as opening hours name them.
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ON_FOOT = "turn restrictions of people on foot, who turn all the same"
AT_HOURS = "hours that were not understood: taken as not there"
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]?([0-5]\d)(?::00)?")


@dataclass(frozen=True)
class Restriction:
    """A turn restriction.

    Attributes
    ----------
    relation
        OpenStreetMap id.
    from_ways, via_nodes, via_ways, to_ways
        Ids of its members by role.
    kind
        One of :data:`KINDS`.
    modes
        ``"car"``, ``"bicycle"``: whom it concerns.
    condition
        When it holds, as in a conditional tag (``"no_left_turn @ (Mo-Fr 07:00-09:00)"``); empty for always.
    otherwise
        Whether it holds where no condition does.
    """

    relation: int
    from_ways: tuple[int, ...]
    via_nodes: tuple[int, ...]
    via_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    kind: str
    modes: frozenset[str]
    condition: str = ""
    otherwise: bool = True


class _Told(NamedTuple):
    """What the tags say for one mode: the kind where no condition holds, and the conditions."""

    kind: str
    condition: str


def restrictions_of(
    relation: int, tags: Mapping[str, str], members: Iterable[tuple[str, int, str]], unread: Counter[str]
) -> list[Restriction]:
    """The restrictions of one relation, one for each kind that it tells.

    Parameters
    ----------
    relation
        Its id.
    tags
        Its tags.
    members
        Type (``"n"``, ``"w"``, ``"r"``), id and role of each member.
    unread
        Reasons why something was not understood, counted here.

    Returns
    -------
    list of Restriction
        Empty where the relation is no restriction that is understood.
    """
    if not tags.get("type", "").startswith("restriction"):
        return []
    tags = {key: value.strip() for key, value in tags.items()}
    if tags["type"] == "restriction:foot" or any(key.startswith("restriction:foot") for key in tags):
        unread[ON_FOOT] += 1
    elif not any(key.partition(":")[0] == "restriction" for key in tags):
        unread["turn restrictions without a kind"] += 1
    by_mode = _by_mode(tags, unread)
    wanted = _kinds(by_mode, unread)
    at: dict[str, list[int]] = {"from": [], "to": [], "via n": [], "via w": []}
    for kind, reference, role in members:
        slot = f"via {kind}" if role == "via" else role
        if slot in at and (role == "via" or kind == "w"):
            at[slot].append(reference)
    if wanted and not (at["from"] and at["to"] and (len(at["via n"]) == 1) != bool(at["via w"])):
        unread["turn restrictions without a from, a via or a to"] += len(wanted)
        return []
    ends = tuple(at["from"]), tuple(at["via n"]), tuple(at["via w"]), tuple(at["to"])
    return [
        Restriction(relation, *ends, kind, frozenset(modes), condition, otherwise)
        for (kind, condition, otherwise), modes in sorted(wanted.items())
    ]


def _by_mode(tags: Mapping[str, str], unread: Counter[str]) -> Mapping[str, _Told]:
    """What holds for each mode: tags that name a vehicle stand over those that name none."""
    excepted = {name.strip().lower() for name in tags.get("except", "").split(";")} - {""}
    named = tags["type"].removesuffix(":conditional").partition(":")[2]
    concerned = VEHICLES.get(named or "vehicle", frozenset())
    for name in excepted:
        concerned = concerned - VEHICLES.get(name, frozenset())
    plain, timed = dict.fromkeys(sorted(concerned), ""), dict.fromkeys(sorted(concerned), "")
    hours = _old_hours(tags)
    # The more vehicles a key means the earlier it is read: a later one stands over it.
    for key in sorted(tags, key=lambda key: (-len(_meant(key)), key)):
        value = tags[key]
        for mode in _meant(key) & concerned if hours is not None else ():
            if key.endswith(":conditional") or "@" in value:
                timed[mode] = value
            elif hours:
                timed[mode] = f"{value} @ ({hours})"
            else:
                plain[mode], timed[mode] = value, ""
    if hours is None and any(_meant(key) & concerned for key in tags):
        unread[AT_HOURS] += 1
    return {mode: _Told(plain[mode], timed[mode]) for mode in plain}


def _meant(key: str) -> frozenset[str]:
    """The modes that a key of a restriction means; none where it is another key."""
    head, _, vehicle = key.removesuffix(":conditional").partition(":")
    return VEHICLES.get(vehicle or "vehicle", frozenset()) if head == "restriction" else frozenset()


def _kinds(by_mode: Mapping[str, _Told], unread: Counter[str]) -> dict[tuple[str, str, bool], set[str]]:
    """(Kind, condition, whether it holds otherwise) → the modes concerned."""
    kinds: dict[tuple[str, str, bool], set[str]] = {}
    strange: set[str] = set()
    for mode, (plain, condition) in by_mode.items():
        always = {part.strip().lower() for part in plain.split(";")}
        values = always | {part.partition("@")[0].strip() for part in re.split(r";(?![^(]*\))", condition)}
        for value in values - {""} - LIFTED:
            if value in KINDS:
                kinds.setdefault((value, condition, value in always), set()).add(mode)
            else:
                strange.add(value)
    unread.update(f"turn restrictions of an unknown kind ({value[:40]})" for value in sorted(strange))
    return kinds


def _old_hours(tags: Mapping[str, str]) -> str | None:
    """The hours of ``day_on``, ``hour_on`` and the like, as opening hours; empty without, None where not understood."""
    days = [tags.get(key, "").strip() for key in ("day_on", "day_off")]
    hours = [tags.get(key, "").strip() for key in ("hour_on", "hour_off")]
    if not any(days) and not any(hours):
        return ""
    named = [day[:2].capitalize() for day in days if day]
    clocks = [_CLOCK.fullmatch(hour) for hour in hours if hour]
    if not set(named) <= set(DAYS) or len(clocks) == 1 or None in clocks:
        return None
    span = "-".join(f"{int(clock[1]):02d}:{clock[2]}" for clock in clocks if clock is not None)
    return " ".join(part for part in ("-".join(dict.fromkeys(named)), span) if part)


def left_out_restrictions(unread: Mapping[str, int]) -> tuple[LeftOut, ...]:
    """What of the restrictions was not understood, as an account.

    Parameters
    ----------
    unread
        Reason → how many were not understood for it.

    Returns
    -------
    tuple of LeftOut
        One a reason, in the order of the alphabet.
    """
    return tuple(LeftOut("turn restrictions", reason, count) for reason, count in sorted(unread.items()))
