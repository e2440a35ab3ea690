"""Tables as what a command gives: the parts of one are the whole."""

import pandas as pd
import pytest

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.table_file import STDOUT, write_blocks, write_table

TABLE = pd.DataFrame({"from_id": ["a", "b", "ä"], "travel_time": [1.5, float("inf"), 0.0]})


@pytest.mark.parametrize(("name", "read"), [("whole.csv", pd.read_csv), ("whole.parquet", pd.read_parquet)])
def test_parts_are_written_as_the_whole_is(tmp_path, name, read):
    write_table(TABLE, tmp_path / name, "rows", overwrite=False, console=Console())
    parts = (TABLE.iloc[[row]] for row in range(3))
    write_blocks(parts, tmp_path / f"parts-{name}", "rows", overwrite=False, console=Console())
    pd.testing.assert_frame_equal(read(tmp_path / name), TABLE)
    pd.testing.assert_frame_equal(read(tmp_path / f"parts-{name}"), TABLE)


def test_on_stdout_the_names_of_columns_stand_once(capsys):
    write_blocks([TABLE.iloc[:2], TABLE.iloc[2:]], STDOUT, "rows", overwrite=False, console=Console())
    assert capsys.readouterr().out.split() == ["from_id,travel_time", "a,1.5", "b,inf", "ä,0.0"]


def test_a_part_that_fails_leaves_nothing(tmp_path):
    def parts():
        yield TABLE
        raise ValueError("the second part")

    with pytest.raises(ValueError, match="second"):
        write_blocks(parts(), tmp_path / "times.parquet", "rows", overwrite=False, console=Console())
    assert list(tmp_path.iterdir()) == []
