"""The register: plain, mergeable, the same again after reading, and every fault told."""

import datetime

import pytest

from tesoma_geo.errors import InputError, ScenarioError
from tesoma_geo.follow_up.register import Register, TrialNote, ended, faults_of_names, name_of_scenario, noted, started

DAY = datetime.date(2026, 5, 1)
HOSTILE = 'a "quote" \\ and\nnew line, ]] [[trials.x]] # ä \x7f \t \u2028'


@pytest.fixture
def register():
    return started(Register(), "crossing", "plans/crossing.toml", DAY)


def test_what_is_written_is_read_again(register, tmp_path):
    full = ended(noted(register, "crossing", TrialNote(date=DAY, text=HOSTILE, who="Åsa")), "crossing", DAY, HOSTILE)
    full.write(tmp_path / "trials.toml")
    again = Register.load(tmp_path / "trials.toml")
    assert again == full
    assert again.text() == (tmp_path / "trials.toml").read_text(encoding="utf-8")


def test_words_by_language_are_written_and_read_again(register, tmp_path):
    words = {"fi": HOSTILE, "sv": "Målningen är på gatan", "en-x-simple": "Paint"}
    full = ended(noted(register, "crossing", TrialNote(date=DAY, text=words)), "crossing", DAY, words)
    full.write(tmp_path / "trials.toml")
    again = Register.load(tmp_path / "trials.toml")
    assert again == full
    assert again.trials["crossing"].notes[0].text["sv"] == "Målningen är på gatan"
    assert again.trials["crossing"].result == again.trials["crossing"].notes[0].text


def test_a_trial_of_another_name_changes_no_line_of_the_first(register):
    two = started(register, "bench", "bench.toml", DAY)
    assert set(register.text().splitlines()) <= set(two.text().splitlines())
    assert two.text().index("[trials.bench]") < two.text().index("[trials.crossing]")


def test_no_register_is_an_empty_one(tmp_path):
    assert Register.load(tmp_path / "trials.toml").trials == {}


def test_a_trial_runs_once_and_ends_after_it_began(register):
    with pytest.raises(InputError, match="is running"):
        started(register, "crossing", "x.toml", DAY)
    with pytest.raises(InputError, match="before the trial began"):
        ended(register, "crossing", DAY - datetime.timedelta(1), None)
    done = ended(register, "crossing", DAY, None)
    with pytest.raises(InputError, match="does not run"):
        ended(done, "crossing", DAY, None)
    with pytest.raises(InputError, match="Did you mean crossing"):
        noted(register, "crosing", TrialNote(date=DAY, text="x"))


HEAD = "[trials.a]\nscenario = 'a.toml'\n"
FAULTY = [
    (HEAD + "[[trials.a.notes]]\ndate = 2026-05-01\ntext = {}", "trials.a.notes.0.text", "at least 1"),
    (
        HEAD + "[[trials.a.notes]]\ndate = 2026-05-01\ntext = { 'b c' = 'x' }",
        "trials.a.notes.0.text",
        "tag of a language",
    ),
    (HEAD + "state = 'runing'\nbegun = 2026-05-01", "trials.a.state", "runing"),
    (HEAD + "state = 'running'", "trials.a", "lacks begun"),
    (HEAD + "state = 'ended'\nbegun = 2026-05-01", "trials.a", "lacks ended"),
    (HEAD + "state = 'ended'\nbegun = 2026-05-01\nended = 2026-04-01", "trials.a", "before it begins"),
    (HEAD + "begun = 2026-05-01", "trials.a", "is planned, but began on 2026-05-01"),
    (HEAD + "ended = 2026-05-01", "trials.a", "is planned, but ended on 2026-05-01"),
    (HEAD + "state = 'running'\nbegun = 2026-05-01\nended = 2026-06-01", "trials.a", "is running, but ended on"),
    (HEAD + "begun = 'yesterday'", "trials.a.begun", "2026-03-10"),
    (HEAD + "begn = 2026-05-01", "trials.a.begn", "is not a key of the register"),
    ("[trials.a]\nstate = 'planned'", "trials.a.scenario", "is missing"),
    ("[trials.'A B']\nscenario = 'a.toml'", "trials.A B", "A B"),
    ("[trial.a]\nscenario = 'a.toml'", "trial", "is not a key"),
    (HEAD + "[[trials.a.notes]]\ntext = 'x'", "trials.a.notes.0.date", "is missing"),
    (HEAD + "[[trials.a.notes]]\ndate = 2026-05-01\ntext = ''", "trials.a.notes.0.text", "''"),
    ("<<<<<<< HEAD\n" + HEAD, "", "is not TOML"),
]


@pytest.mark.parametrize(("text", "key", "says"), FAULTY, ids=[f"{key}-{says}" for _, key, says in FAULTY])
def test_a_fault_names_its_key(tmp_path, text, key, says):
    (tmp_path / "trials.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        Register.load(tmp_path / "trials.toml")
    told = str(refused.value)
    assert key in told
    assert says in told


def test_a_plan_that_is_gone_is_told(register, tmp_path):
    (fault,) = faults_of_names(register, tmp_path)
    assert fault.where == "trials.crossing.scenario"


NAMES = [("Ylitys 1.toml", "ylitys-1"), ("ÄÖ.toml", "trial"), ("a_b-c.toml", "a_b-c")]


@pytest.mark.parametrize(("file", "name"), NAMES)
def test_a_short_name_is_plain(tmp_path, file, name):
    assert name_of_scenario(tmp_path / file) == name
