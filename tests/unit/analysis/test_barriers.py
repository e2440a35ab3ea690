"""The table of what barriers cost."""

import pandas as pd
import pytest

from tesoma_geo.analysis.barriers import cost_table
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.workspace.annotations import Experience

COSTS = cost_table(Experience())


@pytest.mark.parametrize("costs", [{"dark": {"factor": [1.0, 2.0]}}, {"dark": {"speed": [1.0] * 5}}])
def test_numbers_that_cannot_be_are_refused_with_their_key(costs):
    with pytest.raises(WorkspaceError, match=r"experience\.costs\.dark"):
        cost_table(Experience.model_validate({"costs": costs}))


def test_every_number_of_the_table_tells_its_source():
    for name, cost in COSTS.costs.items():
        assert cost.source, name
        assert pd.Series(cost.factor).is_monotonic_increasing
        assert pd.Series(cost.delay_s).is_monotonic_increasing
