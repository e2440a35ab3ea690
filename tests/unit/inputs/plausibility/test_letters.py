"""Names that were decoded wrongly on their way."""

import pytest

from tesoma_geo.inputs.plausibility.letters import is_misread, misread_doubts
from tesoma_geo.inputs.plausibility.services import KINDS
from tesoma_geo.render.text.assets import ICONS

NAMES = ["Pyörätie", "Åvägen", "São Paulo", "Łódź", "Œuvre", "Ελλάδα", "Straße „am Wall“", "Ikääntyneet – 65 €", "日本"]


@pytest.mark.parametrize("name", [*NAMES, "Library", "", "Ã", "â€", "Äänekoski Ö"])
def test_names_that_were_read_rightly_are_not_doubted(name: str):
    assert not is_misread(name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf_8_that_was_read_as_something_else_is(name: str, encoding: str):
    try:
        misread = name.encode().decode(encoding)
    except UnicodeDecodeError:
        misread = name.encode().decode(encoding, errors="replace")
    assert is_misread(misread)
    assert is_misread(name.encode("cp1252", errors="ignore").decode("utf-8", errors="replace")) == (
        not name.encode("cp1252", errors="ignore").isascii()
    )


def test_one_name_is_told_and_what_is_no_name_passed_over():
    (doubt,) = misread_doubts("services.library", [None, float("nan"), "Library", "KirjastoÃ¤", "AÃ¤"])
    assert doubt.value == "AÃ¤"
    assert "2 names" in doubt.problem
    assert not list(misread_doubts("services.library", ["Kirjastoä"]))


def test_known_kinds_are_those_of_the_pages():
    assert set(KINDS) == set(ICONS) - {"hub"}
