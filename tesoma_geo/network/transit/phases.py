"""Lines by headway: the phase that the feed does not tell (``exact_times`` 0), drawn many times over."""

from dataclasses import replace

import numpy as np

from tesoma_geo.network.transit.timetable import AnyTimetable, DayTimetable

#: What the draws start from; a router asked twice answers the same.
SEED = 20220118


def has_headways(timetable: DayTimetable, start_s: int, end_s: int) -> bool:
    """Whether a trip that may run within some hours leaves at a phase that nobody knows.

    Parameters
    ----------
    timetable
        What runs.
    start_s, end_s
        First second, and one past the last, on the timetable's scale.

    Returns
    -------
    bool
        True where one does.
    """
    if "headway" not in timetable.trips:
        return False
    drawn = (timetable.trips["headway"] >= 0).to_numpy()
    calls = timetable.calls
    first, last = timetable.first_call[:-1][drawn], timetable.first_call[1:][drawn] - 1
    most_s = timetable.trips["headway_s"].to_numpy()[drawn]
    return bool(((calls.departure_s[first] < end_s) & (calls.arrival_s[last] + most_s >= start_s)).any())


def drawn_phases(timetable: AnyTimetable, draws: int) -> tuple[AnyTimetable, ...]:
    """The timetable with every line by headway at phases that are drawn.

    Trips of one row of ``frequencies.txt`` on one day move together, by less than their headway; rows move
    independently of one another. Over the draws each row's phases are spread evenly (a Latin hypercube sample: McKay,
    Beckman and Conover, Technometrics 1979), so that few draws tell what many do.

    Parameters
    ----------
    timetable
        What runs; lines by headway leave at the start of their hours.
    draws
        How many.

    Returns
    -------
    tuple of DayTimetable
        One a draw, of the same class, with the same trips but for those that would leave after their hours.
    """
    group = timetable.trips["headway"].to_numpy()
    drawn = group >= 0
    headway_s, until_s = (timetable.trips[name].to_numpy()[drawn] for name in ("headway_s", "until_s"))
    groups = int(group.max(initial=-1)) + 1
    random = np.random.default_rng(SEED)
    order = random.permuted(np.tile(np.arange(draws), (groups, 1)), axis=1)
    shares = (order + random.random((groups, draws))) / draws
    timetables = []
    for draw in range(draws):
        later_s = np.zeros(len(group), np.int32)
        later_s[drawn] = np.floor(shares[group[drawn], draw] * headway_s)
        leaves_s = timetable.calls.departure_s[timetable.first_call[:-1][drawn]] + later_s[drawn]
        runs = np.ones(len(group), bool)
        runs[drawn] = leaves_s < until_s
        calls = timetable.calls
        move_s = later_s[calls.trip]
        moved = calls._replace(
            arrival_s=(calls.arrival_s + move_s).astype(np.int32),
            departure_s=(calls.departure_s + move_s).astype(np.int32),
            boards=calls.boards & runs[calls.trip],
            alights=calls.alights & runs[calls.trip],
        )
        timetables.append(replace(timetable, calls=moved))
    return tuple(timetables)
