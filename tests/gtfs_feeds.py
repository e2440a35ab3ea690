"""Small GTFS feeds for tests: a whole one, and the same with files changed."""

from pathlib import Path

#: Header of ``stop_times.txt``.
TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"

FILES = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,Test lines,https://example.org/,Europe/Helsinki\n",
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon,zone_id\n"
        "S1,First,61.50,23.60,A\nS2,Second,61.50,23.62,A\nS3,Third,61.50,23.64,B\n"
    ),
    "routes.txt": "route_id,route_short_name,route_long_name,route_type\nR,1,First - Third,3\n",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign,direction_id\nR,WEEK,T1,Third,0\nR,WEEK,T2,Third,0\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "T1,07:00:00,07:00:00,S1,1\nT1,07:05:00,07:05:00,S2,2\nT1,07:10:00,07:10:00,S3,3\n"
        "T2,07:30:00,07:30:00,S1,1\nT2,07:35:00,07:35:00,S2,2\nT2,07:40:00,07:40:00,S3,3\n"
    ),
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "WEEK,1,1,1,1,1,0,0,20220101,20220630\n"
    ),
}


def write_feed(folder: Path, **changed: str | None) -> Path:
    """A feed with some files changed, or left out where None; ``stop_times="…"`` for ``stop_times.txt``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {**FILES, **{f"{name}.txt": content for name, content in changed.items()}}
    for name, content in files.items():
        if content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    return folder


def with_line(name: str, old: str, new: str) -> dict[str, str]:
    """A file of the feed with one piece of text changed."""
    content = FILES[f"{name}.txt"]
    assert content.count(old) == 1
    return {name: content.replace(old, new)}


def clock_times(timetable):
    """Clock times of the departures, by trip."""
    calls = timetable.calls
    times = [timetable.clock(second) for second in calls.departure_s]
    return {
        (trip, day): times[timetable.first_call[i] : timetable.first_call[i + 1]]
        for i, (trip, day) in enumerate(
            zip(timetable.trips["trip_id"], timetable.trips["service_day"].tolist(), strict=True)
        )
    }


def write_street(folder: Path, lat: float = 61.50, lon: tuple[float, float] = (23.59, 23.65)) -> Path:
    """An OpenStreetMap file of one street from west to east, along the stops of the feed."""
    places = [lon[0] + i * (lon[1] - lon[0]) / 60 for i in range(61)]
    nodes = "".join(f'<node id="{i}" version="1" lat="{lat}" lon="{at:.6f}"/>' for i, at in enumerate(places, 1))
    refs = "".join(f'<nd ref="{i}"/>' for i in range(1, len(places) + 1))
    way = f'<way id="1" version="1">{refs}<tag k="highway" v="residential"/></way>'
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "street.osm"
    path.write_text(f'<osm version="0.6">{nodes}{way}</osm>', encoding="utf-8")
    return path
