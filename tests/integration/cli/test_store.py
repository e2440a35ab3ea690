"""``tesoma-geo store``: checked, copied, damaged, restored."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tesoma_geo.cli import commands

KEPT = Path(__file__).resolve().parents[2] / "data" / "store-2026-11"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    return Path(shutil.copytree(KEPT, tmp_path / "kept"))


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, [*words, "--workspace", str(folder / "tesoma.toml")])


def test_the_way_back(folder: Path):
    store = folder / "store-2026-11.gpkg"
    listed = call(folder, "annotations", "list", "--json").output
    assert "is whole" in call(folder, "store", "check").output
    assert call(folder, "store", "backup").exit_code == 0
    store.write_bytes(store.read_bytes()[:10_000])
    for words in (("store", "check"), ("annotations", "list"), ("annotations", "summary"), ("store", "backup")):
        refused = call(folder, *words)
        assert refused.exit_code == 1
        assert "tesoma-geo store restore" in refused.output
    assert "holds personal data" in call(folder, "store", "restore").output
    assert call(folder, "annotations", "list", "--json").output == listed


def test_without_a_store_nothing_is_made(folder: Path):
    (folder / "store-2026-11.gpkg").unlink()
    for words in (("store", "check"), ("store", "backup"), ("store", "restore")):
        assert call(folder, *words).exit_code == 1
    assert not (folder / "store-2026-11.gpkg").exists()


def test_an_older_store_is_brought_up_to_date_once_with_a_copy(folder: Path):
    listed = call(folder, "annotations", "list", "--json").output
    first = call(folder, "store", "migrate")
    assert first.exit_code == 0, first.output
    copies = [path for path in folder.iterdir() if "backup" in path.name]
    assert len(copies) == 1
    assert call(folder, "annotations", "list", "--json").output == listed
    assert "is whole" in call(folder, "store", "check").output
    again = call(folder, "store", "migrate")
    assert again.stdout == first.stdout
    (folder / "store-2026-11.gpkg").unlink()
    assert call(folder, "store", "migrate").exit_code == 1
