"""A whole assessment of the sample finds each set of its points on the streets of a profile once."""

from collections import Counter

import numpy as np

import tesoma_geo as tg
from tesoma_geo.analysis.drawn_places import SETS
from tesoma_geo.crs import to_metric
from tesoma_geo.network.streets.snap_index import SnapIndex


def test_points_are_snapped_once_a_profile(sample_workspace, monkeypatch):
    snapped: Counter[tuple[int, bytes]] = Counter()
    indexes = []  # held, so that no two of them share an id
    positions = SnapIndex.positions

    def counted(index, xy, max_snap_m):
        indexes.append(index)
        snapped[id(index), xy.tobytes()] += 1
        return positions(index, xy, max_snap_m)

    monkeypatch.setattr(SnapIndex, "positions", counted)
    # What a forked process finds on the streets is not counted here.
    monkeypatch.setattr("tesoma_geo._processes.cores", lambda: 1)
    assessment = tg.assess(sample_workspace)
    stops = assessment.inputs.timetable.stops
    at_stops = to_metric(stops["lon"].to_numpy(), stops["lat"].to_numpy(), assessment.workspace.district.crs)
    # Stops belong to the timetable: each departure window finds its own.
    of_stops = np.column_stack(at_stops).tobytes()
    own = {key: count for key, count in snapped.items() if key[1] != of_stops}
    assert set(own.values()) == {1}
    profiles = len(assessment.inputs.profiles)
    points = Counter(len(xy) // 16 for _, xy in own)
    # Where residents are mapped, and once more for the walks of the timetable, a step of its own that may be done
    # beside the others; and the sets of homes that uncertainty draws, together.
    assert points[len(assessment.origins)] == profiles + 1
    assert points[SETS * len(assessment.origins)] == profiles
    assert sum(snapped.values()) < 140
