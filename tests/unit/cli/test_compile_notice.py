"""The message of the first run: once, and again only when what is compiled changes."""

import pytest

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import QUIET, Console


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def test_it_is_told_once(capsys):
    for _ in range(2):
        with compile_notice(Console()):
            pass
    assert capsys.readouterr().err.count("compiles the fast parts") == 1


def test_a_run_that_failed_is_told_of_again(capsys):
    for _ in range(2):
        with pytest.raises(RuntimeError), compile_notice(Console()):
            raise RuntimeError
    assert capsys.readouterr().err.count("compiles the fast parts") == 2


def test_quiet_is_quiet(capsys):
    with compile_notice(Console(QUIET)):
        pass
    assert capsys.readouterr().err == ""


def test_a_cache_that_cannot_be_written_does_not_stop_anything(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "file"))
    with compile_notice(Console()):
        done = True
    assert done
