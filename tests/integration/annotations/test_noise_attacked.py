"""Differential totals, attacked by who knows all answers but one person's, and by who compares bytes.

``ATTACK_FULL=1`` draws more often.
"""

import json
import os
import re
import shutil
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner
from made_annotations import CRS, copied_sample, said
from scipy.stats import beta

from tesoma_geo.annotations import noisy_cohorts
from tesoma_geo.annotations.cohorts import ClosingDate, no_members, waiting_answers
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.noise import noisy_counts
from tesoma_geo.annotations.noisy_cohorts import bounded_counts, fixed_rows, noisy_cohort
from tesoma_geo.annotations.privacy import publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import write_publication
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_cohorts import close_due, shown_items, stored_cohorts
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.cli import commands
from tesoma_geo.errors import InputError
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish
from tests.workspaces import moved, of_profiles

FULL = bool(os.environ.get("ATTACK_FULL"))
DRAWS, COHORTS = (30_000, 4_000) if FULL else (3_000, 120)
#: A bound that random draws break once in ten million runs.
NEVER = 1e-7
DAYS = [date(2026, 6, 1), date(2026, 12, 31)]
ROWS = {"barrier": ["dark", "steps", "slippery", "steep"], "place": ["youth", "routes", "together"], "age": ["65-"]}


def settings(**others):
    return Publish(privacy="differential", cohort_closes=DAYS, rows=ROWS, **others)


def empirical_epsilon(without, with_them):
    """Lower bound of ε and its best estimate: over thresholds of a score, ln of how much likelier it is with them."""
    bounds, estimates = [0.0], [0.0]
    for a, b in ((with_them, without), (-np.array(without), -np.array(with_them))):
        for threshold in np.unique(np.quantile(np.concatenate([a, b]), np.linspace(0.5, 0.97, 30))):
            hits, false = int((np.array(a) >= threshold).sum()), int((np.array(b) >= threshold).sum())
            if min(hits, false) < 20:
                continue
            low = beta.ppf(NEVER, hits, len(a) - hits + 1)
            high = beta.ppf(1 - NEVER, false + 1, len(b) - false)
            bounds.append(float(np.log(low / high)))
            estimates.append(float(np.log(hits / len(a) * len(b) / false)))
    return max(bounds), max(estimates)


def likelihood(drawn, counts, more, scale):
    """Log likelihood ratio of numbers with noise: with the person's part and without it."""
    drawn, counts, more = (np.array(numbers, float) for numbers in (drawn, counts, more))
    return float((np.abs(drawn - counts) - np.abs(drawn - counts - more)).sum() / scale)


@pytest.mark.parametrize("epsilon", [0.5, 1.0])
def test_the_likelihood_ratio_of_numbers_never_passes_epsilon_and_comes_near_it(epsilon):
    counts, more = [40, 25, 0, 60, 9], [1, 1, 1, 0, 0]
    scores = [
        [likelihood(noisy_counts(real, each=3, epsilon=epsilon)[0], counts, more, 3 / epsilon) for _ in range(DRAWS)]
        for real in (counts, [one + other for one, other in zip(counts, more, strict=True)])
    ]
    bound, estimate = empirical_epsilon(*scores)
    print(f"epsilon {epsilon}: at least {bound:.2f}, best estimate {estimate:.2f}, {DRAWS} draws")
    assert bound <= epsilon
    assert estimate > 0.5 * epsilon  # the attack is a good one


def test_the_attack_finds_noise_that_is_too_small():
    """As if a respondent's part had not been bounded: five rows, and noise for one."""
    counts, more = [40, 25, 50, 60, 9], [1, 1, 1, 1, 1]
    scores = [
        [likelihood(noisy_counts(real, each=1, epsilon=1.0)[0], counts, more, 1.0) for _ in range(DRAWS)]
        for real in (counts, [one + 1 for one in counts])
    ]
    assert empirical_epsilon(*scores)[0] > 1.0


def test_a_whole_cohort_hardly_tells_whether_somebody_is_in_it():
    """Somebody loud, of 40 others whose answers the attacker knows; all tables together."""
    asked, epsilon = settings(rows_each=3), 1.0
    loud = said(1, seed=9, each=30)
    loud.respondents["respondent"] = loud.annotations["respondent"] = "loud"
    loud.annotations["annotation_id"] = [f"loud-{number}" for number in range(len(loud.annotations))]
    worlds = [
        waiting_answers(*unmoderated(readings, Key(b"k" * 32)), no_members())
        for readings in ([said(40)], [said(40), loud])
    ]
    rows = fixed_rows(asked, None)["said"]
    known = np.array(bounded_counts(noisy_cohorts.said_records(worlds[0].annotations, 250.0), rows, 99), float)
    part = np.array(bounded_counts(noisy_cohorts.said_records(worlds[1].annotations, 250.0), rows, 99), float) - known
    assert part.sum() > asked.rows_each
    scores = []
    for world in worlds:
        told = []
        for _ in range(COHORTS):
            cohort, _ = noisy_cohort(ClosingDate("a"), world, asked, epsilon=epsilon, today="2026-06-01")
            said_, scales = [one.voices for one in cohort.groups[: len(rows)]], cohort.noise.scales
            share = part * min(1.0, asked.rows_each / part.sum())  # which rows were picked is not known
            score = likelihood(said_, known, share, scales["said"])
            told.append(score + likelihood([cohort.respondents], [40], [1], scales["total"]))
        scores.append(told)
    bound, estimate = empirical_epsilon(*scores)
    print(f"whole cohort: at least {bound:.2f}, best estimate {estimate:.2f}, {COHORTS} draws")
    assert bound <= epsilon


