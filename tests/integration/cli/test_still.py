"""Stills: of a finished run as of its workspace, in another language or size without assessing."""

import pytest

from tests.finished_runs import told


@pytest.mark.usefixtures("nobody_assesses")
def test_another_language_or_size_is_drawn_without_assessing(finished_run, tmp_path):
    told("still", "--results", finished_run.results, "--language", "sv", "--out", tmp_path / "sv.png")
    told("still", "--results", finished_run.results, "--size", "100", "80", "--out", tmp_path / "small.png")
    assert (tmp_path / "sv.png").read_bytes() != (tmp_path / "small.png").read_bytes()


def test_a_still_is_as_from_the_workspace(finished_run, tmp_path):
    told("still", "--results", finished_run.results, "--out", tmp_path / "one.png")
    told("still", "--workspace", finished_run.workspace, "--out", tmp_path / "two.png")
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
