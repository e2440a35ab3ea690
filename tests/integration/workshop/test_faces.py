"""The four faces in three languages, with relative addresses and no script in the page."""

import re

import pytest

from tesoma_geo.workshop.faces import FACES


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("face", FACES)
def test_a_face_in_each_language(served, face, language):
    status, page = served.ask("GET", f"/{face}?lang={language}", key=None)
    text = page.decode()
    assert status == 200
    assert f'<html lang="{language}">' in text
    addresses = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert addresses
    assert all(not address.startswith(("/", "http")) for address in addresses)
    assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", text)
    assert " style=" not in text
    assert " onclick" not in text


def test_a_language_that_there_is_not_is_the_first(served):
    for wished in ("xx", "../fi", "<script>", ""):
        status, page = served.ask("GET", f"/join?lang={wished}", key=None)
        assert status == 200
        assert b'<html lang="fi">' in page
        assert b"<script>" not in page


def test_no_key_is_in_a_page(served):
    for face in FACES:
        page = served.ask("GET", f"/{face}", key=None)[1].decode()
        assert not [key for key in vars(served.room.session.keys).values() if key in page]
