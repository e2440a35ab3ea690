"""Who can reach a room is told; a public address is taken as it is."""

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.workshop.addresses import door_at, door_lines
from tesoma_geo.workshop.session import RoomKeys

KEYS = RoomKeys("h" * 32, "w" * 32, "kala-susi-karhu")


def test_loopback_is_for_this_machine_alone():
    door = door_at("127.0.0.1", 8080)
    assert not door.is_open
    assert door.bases == ("http://127.0.0.1:8080",)
    assert "Only this machine" in "\n".join(door_lines(door, KEYS))


def test_an_open_door_is_told():
    door = door_at("0.0.0.0", 8080)
    assert door.is_open
    assert "Everybody on the networks" in "\n".join(door_lines(door, KEYS))
    assert "0.0.0.0" not in door.hosts


def test_keys_stand_in_the_fragment_alone():
    for line in door_lines(door_at("127.0.0.1", 8080), KEYS):
        for address in (word for word in line.split() if word.startswith("http")):
            assert "?" not in address
            before, _, fragment = address.partition("#")
            assert not any(key in before for key in (KEYS.host, KEYS.wall, KEYS.room))
            assert fragment.startswith("k=") or address.endswith("/join")


def test_the_address_of_a_proxy_comes_first():
    door = door_at("127.0.0.1", 8080, "https://example.org/charrette/")
    assert door.address("join", "x") == "https://example.org/charrette/join#k=x"
    assert "example.org" in door.hosts
    assert door.origins == ("https://example.org",)


@pytest.mark.parametrize("bind", ["example.org", "1.2.3", ""])
def test_what_is_no_address_is_refused(bind):
    with pytest.raises(InputError, match="no address"):
        door_at(bind, 8080)


@pytest.mark.parametrize("public", ["example.org", "ftp://example.org", "https://", "https://example.org/#x"])
def test_what_is_no_public_address_is_refused(public):
    with pytest.raises(InputError, match="no address"):
        door_at("127.0.0.1", 8080, public)
