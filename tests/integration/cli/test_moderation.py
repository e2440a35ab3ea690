"""Looking and deciding: what moderators see, what is written down, and what is not there is refused by name."""

import getpass
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.moderation import name_of

KEPT = Path(__file__).resolve().parents[2] / "data" / "store-2026-11"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    folder = Path(shutil.copytree(KEPT, tmp_path / "kept"))

    def called(*words, ok=True):
        result = CliRunner().invoke(commands, ["annotations", *words, "--workspace", str(folder / "tesoma.toml")])
        assert (result.exit_code == 0) == ok, result.output
        return result.stdout if ok else result.output

    return called


def listed(call, *words):
    return json.loads(call("list", "--json", *words))


@pytest.fixture
def rows(call):
    return listed(call)


def test_choices_are_parts_of_the_list(call, rows):
    assert rows
    for state in ("pending", "approved", "hidden"):
        ids = {row["id"] for row in listed(call, "--state", state)}
        told = {row["id"] for row in rows if row["state"] == state or (state == "approved" and row["state"] == "shown")}
        assert ids == told
    for kind in sorted({row["kind"] for row in rows})[:1]:
        assert [row["id"] for row in listed(call, "--kind", kind)] == [r["id"] for r in rows if r["kind"] == kind]
    flagged = listed(call, "--flagged")
    assert [row["id"] for row in flagged] == [row["id"] for row in rows if row["flags"]]
    for flag in sorted({flag for row in rows for flag in row["flags"]})[:1]:
        assert [row["id"] for row in listed(call, "--flag", flag)] == [r["id"] for r in rows if flag in r["flags"]]
    assert listed(call, "--flag", "account") == [row for row in rows if "account" in row["flags"]] == []


def test_the_table_has_the_rows_of_the_json(call, rows):
    table = call("list")
    assert all(row["id"] in table for row in rows)


@pytest.mark.parametrize(
    ("words", "state"), [(("approve",), "approved"), (("approve", "--show"), "shown"), (("hide",), "hidden")]
)
def test_a_decision_holds_for_these_annotations_and_stands_in_the_log(call, rows, words, state):
    command, *options = words
    ids = [row["id"] for row in rows[:2]]
    call(command, *ids, *options, "--by", "Somebody", "--why", "looked")
    told = {row["id"]: row["state"] for row in listed(call)}
    assert {told[name] for name in ids} == {state}
    assert {name: told[name] for name in told if name not in ids} == {
        row["id"]: row["state"] for row in rows if row["id"] not in ids
    }
    entry = json.loads(call("show", ids[0], "--json"))["log"][-1]
    assert (entry["who"], entry["why"], entry["subject"]) == ("Somebody", "looked", ids[0])


def test_everything_about_one_annotation(call, rows):
    for row in rows[:1]:
        told = json.loads(call("show", row["id"], "--json"))
        assert (told["annotation_id"], told["kind"], told["text"]) == (row["id"], row["kind"], row["text"])
        assert told["flags"] == row["flags"]
        assert -180 <= told["lon"] <= 180
        assert isinstance(told["answers"], dict | list)
        assert isinstance(told["private"], bool)
        assert row["id"] in call("show", row["id"])


def test_a_redacted_text_is_gone_for_good(call, rows):
    row = next(row for row in rows if row["text"])
    call("redact", row["id"], "--text", "[gone]", "--by", "Somebody")
    told = json.loads(call("show", row["id"], "--json"))
    assert (told["text"], told["redacted"]) == ("[gone]", True)
    call("redact", row["id"])
    assert json.loads(call("show", row["id"], "--json"))["text"] in (None, "")
    assert row["text"] not in call("show", row["id"], "--json")


def test_who_is_erased_is_in_no_list(call, rows):
    respondent = rows[0]["respondent"]
    call("erase", respondent, "--why", "asked")
    left = listed(call)
    assert [row["id"] for row in left] == [row["id"] for row in rows if row["respondent"] != respondent]


@pytest.mark.parametrize(
    "words", [("approve", "none-such"), ("hide", "none-such"), ("redact", "none-such"), ("show", "none-such")]
)
def test_what_is_not_there_is_refused_by_name(call, rows, words):
    assert "none-such" in call(*words, ok=False)
    assert listed(call) == rows


def test_one_unknown_id_leaves_all_as_they_are(call, rows):
    call("hide", rows[0]["id"], "none-such", ok=False)
    assert listed(call) == rows


def test_who_decides_is_told_or_logged_in_or_unknown(monkeypatch):
    assert name_of("Somebody") == "Somebody"
    assert name_of(None) == name_of("") == getpass.getuser()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("os.getuid", lambda: 987_654_321)
    assert name_of(None) == "unknown"
