"""The rules that ask a moderator to look."""

import pytest
from made_annotations import CRS, at
from shapely import box

from tesoma_geo.annotations.personal_data.identity_codes import is_identity_code
from tesoma_geo.annotations.review import moderation_flags, text_flags
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Moderation


@pytest.mark.parametrize("code", ["131052-308T", "010594Y9021", "020594X903P", "131052-308t"])
def test_identity_codes_with_the_right_check_character_are_found(code):
    # 131052-308T: the example of the Digital and Population Data Services Agency
    assert is_identity_code(code)
    assert "identity_code" in text_flags(f"Tunnukseni on {code}, soita.")


@pytest.mark.parametrize("code", ["131052-308U", "321052-308T", "131352-308T", "131052/308T"])
def test_what_only_looks_like_an_identity_code_is_none(code):
    assert not is_identity_code(code)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Soittakaa 040 1234567", "phone"),
        ("+358 (0)40-123 4567", "phone"),
        ("0\u200b40\u200b123 45 67", "phone"),
        ("０４０ １２３４５６７", "phone"),
        ("asukas@example.org", "email"),
        ("asukas (at) example.org", "email"),
        ("asukas ät example piste fi tai asukas[at]example[dot]fi", "email"),
        ("Asun Rantatie 7:ssä", "address"),
        ("Matti Meikäläinen, Tesomankatu 12 A 3", "address"),
        ("Jag bor på Strandvägen 4", "address"),
        ("Terveisin Matti Meikäläinen", "name"),
        ("katso https://example.org/x", "link"),
        ("javascript:alert(1)", "link"),
        ("voi vittu tätä mäkeä", "abuse"),
        ("<img src=x onerror=alert(1)>", "markup"),
        ("${alert(1)}", "markup"),
    ],
)
def test_texts_are_flagged(text, flag):
    assert flag in text_flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Lapset ylittävät tien koulumatkalla", "Tesomankatu 12 kohdalla on kuoppa", "Bussit 20 ja 26 klo 7.30-9.00",
        "Kuntoon 17.8.2025 mennessä", "Kukat ovat kauniita", "Nopeus 40 km/h, leveys 1,2 m", "Ylämäki on 5 % jyrkkä",
    ],
)  # fmt: skip
def test_harmless_texts_are_not(text):
    assert text_flags(text) == ()


def test_words_of_the_workspace_are_abusive_too():
    assert text_flags("mokoma töräyttely", ["töräyt"]) == ("abuse",)


def test_duplicates_floods_and_places_far_off_are_flagged():
    def row(who, east, category="dark", number=0):
        return {"annotation_id": f"{who}-{east}-{number}", "respondent": who, "question": "q", "kind": "barrier",
                "category": category, "geometry": at(east, 0)}  # fmt: skip

    rows = [row("a", 0), row("a", 10), row("a", 12, "steps"), row("b", 5), row("c", 90_000)]
    rows += [row("d", 100 + 50 * number, number=number) for number in range(4)]
    table = annotation_reading(rows, [], crs=CRS, source="made").annotations
    district = box(*at(-500, -500).coords[0], *at(500, 500).coords[0])
    found = moderation_flags(table, district, Moderation(flood=3))
    assert found[:5] == [(), ("duplicate",), (), (), ("far",)]
    assert all(flags == ("flood",) for flags in found[5:])
