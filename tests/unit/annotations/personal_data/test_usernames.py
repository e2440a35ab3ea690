"""Names of accounts: beside the name of a service, after a word that says so, and with signs said in words."""

import pytest

from tesoma_geo.annotations.personal_data.usernames import find_links, find_usernames


@pytest.mark.parametrize(
    "text",
    [
        "Instassa tunnus on jarven.sorsa", "Snapchatissa olen jadee.xo", "Telegramissa tunnuksella ketju-kalle",
        "Pelien puolella olen V4rg_Ter0", "Discordissa rautakivi risuaita 2217",
        "I am daria underscore lviv on Telegram",
        "Tiktokista etsi @ aamuset piha", "lahioluuta . bsky . social",
        "Redditissä nimellä u kauttaviiva annalan_vaari",
        "laittakaa dm jonttu.03 instas", "im frostbyteNoodle on discord",
    ],
)  # fmt: skip
def test_a_name_on_a_service_is_found(text):
    assert list(find_usernames(text))


@pytest.mark.parametrize(
    "text",
    [
        "Instagram ja Facebook vievät nuorten ajan", "Näin siitä Facebookissa klo 12.30",
        "Discord on hyvä paikka sopia",
        "Avoinna 10.00-12.30", "Twitterissä puhuttiin siitä",
    ],
)  # fmt: skip
def test_speaking_of_a_service_is_none(text):
    assert list(find_usernames(text)) == []


def test_links_are_found_apart():
    assert list(find_links("katso www.tesoma.example ja tampere.fi")) == ["www.tesoma.example", "tampere.fi"]
    assert list(find_links("klo 12.30 kaikki")) == []
