"""Cohorts on the command line: what is closed, what waits, and what cannot be done by hand."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands

KEPT = Path(__file__).resolve().parents[2] / "data" / "store-2026-11"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    return Path(shutil.copytree(KEPT, tmp_path / "kept"))


@pytest.fixture
def call(folder):
    def called(*words, ok=True):
        words = [*words, "--workspace", str(folder / "tesoma.toml")]
        result = CliRunner().invoke(commands, ["annotations", *words])
        assert (result.exit_code == 0) == ok, result.output
        return result.stdout if ok else result.output

    return called


def with_settings(folder, **settings):
    """The workspace with other values of [publish]."""
    path = folder / "tesoma.toml"
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.split("=")[0].strip() not in settings]
    added = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    if "[publish]" in lines:
        at = lines.index("[publish]") + 1
        lines[at:at] = added
    else:
        lines += ["[publish]", *added]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def listed(call):
    return json.loads(call("cohorts", "list", "--json"))


def test_the_list_tells_the_same_as_its_json(call):
    told, table = listed(call), call("cohorts", "list")
    assert told["needed"] > 0
    for row in told["cohorts"]:
        assert row["cohort"] in table
        assert row["state"] in ("closed", "withdrawn", "announced")


def test_looking_changes_nothing(call):
    assert listed(call) == listed(call)


def test_a_cohort_that_is_not_there_cannot_be_withdrawn(call):
    before = listed(call)
    assert "no cohort 'autumn'" in call("cohorts", "withdraw", "autumn", ok=False)
    assert listed(call) == before


def test_a_closed_cohort_is_withdrawn_as_a_whole_and_its_name_stays_taken(call):
    name = listed(call)["cohorts"][0]["cohort"]
    call("cohorts", "withdraw", name, "--why", "wrong survey")
    assert {row["cohort"]: row["state"] for row in listed(call)["cohorts"]}[name] == "withdrawn"
    assert "closed already" in call("cohorts", "close", "--name", name, ok=False)


def test_too_few_are_refused_with_both_numbers(call):
    waiting = listed(call)["waiting"]
    refused = call("cohorts", "close", "--name", "small", ok=False)
    assert f"{waiting} respondents wait" in refused
    assert str(listed(call)["needed"]) in refused
    assert "--total-alone" in refused


def test_an_announced_day_is_told_with_who_waits_for_it(folder, call):
    with_settings(folder, cohort_closes=["2030-01-31"])
    ahead = [row for row in listed(call)["cohorts"] if row["state"] == "announced"]
    assert [row["day"] for row in ahead] == ["2030-01-31"]
    assert ahead[0]["respondents"] == listed(call)["waiting"]


def test_exact_numbers_have_no_budget(call):
    refused = call("budget", ok=False)
    assert "exact numbers have no privacy budget" in refused
    assert 'publish.privacy = "differential"' in refused


def test_with_differential_privacy_no_cohort_closes_by_hand(folder, call):
    with_settings(folder, privacy="differential", cohort_closes=["2030-01-31"])
    path = folder / "tesoma.toml"
    rows = 'rows = { barrier = ["dark"], age = ["65-"] }\n'
    path.write_text(path.read_text(encoding="utf-8").replace("[publish]\n", f"[publish]\n{rows}"), encoding="utf-8")
    assert "no cohort is closed by hand" in call("cohorts", "close", ok=False)
