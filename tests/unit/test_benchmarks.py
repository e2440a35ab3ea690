"""Benchmarks say what they want on their command line, and the commands on the pages are whole."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tesoma_geo.batch.file import Batch

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
#: They need what is installed with the package alone.
LIGHT = ("matrix_memory", "readiness", "scale", "scale_timetable")


def called(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"benchmarks.{name}", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", LIGHT)
def test_a_benchmark_tells_what_it_wants(name):
    told = called(name, "--help")
    assert told.returncode == 0
    assert told.stdout.startswith(f"usage: python -m benchmarks.{name} ")
    lacking = called(name)
    assert lacking.returncode == 2
    assert "Traceback" not in lacking.stderr
    assert "arguments are required: " in lacking.stderr


def test_a_word_that_is_none_and_a_file_that_is_not_there_are_told(tmp_path):
    for words, problem in (
        (("scale", str(tmp_path), "2y2"), "2y2 is no size"),
        (("scale_timetable", "many", str(tmp_path)), "invalid int value: 'many'"),
        (("readiness", str(tmp_path / "no.pbf"), str(tmp_path), str(tmp_path)), "there is no"),
    ):
        told = called(*words)
        assert told.returncode == 2
        assert problem in told.stderr
    assert not any(tmp_path.iterdir())


def test_no_benchmark_reads_its_command_line_by_itself():
    by_themselves = set()
    for path in BENCHMARKS.glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if any(isinstance(node, ast.Attribute) and node.attr == "argv" for node in nodes):
            by_themselves.add(path.name)
    assert by_themselves == {"arguments.py"}


def test_every_command_on_a_page_is_of_a_benchmark_and_names_what_it_wants():
    pages = [*BENCHMARKS.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    found = {
        (page.name, *match.groups())
        for page in pages
        for match in re.finditer(r"python -m benchmarks\.(\w+)([^`#\n]*)", page.read_text(encoding="utf-8"))
    }
    assert found
    for page, name, words in found:
        source = (BENCHMARKS / f"{name}.py").read_text(encoding="utf-8")
        wants = re.search(r"arguments\(\s*__doc__,\s*(.)", source)
        optional = wants is None or wants[1] == "o"
        assert words.strip() or optional, f"{page}: {name}"


def test_all_areas_are_a_batch_of_one_template():
    batch = Batch.load(BENCHMARKS / "all_areas.toml")
    assert batch.profiles == ("walk",)
