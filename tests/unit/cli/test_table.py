"""Tables for people: as text, CSV and Markdown."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.table import _text
from tesoma_geo.render.text.catalogue import catalogue

TABLE = pd.DataFrame(
    {"Alue": ["A|B", "Pohjoinen"], "Asukkaita": [1200, 3], "min": [1.25, np.nan], "≤ 15 min": [0.5, 1.0]}
)


def test_text_is_in_columns_and_in_the_numbers_of_the_language():
    lines = _text(TABLE, "text", catalogue("fi")).splitlines()
    assert lines[0].split() == ["Alue", "Asukkaita", "min", "≤", "15", "min"]
    fi = catalogue("fi")
    assert fi.number(1200) in lines[1]
    assert fi.percent(0.5) in lines[1]
    assert "–" in lines[2]


def test_markdown_has_a_rule_and_bars_of_names_are_escaped():
    lines = _text(TABLE, "markdown", catalogue("en")).splitlines()
    assert lines[1] == "| --- | ---: | ---: | ---: |"
    assert lines[2].startswith("| A\\|B | 1,200 | 1.2 | 50")


def test_csv_keeps_plain_numbers():
    assert _text(TABLE, "csv", catalogue("fi")).splitlines()[1] == "A|B,1200,1.25,0.5"


@pytest.mark.parametrize(
    ("arguments", "told"), [(["--out", "a.pdf"], "a.pdf"), (["--format", "xlsx"], "--out"), ([], "no results of a run")]
)
def test_what_cannot_be_done_is_told(arguments, told, tmp_path):
    done = CliRunner().invoke(commands, ["table", "--results", str(tmp_path), *arguments])
    assert done.exit_code == 1
    assert told in done.output
