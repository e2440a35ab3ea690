"""A workspace of one way of moving with a plan that is a trial."""

import shutil
from pathlib import Path

PLAN = """
name = "Crossing"
[[links]]
line = [[23.629155, 61.501585], [23.629135, 61.501670]]
tags = { highway = "footway" }
[trial]
begins = 2026-05-01
who = "City"
question = "Does <i>it</i> help?"
within_m = 2000
"""


def trial_workspace(sample_workspace: Path, folder: Path) -> Path:
    """The sample's workspace file in a folder of its own, walking alone, beside the trial's plan ``crossing.toml``."""
    shutil.copytree(sample_workspace.parent / "sample", folder / "sample")
    text = sample_workspace.read_text(encoding="utf-8")
    profiles = 'profiles = ["walk", "walk_slow", "wheelchair", "bicycle", "e_bike", "car", "transit"]'
    assert profiles in text
    text = text.replace(profiles, 'profiles = ["walk"]').split("[targets]")[0] + "[publish]\nk = 5\n"
    (folder / "tesoma.toml").write_text(text, encoding="utf-8")
    (folder / "crossing.toml").write_text(PLAN, encoding="utf-8")
    return folder / "tesoma.toml"
