"""Service requests of a city, in JSON and XML."""

import json

from made_annotations import LAT, LON, read_export

REQUESTS = [
    {"service_request_id": "1", "status": "open", "service_code": "180", "service_name": "Katuvalot",
     "description": "Lamppu pimeänä", "requested_datetime": "2025-11-02T10:15:30+02:00", "lat": LAT, "long": LON,
     "title": "Valot", "extended_attributes": {"media_urls": ["https://example.org/a.jpg"]}},
    {"service_request_id": "2", "service_code": "171", "description": "Kuoppa", "lat": str(LAT), "long": str(LON),
     "requested_datetime": "2025-11-02T08:15:30Z"},
    {"service_request_id": "3", "service_code": "171", "description": "ei paikkaa", "lat": None, "long": None},
    {"service_request_id": "4", "service_code": "171", "description": "", "title": "Otsikko", "lat": "", "long": "0"},
    {"service_request_id": "2", "service_code": "171", "description": "Kuoppa", "lat": LAT, "long": LON},
]  # fmt: skip
OPEN311 = {"platform": "open311", "kind": "barrier", "values": {"category": {"180": "dark", "171": "surface"}}}


def test_open311_json(tmp_path):
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(REQUESTS), encoding="utf-8")
    made = read_export(path, **OPEN311)
    table = made.annotations.set_index("annotation_id")
    assert list(table.index) == ["1", "2"]
    assert table.loc["1", ["category", "text", "time", "photo"]].tolist() == [
        "dark", "Lamppu pimeänä", "2025-11-02T10:15:30+02:00", "https://example.org/a.jpg",
    ]  # fmt: skip
    assert table.loc["2", "time"] == "2025-11-02T10:15:30+02:00"
    assert {left.reason: left.count for left in made.left_out} == {
        "no geometry, or an empty one": 2, "the same id twice in one export": 1,
    }  # fmt: skip


def test_open311_xml_says_the_same(tmp_path):
    path = tmp_path / "requests.xml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><service_requests>'
        f"<request><service_request_id>1</service_request_id><service_code>180</service_code>"
        "<description>Lamppu &lt;b&gt;</description>"
        f"<requested_datetime>2025-11-02T10:15:30+02:00</requested_datetime><lat>{LAT}</lat>"
        f"<long>{LON}</long><extended_attributes><media_urls><media_url>https://example.org/a.jpg</media_url>"
        "</media_urls></extended_attributes></request>"
        "<request><service_request_id>3</service_request_id><service_code>171</service_code><lat/><long/></request>"
        "</service_requests>",
        encoding="utf-8",
    )
    (row,) = read_export(path, **OPEN311).annotations.to_dict("records")
    assert (row["category"], row["text"], row["photo"]) == ("dark", "Lamppu <b>", "https://example.org/a.jpg")


def test_who_is_not_named_counts_as_one_unless_the_workspace_assumes_otherwise(tmp_path):
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(REQUESTS), encoding="utf-8")
    assert read_export(path, **OPEN311).annotations["respondent"].nunique() == 1
    assert read_export(path, **OPEN311, unnamed_are_people=True).annotations["respondent"].nunique() == 2
