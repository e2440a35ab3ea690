"""Turn restrictions out of an OpenStreetMap file, as its relations tell them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    """

    relation: int
    from_ways: tuple[int, ...]
    via_nodes: tuple[int, ...]
    via_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    kind: str
    modes: frozenset[str]


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
    by_kind: dict[str, set[str]] = {}
    excepted = {name.strip() for name in tags.get("except", "").split(";")} - {""}
    for key, value in tags.items():
        head, _, vehicle = key.partition(":")
        if head != "restriction" or vehicle in ("source", "note"):
            continue
        if vehicle.endswith("conditional") or "@" in value:
            unread["turn restrictions that hold at some hours"] += 1
            continue
        if value not in KINDS:
            unread[f"turn restrictions of an unknown kind ({value[:40]})"] += 1
            continue
        modes = VEHICLES["vehicle"] if not vehicle else VEHICLES.get(vehicle, frozenset())
        named = tags["type"].partition(":")[2]
        if named:
            modes &= VEHICLES.get(named, frozenset())
        for name in excepted:
            modes -= VEHICLES.get(name, frozenset())
        if modes:
            by_kind.setdefault(value, set()).update(modes)
    if any(tags.get(key) for key in ("hour_on", "day_on", "hour_off", "day_off")) and by_kind:
        unread["turn restrictions that hold at some hours"] += len(by_kind)
        return []
    at: dict[str, list[int]] = {"from": [], "to": [], "via n": [], "via w": []}
    for kind, reference, role in members:
        slot = f"via {kind}" if role == "via" else role
        if slot in at and (role == "via" or kind == "w"):
            at[slot].append(reference)
    if by_kind and not (at["from"] and at["to"] and (len(at["via n"]) == 1) != bool(at["via w"])):
        unread["turn restrictions without a from, a via or a to"] += len(by_kind)
        return []
    return [
        Restriction(
            relation, tuple(at["from"]), tuple(at["via n"]), tuple(at["via w"]), tuple(at["to"]), kind, frozenset(modes)
        )
        for kind, modes in sorted(by_kind.items())
    ]


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
