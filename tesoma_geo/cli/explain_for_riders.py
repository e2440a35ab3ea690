"""What riders want to know of an explained trip: the price of a missed change, and the last way home."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tesoma_geo.analysis.explain_transit import TransitExplanation
    from tesoma_geo.network.transit.timetable import DayTimetable


def for_riders(explanation: "TransitExplanation", timetable: "DayTimetable") -> dict[str, Any]:
    """The content for ``--json``.

    Parameters
    ----------
    explanation
        Of a trip.
    timetable
        That it was found in.

    Returns
    -------
    dict
        ``missed_changes``: for each change its ``stop``, the ``line`` missed, when that ``leaves`` (clock time) and
        ``lost_min`` (null where there is no way any more). ``last_way_home``: ``leaves``, ``arrives``, and
        ``covers_day``, whether it can be the day's last, with ``hours``, first and last clock time of the timetable;
        null where no vehicle is worth taking.
    """
    from tesoma_geo.network.transit.service import covers_day, hours

    clock, home = timetable.clock, explanation.last_way_home
    return {
        "missed_changes": [
            {
                "stop": change.stop,
                "line": change.line,
                "leaves": clock(change.leaves_s),
                "lost_min": None if change.lost_s == float("inf") else round(change.lost_s / 60, 3),
            }
            for change in explanation.missed_changes
        ],
        "last_way_home": home
        and {
            "leaves": clock(home.leaves_s),
            "arrives": clock(home.arrives_s),
            "covers_day": covers_day(timetable),
            "hours": [clock(second) for second in hours(timetable)],
        },
    }


def lines_for_riders(explanation: "TransitExplanation", timetable: "DayTimetable") -> list[str]:
    """The same as sentences.

    Parameters
    ----------
    explanation
        Of a trip.
    timetable
        That it was found in.

    Returns
    -------
    list of str
        One a change, and one of the last way home where there is one.
    """
    content = for_riders(explanation, timetable)
    lines = []
    for change in content["missed_changes"]:
        lost_min = change["lost_min"]
        cost = "there is no way on" if lost_min is None else f"the trip takes {lost_min:.1f} min longer"
        lines.append(f"missed line {change['line']} at {change['stop']}, {change['leaves']}: {cost}")
    home = content["last_way_home"]
    if home:
        since, to = home["hours"]
        of = "" if home["covers_day"] else f" in the timetable at hand, {since[:5]}–{to[:5]}"
        lines.append(f"last way home{of}: leaves the hub at {home['leaves']}, there at {home['arrives']}")
    return lines
