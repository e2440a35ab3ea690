"""Tables of what is published: sums over whole groups, and how far noisy numbers may be off."""

from datetime import date

from tesoma_geo.annotations.cohorts import Cohort
from tesoma_geo.annotations.k_anonymity import DisclosureGroup
from tesoma_geo.annotations.noise import Noise
from tesoma_geo.annotations.published_tables import cohort_rows, noise_told, published_tables
from tesoma_geo.workspace.annotations import Publish


def cohort(name, voices, noise=None, **others):
    groups = tuple(DisclosureGroup("idea", topic, None, (), number, None) for topic, number in voices.items())
    return Cohort(name, "2026-06-01", 9, 5, 250.0, groups, noise=noise, **others)


NOISE = Noise(0.5, 1.0, 3, {"said": 5.0, "total": 20.0})


def test_exact_numbers_are_summed_and_say_nothing_of_noise():
    tables = published_tables([cohort("a", {"x": 5, "y": 7}), cohort("b", {"x": 6})])
    assert [(row["topic"], row["voices"]) for row in tables["by_topic"]] == [("x", 11), ("y", 7)]
    assert tables["by_kind"] == [{"kind": "idea", "voices": 18}]
    assert "about" not in str(tables)


def test_every_noisy_number_tells_how_far_it_may_be_off_and_sums_farther():
    tables = published_tables([cohort("a", {"x": 50}, NOISE), cohort("b", {"x": 60, "y": 1}, NOISE)])
    assert [row["about"] for row in tables["by_topic"]] == [22, 15]
    assert tables["by_kind"][0]["about"] == 26
    assert cohort_rows([cohort("a", {}, NOISE)]) == [
        {"cohort": "a", "closed": "2026-06-01", "respondents": 9, "about": 60, "epsilon": 0.5}
    ]


def test_what_a_withdrawn_cohort_spent_is_told_as_spent():
    settings = Publish(privacy="differential", cohort_closes=[date(2026, 6, 1)], rows={"idea": []}, epsilon=2)
    told = noise_told(settings, [cohort("a", {}, NOISE, withdrawn=True), cohort("b", {}, NOISE)])
    assert told == {
        "privacy": "differential", "epsilon_budget": 2.0, "epsilon_spent": 1.0, "epsilon_left": 1.0, "rows_each": 3,
    }  # fmt: skip
