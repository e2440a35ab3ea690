"""Everything a transit router prepares once: the hours it answers for, and who may change where."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.transit.budget import sweep_within
from tesoma_geo.network.transit.events import Boarding, events_of, usable
from tesoma_geo.network.transit.patterns import Patterns, patterns_of
from tesoma_geo.network.transit.sweep import Ends, Events, Side, Swept, sweep
from tesoma_geo.network.transit.timetable import Timetable
from tesoma_geo.network.transit.transfer_reduction import reduced
from tesoma_geo.network.transit.transfers import changes_of


@dataclass(frozen=True)
class PreparedTimetable:
    """The part of a timetable that trips within some hours can use.

    Attributes
    ----------
    start_s
        Second of the timetable that is second 0 of the frame.
    frame_s
        Length of the frame.
    call
        Call of each event, shape (events,).
    to, from_
        What a sweep to a place works on, and a sweep from one.
    patterns
        Trips that keep their order.
    stops, trips
        How many there are.
    """

    start_s: int
    frame_s: int
    call: NDArray[np.int32]
    to: Side
    from_: Side
    patterns: Patterns
    stops: int
    trips: int

    @classmethod
    def of(
        cls, timetable: Timetable, transfers: pd.DataFrame, start_s: int, end_s: int, boarding: Boarding
    ) -> "PreparedTimetable":
        """Prepare the seconds from ``start_s`` to ``end_s`` of a timetable."""
        every, call = events_of(timetable, boarding)
        begin, end = np.searchsorted(every.time_s, [start_s, end_s])
        hours = slice(begin, end)
        time_s = (every.time_s[hours] - start_s).astype(np.int32)
        events = Events(time_s, every.stop[hours].copy(), every.trip[hours].copy(), every.does[hours].copy())
        call = call[begin:end]
        patterns = patterns_of(timetable, *usable(timetable, boarding))
        stops, trips = len(timetable.stops), len(timetable.trips)
        changes = changes_of(timetable, patterns, events, call, transfers, start_s)
        to = Side(events, reduced(events, changes, stops, trips))
        return cls.seen_both_ways(to, call, patterns, start_s, end_s, stops, trips)

    @classmethod
    def seen_both_ways(
        cls, to: Side, call: NDArray[np.int32], patterns: Patterns, start_s: int, end_s: int, stops: int, trips: int
    ) -> "PreparedTimetable":
        """The board of events and changes that are known."""
        frame_s = end_s - start_s
        from_ = Side(to.events.turned(frame_s), to.changes.turned())
        return cls(start_s, frame_s, call, to, from_, patterns, stops, trips)

    def side(self, turned: bool) -> Side:
        """The side of a sweep."""
        return self.from_ if turned else self.to

    def swept(self, ends: Ends, earliest: int, turned: bool, budget_s: int | None = None) -> Swept:
        """Sweep to the place at ``ends``, or ``turned`` from it; with a budget of walking if one is given."""
        side = self.side(turned)
        if budget_s is not None:
            return sweep_within(side.events, side.changes, ends, earliest, self.stops, self.trips, budget_s)
        return sweep(side.events, side.changes, ends, earliest, self.stops, self.trips)
