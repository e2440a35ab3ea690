"""A limit of address space below what a run takes is told at the start."""

import subprocess
import sys

import pytest

LIMITED = """
import resource, sys
from tesoma_geo.cli import main
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv.pop(1)), -1))
main()
"""


@pytest.mark.parametrize("command", ["run", "check", "annotations publish"])
def test_too_little_address_space_is_told_with_how_much_is_needed(tmp_path, command):
    words = [*command.split(), *(["--out", str(tmp_path / "out")] if command != "check" else [])]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "1500000000", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "may take 1,500 MB of address space, and needs 3,000 MB" in done.stderr
    assert list(tmp_path.iterdir()) == []