@pytest.fixture
def store(tmp_path):
    made = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    yield made
    made.database.close()


def release(store, asked, folder, today):
    close_due(store, asked, who="me", today=today)
    done = publication(store.annotations(), stored_cohorts(store), key=store.key, settings=asked,
                       shown_before=shown_items(store))  # fmt: skip
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_publication(done, folder)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_what_was_drawn_stays_whoever_leaves_and_however_often_it_is_released(store, tmp_path):
    store.import_reading(said(80), "me")
    first = release(store, settings(), tmp_path / "public", DAYS[0])
    assert json.loads(first["annotations_tables.json"])["cohorts"][0]["epsilon"] == 0.5
    for person in store.respondents()["respondent"][:5]:
        store.erase(person, who="me", why="asked")
    store.import_reading(said(120, seed=4), "me")
    for _ in range(3):
        assert release(store, settings(), tmp_path / "public", DAYS[0]) == first
    second = json.loads(release(store, settings(), tmp_path / "public", DAYS[1])["annotations_tables.json"])
    assert [row["epsilon"] for row in second["cohorts"]] == [0.5, 0.5]
    assert second["noise"]["epsilon_left"] == 0


def test_nothing_closes_when_the_budget_is_used_up_and_what_is_closed_stays(store, tmp_path):
    store.import_reading(said(30), "me")
    release(store, settings(), tmp_path / "public", DAYS[0])
    last = release(store, settings(), tmp_path / "public", DAYS[1])
    later = settings().model_copy(update={"cohort_closes": (*DAYS, date(2027, 6, 1))})
    with pytest.raises(InputError, match="privacy budget is used up"):
        release(store, later, tmp_path / "public", date(2027, 6, 1))
    assert len(stored_cohorts(store)) == 2
    assert release(store, settings(), tmp_path / "public", date(2027, 6, 1)) == last


def test_a_store_that_published_exact_numbers_publishes_none_with_noise(store, tmp_path):
    store.import_reading(said(80), "me")
    release(store, Publish(), tmp_path / "public", DAYS[0])
    with pytest.raises(InputError, match="exact numbers in 1"):
        release(store, settings(), tmp_path / "public", DAYS[0])


@pytest.mark.parametrize("people", [0, 1])
def test_a_cohort_closes_on_its_day_whether_anybody_answered(people, store, tmp_path):
    store.import_reading(said(1), "me")
    if not people:
        store.erase(store.respondents()["respondent"][0], who="me", why="asked")
    release(store, settings(), tmp_path / "public", DAYS[0])
    assert [cohort.name for cohort in stored_cohorts(store)] == ["2026-06-01"]


@pytest.mark.slow
def test_every_byte_of_a_release_follows_from_what_was_drawn(tmp_path, monkeypatch):
    """Two surveys of other people, places, topics and sizes; the draws held fast give the same bytes of everything."""
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    monkeypatch.setattr(noisy_cohorts, "noisy_counts", held_fast)
    released = []
    for number, people in enumerate((5, 150)):
        home = tmp_path / "home"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        path = moved(copied_sample(home), home, *of_profiles("walk"))
        text = path.read_text(encoding="utf-8")
        asked = (
            '[publish]\nprivacy = "differential"\ncohort_closes = [2026-06-01]\n'
            'rows = { barrier = ["dark"], area = ["youth"], place = ["routes"], age = ["65-"] }\n'
        )
        path.write_text(text.replace("[publish]\n", asked), encoding="utf-8")
        workspace = Workspace.load(path)
        store = open_store(workspace)
        reading = said(people, seed=number, each=3)
        store.import_reading(replace(reading, annotations=reading.annotations.to_crs(CRS)), "me")
        close_due(store, workspace.publish, who="me", today=date(2026, 6, 1))
        store.database.close()
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        for line in (("run", "--out", out / "run"), ("report", "--out", out / "report.html"),
                     ("annotations", "publish", "--out", out / "voices"), ("check", "--json")):  # fmt: skip
            done = CliRunner().invoke(commands, [*map(str, line), "--workspace", str(path)], catch_exceptions=False)
            assert done.exit_code == 0, done.output
        released.append({
            str(file.relative_to(out)): without_time(file.read_bytes()) for file in out.rglob("*") if file.is_file()
        })  # fmt: skip
    first, second = released
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert b'"epsilon_budget": 1' in first["run/summary.json"]
    pages = [name for name in first if name.endswith(".html") and b"noin 7" in first[name]]
    assert {"report.html"} < set(pages)
    assert not [name for name in pages if "vähintään 5" in first[name].decode()]  # k is not what is promised here
    assert "Tässä kyselyssä paikkoja ei julkaista" in first["report.html"].decode()


def held_fast(counts, *, each, epsilon):
    """A draw that does not depend on the counts."""
    return [70 + number for number in range(len(counts))], each / epsilon


def without_time(content):
    return re.sub(rb'"made_at": "[^"]*"', b"", content)
