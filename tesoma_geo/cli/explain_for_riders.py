"""What riders want to know of an explained trip: the price of a missed change, and the last way home."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tesoma_geo.analysis.explain_transit import TransitExplanation
    from tesoma_geo.inputs.inputs import Inputs
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


def lifts_for_riders(inputs: "Inputs", lon: float, lat: float) -> dict[str, Any]:
    """What lifts out of order cost at one place, for ``--json``.

    Parameters
    ----------
    inputs
        The layers.
    lon, lat
        The place, in degrees.

    Returns
    -------
    dict
        ``lifts_out_of_order``: ``lifts`` (``id`` and ``station``), and by wheelchair and public transport the median
        minutes ``to_hub_min`` and ``from_hub_min``, with ``…_working_min`` as they were if the lifts worked (null where
        there is no way); empty where all lifts work.
    """
    import numpy as np

    from tesoma_geo.assessment.lift_effects import rolling_seconds

    seconds = rolling_seconds(inputs, np.array([[lon, lat]]))
    if seconds is None or inputs.timetable is None or inputs.timetable.lifts is None:
        return {}
    lifts = inputs.timetable.lifts
    minutes = [None if one == float("inf") else round(float(one) / 60, 3) for one in seconds.ravel()]
    names = ("to_hub_working_min", "from_hub_working_min", "to_hub_min", "from_hub_min")
    named = [{"id": one, "station": name} for one, name in zip(lifts.ids, lifts.names, strict=True)]
    return {"lifts_out_of_order": {"lifts": named, **dict(zip(names, minutes, strict=True))}}


def lift_lines(content: dict[str, Any]) -> list[str]:
    """The same as sentences.

    Parameters
    ----------
    content
        What :func:`lifts_for_riders` returns.

    Returns
    -------
    list of str
        One a direction; none where all lifts work.
    """
    if not content:
        return []
    figures = content["lifts_out_of_order"]
    lifts = ", ".join(f"{one['id']} ({one['station']})" if one["station"] else one["id"] for one in figures["lifts"])

    def minutes(name: str) -> str:
        return "no way" if figures[name] is None else f"{figures[name]:.1f} min"

    return [
        f"in a wheelchair {way} the hub: {minutes(f'{key}_min')}; if the lifts worked {minutes(f'{key}_working_min')} "
        f"(out of order: {lifts})"
        for way, key in (("to", "to_hub"), ("from", "from_hub"))
    ]
