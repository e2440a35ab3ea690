"""What the questions of a survey sound like."""

import pandas as pd
import pytest

from tesoma_geo.inputs.found_survey import _question, found_respondent


def question(title, **answers):
    rows = pd.DataFrame({"Vastaustunniste": range(24), **answers})
    return _question(title, rows, {name: [(name, None)] for name in answers})


def test_a_barrier_with_its_severity_its_reason_and_its_words():
    made = question(
        "Vaarallinen paikka", Syy=["Portaat", "Koirat irti"] * 12, Haitta=["1", "5"] * 12,
        Kerro=[f"sanoja {number}" for number in range(24)],
    )  # fmt: skip
    assert made.kind == "barrier"
    assert made.fields == {"category": "Syy", "severity": "Haitta", "text": "Kerro"}
    assert made.categories == {"Portaat": "steps", "Koirat irti": "koirat_irti"}


def test_what_few_answered_is_no_option():
    made = question("Vaarallinen paikka", Syy=["Portaat"] * 14 + ["Naapurin Maija"] * 10)
    assert set(made.categories) == {"Portaat", "Naapurin Maija"}
    made = question("Vaarallinen paikka", Syy=["Portaat"] * 15 + ["Naapurin Maija"] * 9)
    assert set(made.categories) == {"Portaat"}


@pytest.mark.parametrize(
    ("title", "kind"), [("Puuttuva yhteys", "missing_link"), ("Farlig plats", "barrier"), ("Hyvä paikka", "place")]
)
def test_kinds_by_the_title(title, kind):
    assert question(title).kind == kind


def test_questions_about_respondents():
    assert dict(found_respondent(["Ikäryhmä", "Vastaan roolissa", "Muuta"])) == {
        "age_group": "Ikäryhmä", "role": "Vastaan roolissa",
    }  # fmt: skip
