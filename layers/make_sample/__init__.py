"""Make ``layers/sample``: a small made-up district in Tesoma's place.

Run ``python -m make_sample`` in ``layers/``; the same code gives the same district every time.
Nothing in it is real: the streets, the residents, the timetable and the answers are invented.
"""

import datetime
import random

SEED = 20260310
EPSG = 3067
# The hub of the real Tesoma, about 23.6275 E 61.5052 N; the plan is drawn in metres from it.
HUB_E, HUB_N = 320556.0, 6823704.0

MADE_UP_ON = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def dice(subject: str) -> random.Random:
    """Give each part of the district its own dice, so that a change in one leaves the others as they are."""
    return random.Random(f"{SEED} {subject}")
