from pathlib import Path

from click.testing import CliRunner

from tesoma_geo.cli import commands

SAMPLE = Path(__file__).parents[3] / "layers" / "tesoma.toml"


def test_pages_in_one_file_are_not_examined_one_by_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = CliRunner().invoke(commands, ["site", "--workspace", str(SAMPLE), "--single", "--check", "--out", str(out)])
    assert done.exit_code == 2
    assert "leave out --single" in done.output
    assert not out.exists()
