"""What a command writes lies on this machine; an address is told instead of becoming a folder."""

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands

ADDRESSES = ["s3://bucket/results", "https://example.org/a.png", "file:///tmp/a", "S3://b"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("words", [["run"], ["site"], ["still"], ["report"], ["table"], ["links"], ["store", "backup"]])
def test_an_address_is_no_folder(words, address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(commands, [*words, "--out", address])
    assert found.exit_code == 2
    assert f"{address} is no file or folder of this machine" in " ".join(found.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [["matrix", "{}", "b.csv"], ["matrix", "a.csv", "{}"], ["measures", "cumulative", "{}", "b"], ["catchments", "{}"]],
)
def test_a_table_of_points_is_a_file_of_this_machine(words):
    address = "postgresql://gis:secret@h/city"
    found = CliRunner().invoke(commands, [*(word.format(address) for word in words), "--out", "c.gpkg"])
    assert found.exit_code == 2
    output = " ".join(found.output.split())
    assert "is no file or folder of this machine. Name one: write the table of a database into a file" in output
    assert "secret" not in output
