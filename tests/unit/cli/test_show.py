"""What is printed on stdout."""

import json

import pytest

from tesoma_geo.cli.show import show_json, show_table


def test_a_table_has_a_line_a_row_with_numbers_to_the_right(capsys):
    show_table(("layer", "rows"), [("streets", 29836), ("hub", 1)])
    lines = capsys.readouterr().out.splitlines()
    assert [lines[0].split(), lines[2].split(), lines[3].split()] == [
        ["layer", "rows"],
        ["streets", "29,836"],
        ["hub", "1"],
    ]
    assert lines[2].endswith("29,836")
    assert lines[3].endswith("     1")


def test_a_table_shows_markup_and_escape_codes_of_names_as_text(capsys):
    show_table(("name",), [("[bold]x[/bold] :smile: \x1b[31m",)])
    assert "[bold]x[/bold] :smile: �[31m" in capsys.readouterr().out


def test_a_piped_table_is_not_cut(capsys):
    show_table(("licence", "file"), [("© " + "a" * 60, "b" * 60)])
    assert "a" * 60 in capsys.readouterr().out


def test_json_is_utf8_and_strict(capsys):
    show_json({"name": "Länsikeskus"})
    out = capsys.readouterr().out
    assert "Länsikeskus" in out
    assert json.loads(out) == {"name": "Länsikeskus"}
    with pytest.raises(ValueError, match="JSON"):
        show_json({"median_min": float("nan")})
