"""Addresses of mail, however the sign and the dots are written; and what only holds an "at" or a dot."""

import pytest

from tesoma_geo.annotations.personal_data.emails import find_emails

SIGNS = (
    "@",
    " @ ",
    "(at)",
    " [ät] ",
    "<at>",
    " ät ",
    " at ",
    " miukumauku ",
    " snabel-a ",
    " (a) ",
    "|at|",
    " at-merkki ",
)
DOTS = (".", " piste ", " dot ", "(dot)", " [punkt] ")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("dot", DOTS)
def test_every_name_of_the_sign_goes_with_every_name_of_a_dot(sign, dot):
    for domain in ("example org", "mail example com"):
        assert list(find_emails(f"Valot rikki, aino.k{sign}{domain.replace(' ', dot)} kiitos"))


@pytest.mark.parametrize(
    "text", ["aino.k99 gmail", "gmail: aino.k99", "ainoATgmailDOTcom", "sähköpostini on aino gmail", "aino@mail,fi"]
)
def test_a_provider_or_a_slip_is_enough(text):
    assert list(find_emails(text))


@pytest.mark.parametrize(
    "text",
    [
        "", "Look at the dot on the map.", "At the corner. No lights.", "(a) valaistus, (b) auraus", "Gmail ei toimi",
        "Piste on väärässä paikassa", "Meet at night. It is dark", "liikennemerkki puuttuu", "5 m. a. 3 m",
    ],
)  # fmt: skip
def test_other_texts_hold_none(text):
    assert list(find_emails(text)) == []


def test_the_piece_is_what_stands_in_the_text_where_it_can_be():
    assert list(find_emails("vastaan: aino(at)example.org!")) == ["aino(at)example.org"]
