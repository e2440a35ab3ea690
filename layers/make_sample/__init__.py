"""Make ``layers/sample``: a small made-up district in Tesoma's place.

Run ``python -m make_sample`` in ``layers/``; the same code gives the same district every time.
Nothing in it is real: the streets, the residents, the timetable and the answers are invented.
``MAKE_SAMPLE_PLACE`` in the environment draws it in another place of the world; see ``make_sample.place``.
"""

import datetime
import os
import random

from make_sample.place import PLACES

SEED = 20260310
PLACE = PLACES[os.environ.get("MAKE_SAMPLE_PLACE", "tesoma")]
EPSG = PLACE.epsg
# The plan is drawn in metres from the hub.
HUB_E, HUB_N = PLACE.hub_e, PLACE.hub_n

MADE_UP_ON = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def dice(subject: str) -> random.Random:
    """Give each part of the district its own dice, so that a change in one leaves the others as they are."""
    return random.Random(f"{SEED} {subject}")
