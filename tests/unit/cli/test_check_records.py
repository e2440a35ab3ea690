"""What ``check --json`` prints: faults, doubts and notes, each with key, value and remedy."""

from pathlib import Path

import jsonschema
import pytest

from tesoma_geo.cli.check_records import check_record, check_schema
from tesoma_geo.errors import Doubt, Fault, WorkspaceError
from tesoma_geo.inputs.reports import LayerReport

PLAIN = LayerReport("network.osm", Path("streets.osm.pbf"), rows=3, notes=("read whole",))
DOUBTED = PLAIN.with_doubt("3 streets are 900 m wide", "Look at width", "900")
FAULTY = PLAIN.with_fault("no street", "Take another file")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("reports", [(), (PLAIN,), (DOUBTED,), (FAULTY,), (DOUBTED, FAULTY)])
def test_it_follows_its_schema(reports, strict):
    record = check_record(reports, strict=strict)
    jsonschema.Draft202012Validator(check_schema()).validate(
        {
            **record,
            "layers": [{**layer, "extent": layer["extent"] and list(layer["extent"])} for layer in record["layers"]],
        }
    )
    assert record["can_run"] == (FAULTY not in reports and not (strict and DOUBTED in reports))


def test_each_finding_has_key_value_and_remedy():
    record = check_record((DOUBTED, FAULTY))
    (doubt,), (fault,), notes = record["doubts"], record["faults"], record["notes"]
    assert (doubt["key"], doubt["value"], doubt["remedy"]) == ("network.osm", "900", "Look at width")
    assert (fault["key"], fault["value"], fault["remedy"]) == ("network.osm", None, "Take another file")
    assert [note["problem"] for note in notes] == ["read whole", "read whole"]


def test_a_file_that_cannot_be_used_has_no_layers():
    error = WorkspaceError([Fault("hub.name", "is missing", "Add it")])
    record = check_record((), faults=error.faults, problem=error.problem)
    assert not record["can_run"]
    assert record["layers"] == []
    assert record["faults"][0]["key"] == "hub.name"


def test_a_doubt_can_become_a_fault_and_shows_no_secret():
    doubt = Doubt(
        "network.overpass", "https://a.example/?token=abcdef is far", "Look at it", "https://u:secret@a.example"
    )
    assert "abcdef" not in str(doubt)
    assert "secret" not in doubt.value
    assert str(doubt.as_fault()) == str(doubt)
