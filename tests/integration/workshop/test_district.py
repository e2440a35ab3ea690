"""What is prepared once is what the main job computes."""

import numpy as np

from tesoma_geo.assessment.assess import assess_inputs
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S


def test_todays_seconds_are_those_of_the_main_job(district, few):
    whole = assess_inputs(few, lambda _: None)
    for name, today in district.today.items():
        np.testing.assert_array_equal(today.seconds.to_hub_s, whole.origins[TO_HUB_S.of(name)])
        np.testing.assert_array_equal(today.seconds.from_hub_s, whole.origins[FROM_HUB_S.of(name)])
