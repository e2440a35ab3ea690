"""Plausible mistakes in timetables."""

from tests.conftest import CORNER
from tests.mistakes.table import Mistakes
from tests.small_district import degrees

MISTAKES = Mistakes()
mistake = MISTAKES.mistake


@mistake("swapped", transit=True)
def stops_with_swapped_coordinates(d):
    d.feed["stops"] = d.feed["stops"].replace("stop_lat,stop_lon", "stop_lon,stop_lat")


@mistake("transit", transit=True)
def stops_of_another_town(d):
    d.feed["stops"] = d.feed["stops"].replace("61.", "60.")


@mistake("transit.window", transit=True)
def a_reversed_window(d):
    d.toml["transit"]["window"] = ["09:00", "07:00"]


@mistake("no vehicle leaves", transit=True)
def a_window_without_departures(d):
    d.toml["transit"]["window"] = ["12:00", "13:00"]


@mistake("at night", transit=True)
def a_window_at_night(d):
    d.toml["transit"]["window"] = ["03:00", "05:00"]


@mistake("h long", transit=True)
def a_window_of_the_whole_day(d):
    d.toml["transit"]["window"] = ["05:00", "23:00"]


@mistake("min long", transit=True)
def a_window_of_five_minutes(d):
    d.toml["transit"]["window"] = ["07:00", "07:05"]


@mistake("Sunday", transit=True)
def a_sunday(d):
    d.toml["transit"]["date"] = "2022-01-16"
    d.feed["calendar"] = None
    d.feed["calendar_dates"] = "service_id,date,exception_type\nWEEK,20220116,1\n"


@mistake("Saturday", transit=True)
def a_saturday(d):
    d.toml["transit"]["date"] = "2022-01-15"
    d.feed["calendar"] = None
    d.feed["calendar_dates"] = "service_id,date,exception_type\nWEEK,20220115,1\n"


@mistake("holiday", transit=True)
def a_holiday(d):
    d.toml["transit"]["date"] = "2022-01-06"


@mistake("July", transit=True)
def a_day_of_the_summer(d):
    d.toml["transit"]["date"] = "2022-07-05"
    d.feed["calendar"] = None
    d.feed["calendar_dates"] = "service_id,date,exception_type\nWEEK,20220705,1\n"


@mistake("transit", transit=True)
def a_day_after_the_feed(d):
    d.toml["transit"]["date"] = "2023-01-18"


@mistake("named twice", transit=True)
def a_feed_twice(d):
    d.toml["transit"]["gtfs"] = ["gtfs", "gtfs"]


@mistake("as another of their line", transit=True)
def a_service_twice(d):
    d.feed["trips"] += "".join(f"R,WEEK,U{trip}\n" for trip in range(6))
    d.feed["stop_times"] += d.feed["stop_times"].split("\n", 1)[1].replace("T", "U")


@mistake("faster than", transit=True)
def a_stop_far_off(d):
    lines = d.feed["stops"].splitlines()
    parts = lines[2].split(",")
    d.feed["stops"] = (
        "\n".join([lines[0], lines[1], ",".join([*parts[:3], str(float(parts[3]) + 0.5)]), lines[3]]) + "\n"
    )


