"""Everything a transit router prepares once: the hours it answers for, and the transfers within them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.transit.budget import sweep_within
from tesoma_geo.network.transit.events import Boarding, events_of, usable
from tesoma_geo.network.transit.patterns import Patterns, patterns_of
from tesoma_geo.network.transit.sweep import Ends, EventGraph, Events, SweepResult, sweep
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.transfer_reduction import reduce_transfers
from tesoma_geo.network.transit.transfers import event_transfers
from tesoma_geo.network.transit.trip_rules import rules_in_seconds, with_rules, without_rules


@dataclass(frozen=True, eq=False)
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
    layers
        How often each of them is there: once a ride, where rides are capped.
    """

    start_s: int
    frame_s: int
    call: NDArray[np.int32]
    to: EventGraph
    from_: EventGraph
    patterns: Patterns
    stops: int
    trips: int
    layers: int = 1

    @property
    def stop(self) -> NDArray[np.int32]:
        """Row of the timetable's stop at each event of a sweep to a place, shape (events,)."""
        return self.to.events.stop % np.int32(max(self.stops // self.layers, 1))

    @classmethod
    def of(
        cls,
        timetable: DayTimetable,
        stop_transfers: pd.DataFrame,
        start_s: int,
        end_s: int,
        boarding: Boarding,
        rules: pd.DataFrame | None = None,
    ) -> "PreparedTimetable":
        """Prepare some hours of a timetable.

        Parameters
        ----------
        timetable
            What runs.
        stop_transfers
            The transfers between stops; see :func:`~tesoma_geo.network.transit.legs.stop_transfers`.
        start_s, end_s
            First second, and one past the last, on the timetable's scale.
        boarding
            Which vehicles and stops serve.
        rules
            What changes between single trips or lines take; see
            :func:`~tesoma_geo.network.transit.trip_rules.rules_in_seconds`.

        Returns
        -------
        PreparedTimetable
            The events of these hours, with the transfers that can be worth it.
        """
        rules = rules_in_seconds(timetable, stop_transfers, 0) if rules is None else rules
        timed = [table.loc[table["need_s"] == 0, ["from_stop", "to_stop"]] for table in (stop_transfers, rules)]
        instant = np.unique(np.concatenate(timed).astype(np.int32), axis=0)
        every, call = events_of(timetable, boarding, instant)
        begin, end = np.searchsorted(every.time_s, [start_s, end_s])
        hours = slice(begin, end)
        time_s = (every.time_s[hours] - start_s).astype(np.int32)
        events = Events(time_s, every.stop[hours].copy(), every.trip[hours].copy(), every.does[hours].copy())
        call = call[begin:end]
        patterns = patterns_of(timetable, *usable(timetable, boarding))
        stops, trips = len(timetable.stops), len(timetable.trips)
        general = without_rules(stop_transfers, rules)
        transfers = event_transfers(timetable, patterns, events, call, general, start_s)
        transfers = with_rules(transfers, timetable, patterns, events, call, stop_transfers, rules)
        to = EventGraph(events, reduce_transfers(events, transfers, stops, trips))
        return cls.both_ways(to, call, patterns, start_s, end_s, stops, trips)

    @classmethod
    def both_ways(
        cls,
        to: EventGraph,
        call: NDArray[np.int32],
        patterns: Patterns,
        start_s: int,
        end_s: int,
        stops: int,
        trips: int,
    ) -> "PreparedTimetable":
        """A prepared timetable of events and transfers that are known.

        Parameters
        ----------
        to
            Events and transfers of a sweep to a place; those of a sweep from one follow from them.
        call
            Call of each event, shape (events,).
        patterns
            Trips that keep their order.
        start_s, end_s
            First second, and one past the last, on the timetable's scale.
        stops, trips
            How many there are.

        Returns
        -------
        PreparedTimetable
            For sweeps in both directions.
        """
        frame_s = end_s - start_s
        from_ = EventGraph(to.events.turned(frame_s), to.transfers.turned())
        return cls(start_s, frame_s, call, to, from_, patterns, stops, trips)

    def graph(self, turned: bool) -> EventGraph:
        """Events and transfers of a sweep.

        Parameters
        ----------
        turned
            Whether the sweep is from a place, with time turned round.

        Returns
        -------
        EventGraph
            In the direction of the sweep.
        """
        return self.from_ if turned else self.to

    def swept(self, ends: Ends, earliest: int, turned: bool, budget_s: int | None = None) -> SweepResult:
        """Sweep to a place, or from it.

        Parameters
        ----------
        ends
            The place seen from each stop.
        earliest
            Second of the sweep before which arrivals are all as good.
        turned
            Whether the sweep is from the place, with time turned round.
        budget_s
            Most seconds of walking in a trip; None where walking is not weighed, which is faster.

        Returns
        -------
        SweepResult
            The best trips from every boarding on.
        """
        graph = self.graph(turned)
        if budget_s is not None:
            return sweep_within(graph.events, graph.transfers, ends, earliest, self.stops, self.trips, budget_s)
        return sweep(graph.events, graph.transfers, ends, earliest, self.stops, self.trips)
