"""No secret of an address in anything that is shown."""

import json

import pytest

from tesoma_geo._redaction import HIDDEN, address_without_login, content_without_secrets, without_secrets
from tesoma_geo.cli.console import error_lines, plain
from tesoma_geo.errors import Fault, WorkspaceError
from tesoma_geo.workspace.addresses import source_path

CANARY = "kanarie7QX"
SECRET = [
    f"postgresql://anna:{CANARY}@db.example.org/tesoma",
    f"postgres://anna:{CANARY}%40x@db.example.org:5432/tesoma?sslmode=require",
    f"postgresql://anna:a/{CANARY}?@db.example.org/tesoma",
    f"postgresql://db.example.org/tesoma?user=anna&password={CANARY}",
    f"host=db.example.org user=anna password={CANARY} dbname=tesoma",
    f"host=db.example.org password='{CANARY} x' dbname=tesoma",
    f"https://{CANARY}@example.org/streets.osm.pbf",
    f"https://anna:{CANARY}@example.org/streets.osm.pbf",
    f"HTTPS://anna:{CANARY}@example.org/wfs",
    f"https://example.org/wfs?token={CANARY}",
    f"https://example.org/wfs?service=WFS&digitransit-subscription-key={CANARY}&version=2.0.0",
    f"https://example.org/gtfs.zip?X-Amz-Signature={CANARY}&X-Amz-Expires=60",
    f"https://example.org/blob?sv=2024&sig={CANARY}%2Bx",
    f"https://example.org/data?whatever={CANARY}",
    f"https://example.org/data#access_token={CANARY}",
    f"Max retries exceeded with url: /wfs?api_key={CANARY} (Caused by …)",
    f"Authorization: Bearer {CANARY}",
    f"s3://KEY:{CANARY}@bucket/streets.osm.pbf",
]


@pytest.mark.parametrize("text", SECRET)
def test_no_error_no_line_and_no_json_shows_a_secret(text):
    error = WorkspaceError(f"{text}: the server cannot be reached", f"Check {text}")
    fault = Fault(f"network.osm {text}", f"is {text!r}", "Correct it")
    shown = [
        without_secrets(text), str(error), error.problem, error.remedy, repr(fault),
        str(WorkspaceError([fault, fault])),
        *error_lines(error), plain(f"Downloading {text}"), json.dumps(content_without_secrets({"a": [{"b": (text,)}]})),
    ]  # fmt: skip
    assert [line for line in shown if CANARY in line] == []


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/streets.osm.pbf", "https://www.youtube.com/@tampere", "layers/area.geojson",
        "https://geodata.example.org/wfs?service=WFS&typeNames=a:b&srsName=EPSG:3067", "annotations.gpkg",
        "network.buffer_m = 1500: write a number", "Kuoppa: tämä on iso", "maija@example.org",
    ],
)  # fmt: skip
def test_what_is_no_secret_stays(text):
    assert without_secrets(text) == text


def test_the_rest_of_an_address_is_told():
    assert without_secrets(SECRET[0]) == f"postgresql://{HIDDEN}@db.example.org/tesoma"
    assert without_secrets(SECRET[9]) == f"https://example.org/wfs?token={HIDDEN}"


def test_names_of_settings_hide_their_values():
    assert content_without_secrets({"password": CANARY, "key": "network.osm"}) == {
        "password": HIDDEN,
        "key": "network.osm",
    }


def test_the_name_of_a_fetched_file_does_not_depend_on_a_secret(tmp_path):
    def name(source):
        return source_path(tmp_path / "tesoma.toml", source).name

    assert name("https://a:one@example.org/x.zip?token=1&id=5") == name("https://example.org/x.zip?token=2&id=5")
    assert name("https://example.org/x.zip?id=5") != name("https://example.org/x.zip?id=6")
    assert CANARY not in name(f"https://a:{CANARY}@example.org")
    assert address_without_login("https://example.org/x.zip?id=5") == "https://example.org/x.zip?id=5"