@mistake("look shifted", transit=True)
def stops_shifted(d):
    extra = [(f"X{number}", *degrees(50 + 100 * number, 550)) for number in range(10)]
    d.feed["stops"] = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"{i},{i},{lat},{lon}\n" for i, lon, lat in extra
    )
    calls = [f"T0,07:{number:02}:00,07:{number:02}:00,X{number},{number + 1}" for number in range(10)]
    d.feed["trips"] = "route_id,service_id,trip_id\nR,WEEK,T0\n"
    d.feed["stop_times"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "\n".join(calls) + "\n"


@mistake("alight", transit=True)
def nobody_may_alight(d):
    head, *rows = d.feed["stop_times"].splitlines()
    d.feed["stop_times"] = "\n".join([f"{head},drop_off_type", *(f"{row},1" for row in rows)]) + "\n"


@mistake("board", transit=True)
def nobody_may_board(d):
    head, *rows = d.feed["stop_times"].splitlines()
    d.feed["stop_times"] = "\n".join([f"{head},pickup_type", *(f"{row},1" for row in rows)]) + "\n"


@mistake("lacks the median", transit=True)
def percentiles_without_the_median(d):
    d.toml["transit"]["percentiles"] = [5, 95]


@mistake("transit.date", transit=True)
def a_date_as_people_write_it(d):
    d.toml["transit"]["date"] = "18.1.2022"


@mistake("transit.window: '07:00-09:00'", transit=True)
def window_string(d):
    d.toml["transit"]["window"] = "07:00-09:00"


@mistake("transit.window.0: '07.00'", transit=True)
def window_points(d):
    d.toml["transit"]["window"] = ["07.00", "09.00"]


@mistake("no vehicle leaves a stop", transit=True)
def window_25(d):
    d.toml["transit"]["window"] = ["25:00", "27:00"]


@mistake("has no service on 2002-01-18", transit=True)
def wrong_year(d):
    d.toml["transit"]["date"] = "2002-01-18"


@mistake("before the departure from the stop before", transit=True)
def times_reversed(d):
    h, *r = d.feed["stop_times"].splitlines()
    rows = [x.split(",") for x in r]
    for x in rows:
        x[4] = str(4 - int(x[4]))
    d.feed["stop_times"] = "\n".join([h, *map(",".join, rows)]) + "\n"


@mistake("9 trips left out: fewer than two stops", transit=True)
def trips_without_times(d):
    d.feed["trips"] += "".join(f"R,WEEK,N{i}\n" for i in range(9))


@mistake("'000' is not in stops.txt", transit=True)
def stop_ids_lost_zeros(d):
    for number in range(3):
        d.feed["stops"] = d.feed["stops"].replace(f"S{number},", f"{number},", 1)
        d.feed["stop_times"] = d.feed["stop_times"].replace(f",S{number},", f",00{number},")
    d.feed["stops"] = d.feed["stops"].replace("S0,", "1,").replace("S1,", "2,").replace("S2,", "3,")
    d.feed["stop_times"] = (
        d.feed["stop_times"].replace(",S0,", ",001,").replace(",S1,", ",002,").replace(",S2,", ",003,")
    )


@mistake("transit.percentiles.0: 0.05", transit=True)
def percentiles_fractions(d):
    d.toml["transit"]["percentiles"] = [0.05, 0.5, 0.95]


@mistake("'07:00:00 AM' is not a time", transit=True)
def twelve_hour_clock(d):
    d.feed["stop_times"] = d.feed["stop_times"].replace(":00,S", ":00 AM,S")


@mistake("stops lie at one spot", transit=True)
def stops_one_spot(d):
    h, *r = d.feed["stops"].splitlines()
    first = r[0].split(",")[2:]
    d.feed["stops"] = "\n".join([h, *[",".join([*x.split(",")[:2], *first]) for x in r]]) + "\n"


@mistake("no day with service at all", transit=True)
def calendar_zero(d):
    d.feed["calendar"] = (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "WEEK,0,0,0,0,0,0,0,20220101,20221231\n"
    )


@mistake("gtfs.zip is not a zip file", transit=True)
def feed_is_html(d):
    d.toml["transit"]["gtfs"] = ["gtfs.zip"]
    return lambda folder: (folder / "gtfs.zip").write_text("<html>Moved</html>")


@mistake("'25200' is not a time", transit=True)
def seconds_of_day(d):
    d.feed["stop_times"] = d.feed["stop_times"].replace("07:00:00", "25200")


@mistake("is not degrees between -90 and 90", transit=True)
def feed_lat_lon_metres(d):
    d.feed["stops"] = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"S{i},S{i},{CORNER[1] + 500},{CORNER[0] + 100 + 400 * i}\n" for i in range(3)
    )
