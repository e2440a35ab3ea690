"""What the page on extending says is the whole change: applied to a copy of the code, all of it works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspaces import moved, of_profiles

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "extending.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def test_each_walk_has_its_change_and_its_proof(blocks):
    titles = re.findall(r"^## A (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert titles == ["measure", "survey platform", "section of a page", "still", "profile", "language"]
    kinds = [kind for kind, _ in blocks]
    assert kinds.count("diff") == kinds.count("python") == len(titles)


@pytest.mark.slow
def test_the_changes_apply_and_what_they_add_works(blocks, sample_workspace, tmp_path):
    shutil.copytree(ROOT / "tesoma_geo", tmp_path / "tesoma_geo")  # with the kernels that are compiled already
    shutil.copytree(ROOT / "maps" / "templates", tmp_path / "maps" / "templates")
    shutil.copytree(ROOT / "layers", tmp_path / "layers")
    moved(sample_workspace, tmp_path / "layers", *of_profiles("walk"))

    def run(command: list[str], text: str = "") -> None:
        done = subprocess.run(
            command,
            input=text,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"

    for kind, text in blocks:
        if kind == "diff":
            run(["git", "apply", "--whitespace=nowarn", "-"], text)
        elif kind == "sh":
            run(["bash", "-euo", "pipefail", "-c", text])
    # The blocks are the cells of one notebook; all of them see all changes, so that the sample is assessed once.
    run([sys.executable, "-c", "".join(text for kind, text in blocks if kind == "python")])
