"""The survey platform's exports, trap by trap, and the real format."""

import json
from pathlib import Path

import pytest
from made_annotations import CRS, SECTION, write_csv, write_geopackage

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations import vuorovaikutusalusta
from tesoma_geo.sources.annotations._vuorovaikutusalusta_csv import read_submissions
from tesoma_geo.sources.annotations.schema import SurveyExport


@pytest.fixture
def made(tmp_path):
    geometries, table = write_geopackage(tmp_path / "geopackage.gpkg"), write_csv(tmp_path / "data.csv")
    return vuorovaikutusalusta.read(SurveyExport(SECTION, geometries, CRS, {}, table))


def rows_of(made, respondent):
    return made.annotations[made.annotations["respondent"] == respondent]


def answers_of(made, respondent):
    people = made.respondents.set_index("respondent")
    return json.loads(people.loc[respondent, "answers"])


def test_fields_come_from_the_questions_that_the_workspace_names(made):
    first, second = rows_of(made, "7").sort_values("time").to_dict("records")
    assert (first["category"], first["severity"], first["text"]) == ("dark", 5, 'Naapuri sanoo "ei"')
    assert second["category"] == "other"  # own words
    assert json.loads(second["answers"])["Syy"] == "Koirat irti"


def test_mixed_geometries_of_one_question_are_kept(made):
    assert set(made.annotations.geom_type) == {"Point", "LineString", "MultiPolygon"}  # the bow tie is repaired
    assert made.annotations.is_valid.all()


def test_times_without_zone_are_of_helsinki(made):
    times = dict(zip(made.annotations["respondent"], made.annotations["time"], strict=True))
    assert times["8"] == "2025-07-01T12:00:00+03:00"
    assert times["9"] == "2026-01-01T08:05:00+02:00"


def test_checkboxes_are_ticked_unticked_or_never_answered(made):
    themes = rows_of(made, "9").sort_values("annotation_id")["themes"].tolist()
    answers = [json.loads(text) for text in rows_of(made, "9").sort_values("annotation_id")["answers"]]
    assert themes == ["together;youth", "", ""]
    assert answers[0]["Teema"] == ["Nuorille tekemistä", "Yhdessä tekeminen"]
    assert answers[0]["Teema (jokin muu, mikä?)"] == "kissat"
    assert answers[1] == {}
    assert answers[2] == {"Teema": []}


def test_what_is_not_used_is_counted(made):
    reasons = {left.reason: left.count for left in made.left_out}
    assert reasons["no geometry, or an empty one"] == 1
    assert reasons["Haitta (1–5): not a number from 1 to 5"] == 1
    assert reasons["the workspace does not say what 'Missä asut?' is"] == 1


def test_columns_are_matched_by_title_whatever_their_numbers(made):
    people = made.respondents.set_index("respondent")
    assert people.loc["7", ["role", "age_group"]].tolist() == ["resident", "0-12"]
    assert people.loc["8", ["role", "age_group"]].tolist() == ["company", "13-17"]
    assert answers_of(made, "8")['Miksi "näin"?'] == "siksi"


def test_inner_quotes_and_commas_stay_in_their_answer(made):
    assert answers_of(made, "7")["Vapaa palaute"] == 'Toivon "keskustan", jossa on "puita", rauhaa'
    assert answers_of(made, "8")["Miten liikut? - joku muu mikä?"] == 'lasten "kyydissä"'
    assert answers_of(made, "10")["Vapaa palaute"] == "first\nsecond"


def test_personal_details_are_read_into_nothing(made, tmp_path):
    everything = made.annotations.to_csv() + made.respondents.to_csv()
    for canary in ("Meikäläinen", "Maija", "maija@example.org", "Aino", "aino@example.org"):
        assert canary not in everything


def test_who_answered_on_the_map_alone_or_in_the_table_alone_is_there(made):
    assert set(made.respondents["respondent"]) == {"7", "8", "9", "10", "11"}
    assert made.notes == ("1 respondents answered on the map alone: their role and age are unknown",)


def test_a_title_that_is_not_in_the_survey_is_refused_with_those_that_are(tmp_path):
    path = write_geopackage(tmp_path / "geopackage.gpkg")
    wrong = SECTION.model_copy(update={"questions": (SECTION.questions[0].model_copy(update={"title": "Paikka"}),)})
    with pytest.raises(SourceError, match=r"no map question 'Paikka'.*Hyvä paikka"):
        vuorovaikutusalusta.read(SurveyExport(wrong, path, CRS, {}))


def test_a_file_that_is_no_export_is_refused(tmp_path):
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"not a database")
    with pytest.raises(SourceError, match="cannot be read as a GeoPackage"):
        vuorovaikutusalusta.read(SurveyExport(SECTION, broken, CRS, {}))
    table = tmp_path / "other.csv"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(SourceError, match="Vastaustunniste"):
        read_submissions(table)


def test_rows_that_fit_no_reading_are_counted_and_the_others_kept(tmp_path):
    table = write_csv(tmp_path / "data.csv")
    with table.open("a", encoding="utf-8") as file:
        file.write('12,04-07-2025 09:00,fi,"1","1"\n')
    found = read_submissions(Path(table))
    assert found.unread == ("12",)
    assert [row.number for row in found.rows] == ["7", "8", "10", "11", "12"]
