"""Which layer of a workspace a file is."""

import zipfile

import pandas as pd
import pytest

from tesoma_geo.inputs.found_files import _age_groups, _resident_column, _where, look_into, place_value


@pytest.mark.parametrize(
    ("columns", "residents"),
    [
        (["code", "population_2019", "population_2020"], "population_2020"),
        (["id", "Asukkaita", "age_0_6"], "Asukkaita"),
        (["he_vakiy", "vaesto_0_14"], "he_vakiy"),
        (["befolkning", "area"], "befolkning"),
        (["area", "length"], None),
    ],
)
def test_the_column_of_residents(columns, residents):
    assert _resident_column(pd.DataFrame({name: [1, 2] for name in columns})) == residents


def test_words_are_no_numbers_of_residents():
    assert _resident_column(pd.DataFrame({"population": ["few", "many"]})) is None


def test_columns_of_ages():
    rows = pd.DataFrame({name: [1] for name in ("age_0_17", "ikä 18-64", "age_80_plus", "average", "page_1_2")})
    assert _age_groups(rows) == {"0-17": "age_0_17", "18-64": "ikä 18-64", "80-": "age_80_plus"}


def test_the_condition_for_a_place():
    rows = pd.DataFrame({"number": [1, 2], "town": ["Kylä", "Kaupunki"]})
    assert _where(rows, "kylä") == "town == 'Kylä'"
    assert place_value("town == 'Kylä'") == "Kylä"
    assert _where(rows, "Pori") is None


def test_a_zip_without_stops_is_no_timetable(tmp_path):
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    assert look_into(tmp_path / "a.zip", "").holds == "unknown"
