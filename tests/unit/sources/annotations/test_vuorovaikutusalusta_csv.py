"""The platform's own CSV: quotation marks within answers, cells that are not there, answers over several lines."""

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations._vuorovaikutusalusta_csv import read_submissions

START = '"Vastaustunniste","Aikaleima","Vastauskieli","Nimi","Puhelin"'
HEADER = START + ',"s1k1: Mitä mieltä?","s1k2a: Miksi?","s2k1: Muuta"'


@pytest.fixture
def read(tmp_path):
    def reading(*lines, header=HEADER, encoding="utf-8", end="\n"):
        path = tmp_path / "data.csv"
        path.write_bytes(end.join([header, *lines, ""]).encode(encoding))
        return read_submissions(path)

    return reading


def row(number, *answers, personal=""):
    """A row as the platform writes it: quotation marks stay as they are, and an empty answer is an empty cell."""
    cells = ",".join("" if answer is None else f'"{answer}"' for answer in answers)
    return f'"{number}","26-10-2025, 03:30","suomi"{personal},{cells}'


def test_columns_are_without_their_numbers(read):
    assert read().columns == ("Mitä mieltä?", "Miksi?", "Muuta")
    assert read().rows == ()


@pytest.mark.parametrize(
    "answers",
    [
        ("Hyvä", "Koska", "ei"),
        (None, None, None),
        (None, "vain tämä", None),
        ('Naapuri sanoo "ei"', None, "jaha"),
        ("kaksi, kolme, neljä", "a,b", None),
        ("rivi\ntoinen rivi", None, "ja\n\nkolmas"),
        ('"', '""', None),
    ],
)
@pytest.mark.parametrize("personal", ["", ",Aino Keksitty", ",Aino Keksitty,040 000"])
def test_answers_stand_in_their_columns_whatever_stands_before_them(read, answers, personal):
    (one,) = read(row(7, *answers, personal=personal)).rows
    assert one.answers == answers
    assert (one.number, one.time, one.language) == ("7", "26-10-2025, 03:30", "suomi")


def test_personal_details_are_in_no_answer(read):
    told = read(row(7, "Hyvä", None, None, personal=",Aino Keksitty,040 000"))
    assert "Keksitty" not in repr(told)
    assert "040" not in repr(told)


def test_rows_that_do_not_fit_the_columns_are_named_and_the_others_stay(read):
    told = read(row(7, "a", "b", "c"), row(8, "alone"), row(9, None, "x", None))
    assert told.unread == ("8",)
    assert [one.number for one in told.rows] == ["7", "8", "9"]
    assert told.rows[1].answers == (None, None, None)
    assert told.rows[2].answers == (None, "x", None)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_ends_of_lines_and_a_mark_at_the_beginning_are_the_same(read, end, encoding):
    told = read(row(7, "ä", None, "ö"), row(8, None, None, None), end=end, encoding=encoding)
    assert [one.answers for one in told.rows] == [("ä", None, "ö"), (None, None, None)]


def test_a_submission_without_questions_is_a_submission(read):
    told = read('"7","26-10-2025, 03:30","ruotsi"', header=START)
    assert told.columns == ()
    assert [(one.number, one.language, one.answers) for one in told.rows] == [("7", "ruotsi", ())]


def test_a_time_within_an_answer_begins_no_submission(read):
    (one, other) = read(row(7, "nähty 26-10-2025, 03:30", None, None), row(8, "b", None, None)).rows
    assert one.answers[0] == "nähty 26-10-2025, 03:30"
    assert other.number == "8"


@pytest.mark.parametrize("header", ["id;answer", "", '"Aikaleima","Vastaustunniste"'])
def test_another_table_is_refused_by_name(read, header):
    with pytest.raises(SourceError, match="does not begin with the column Vastaustunniste"):
        read(header=header)


def test_a_file_that_cannot_be_read_is_refused_by_name(read, tmp_path):
    with pytest.raises(SourceError, match=r"absent\.csv cannot be read"):
        read_submissions(tmp_path / "absent.csv")
    with pytest.raises(SourceError, match="cannot be read"):
        read(encoding="utf-16")
