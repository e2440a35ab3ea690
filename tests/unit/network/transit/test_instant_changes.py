"""Changes that take no time, where the feed says so."""

import pytest

from tests.feeds_with_changes import ALONE, RULE, TIMES, WALKED, minutes


@pytest.mark.parametrize(
    ("rule", "expected"),
    [  # minutes by the vehicle that is caught
        ("S2,S2,1,\n", 14),
        ("S2,S2,2,0\n", 14),
        ("S2,S2,0,0\n", 74),  # says nothing
        ("S2,S2,2,\n", 74),
        ("S2,S2,2,1\n", 74),
        ("S2,S2,3,0\n", WALKED),
        ("", 74),
    ],
)
def test_a_change_in_no_time_is_made_where_the_feed_says_so(rule, expected, ask):
    assert minutes(ask(**ALONE, transfers=RULE + rule)) == pytest.approx(expected)


def test_the_order_of_trips_in_the_feed_does_not_matter(ask):
    rows = ALONE["stop_times"].splitlines()
    turned = "\n".join([rows[0], *rows[3:], *rows[1:3]]) + "\n"
    trips = "route_id,service_id,trip_id\nR2,WEEK,T2\nR2,WEEK,T3\nR1,WEEK,T1\n"
    feed = ALONE | {"stop_times": turned, "trips": trips}
    assert minutes(ask(**feed, transfers=RULE + "S2,S2,1,\n")) == 14
    renamed = {name: text.replace("T1", "Z9") for name, text in feed.items()}
    assert minutes(ask(**renamed, transfers=RULE + "S2,S2,2,0\n")) == 14


def test_vehicles_wait_for_one_another_at_neighbouring_stops_too(ask):
    stops = "stop_id,stop_name,stop_lat,stop_lon\nS1,A,61.5,23.60\nS2,B,61.5,23.90\nS4,B,61.5,23.901\nS3,C,61.5,24.20\n"
    times = ALONE["stop_times"].replace("T2,08:05:00,08:05:00,S2", "T2,08:05:00,08:05:00,S4")
    feed = ALONE | {"stops": stops, "stop_times": times}
    assert minutes(ask(**feed, transfers=RULE + "S2,S4,1,\n")) == 14
    assert minutes(ask(**feed)) == 74


def test_several_calls_in_one_second_and_two_changes_in_it(ask):
    stops = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"S{i},S,61.5,{23.30 + 0.3 * i:.2f}\n" for i in range(1, 6)
    )
    times = TIMES + (
        "T3,08:05:00,08:05:00,S4,1\nT3,08:09:00,08:09:00,S3,2\n"
        "T2,08:05:00,08:05:00,S2,1\nT2,08:05:00,08:05:00,S5,2\nT2,08:05:00,08:05:00,S4,3\n"
        "T1,08:00:00,08:00:00,S1,1\nT1,08:05:00,08:05:00,S2,2\n"
    )
    feed = ALONE | {"stops": stops, "stop_times": times}
    assert minutes(ask(**feed, transfers=RULE + "S2,S2,1,\nS4,S4,2,0\n")) == 13
    assert minutes(ask(**feed, transfers=RULE + "S2,S2,1,\n")) > 60
