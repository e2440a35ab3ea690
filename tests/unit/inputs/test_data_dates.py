"""Of which day data is."""

import zipfile
from pathlib import Path

import pytest

from tesoma_geo.inputs.data_dates import column_year, feed_days, osm_date

WEEK = "service_id,monday,start_date,end_date\n"


def feed(folder: Path, **files: str) -> Path:
    path = folder / "feed.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files.items():
            made.writestr(f"{name}.txt", text)
    return path


@pytest.mark.parametrize(
    ("column", "year"),
    [
        ("population_2020", "2020"),
        ("vakiluku2021", "2021"),
        ("population", None),
        ("2019_2020", None),
        ("id_20201", None),
        (None, None),
    ],
)
def test_a_column_may_name_its_year(column: str | None, year: str | None) -> None:
    assert column_year(column) == year


def test_a_feed_tells_its_days_by_its_own_account_first(tmp_path: Path) -> None:
    calendar = WEEK + "a,1,20211212,20220228\nb,1,20211201,20211224\n"
    assert feed_days(feed(tmp_path, calendar=calendar)) == "2021-12-01/2022-02-28"
    told = "feed_publisher_name,feed_start_date,feed_end_date\nNysse,20211215,20220131\n"
    assert feed_days(feed(tmp_path, calendar=calendar, feed_info=told)) == "2021-12-15/2022-01-31"
    empty = "feed_publisher_name,feed_start_date,feed_end_date\nNysse,,\n"
    assert feed_days(feed(tmp_path, calendar=calendar, feed_info=empty)) == "2021-12-01/2022-02-28"
    assert feed_days(feed(tmp_path, calendar_dates="service_id,date\na,20220118\n")) == "2022-01-18/2022-01-18"
    assert feed_days(feed(tmp_path, stops="stop_id\n1\n")) is None
    assert feed_days(tmp_path / "none.zip") is None


def test_a_street_file_tells_of_its_newest_object(tmp_path: Path) -> None:
    path = tmp_path / "streets.osm"
    node = '<node id="{}" lat="61.5" lon="23.6" version="1"{} />'
    times = (' timestamp="2021-03-01T10:00:00Z"', ' timestamp="2021-12-30T22:59:59Z"')
    nodes = "".join(node.format(number, time) for number, time in enumerate(times, 1))
    path.write_text(f'<osm version="0.6">{nodes}</osm>')
    assert osm_date(path) == "2021-12-30"
    path.write_text(f'<osm version="0.6">{node.format(1, "")}</osm>')
    assert osm_date(path) is None
    assert osm_date(tmp_path / "none.osm") is None
