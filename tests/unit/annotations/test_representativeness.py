"""Who took part, against who lives there."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.annotations.representativeness import common_age_groups, representativeness, residents_by_age


def test_representativeness_against_the_population():
    respondents = pd.DataFrame({"age_group": ["13-17"] * 40 + ["18-29"] * 40 + ["65-"] * 20 + [None] * 5})
    residents = pd.DataFrame(
        {"age_group": ["0-6", "7-17", "18-64", "65-79", "80-"], "residents": [0, 1000, 4000, 3000, 2000]}
    )
    found = representativeness(respondents, residents)
    by_age = found.table.set_index("age_group")
    assert by_age["respondents"].to_dict() == {"0-17": 40, "18-64": 40, "65-": 20}
    assert by_age["ratio"].round(3).to_dict() == {"0-17": 4.0, "18-64": 1.0, "65-": 0.4}
    assert by_age["weight"].to_dict() == pytest.approx({"0-17": 0.25, "18-64": 1.0, "65-": 2.5})
    assert found.chi2 == pytest.approx((40 - 10) ** 2 / 10 + 0 + (20 - 50) ** 2 / 50)
    assert found.p_value < 1e-6
    assert found.left_out == 5


@settings(max_examples=40)
@given(counts=st.lists(st.integers(0, 50), min_size=2, max_size=6), living=st.lists(st.integers(1, 5000), min_size=6))
def test_weights_give_everybody_one_voice_on_average(counts, living):
    groups = [f"{10 * number}-{10 * number + 9}" for number in range(len(counts))]
    respondents = pd.DataFrame({"age_group": np.repeat(groups, counts)})
    residents = pd.DataFrame({"age_group": groups, "residents": living[: len(groups)]})
    found = representativeness(respondents, residents).table
    total = (found["weight"] * found["respondents"]).sum()
    assert total == pytest.approx(sum(counts))
    assert not (found["weight"] < 0).any()


def test_age_groups_of_two_systems_meet_where_both_begin():
    labels = common_age_groups(["0-12", "13-17", "18-29", "30-64", "65-"], ["0-6", "7-17", "18-64", "65-79", "80-"])
    assert set(labels.values()) == {"0-17", "18-64", "65-"}


def test_residents_by_age_and_area():
    origins = pd.DataFrame({"area_code": ["a", "a", "b"], "age_0_17": [1, 2, 3], "age_unknown": [9, 9, 9]})
    found = residents_by_age(origins, "area_code")
    assert found.set_index("area")["residents"].to_dict() == {"a": 3.0, "b": 3.0}
    assert set(found["age_group"]) == {"0_17"}
