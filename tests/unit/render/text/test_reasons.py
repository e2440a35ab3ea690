"""Why a district has no figures, in words."""

import re
from pathlib import Path

import pytest

import tesoma_geo
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.reasons import KNOWN, reason_told


@pytest.mark.parametrize("code", KNOWN)
def test_a_known_reason_is_one_that_the_program_gives(code: str) -> None:
    package = Path(tesoma_geo.__file__).parent
    given = [
        path for path in package.rglob("*.py") if path.name != "reasons.py" and KNOWN[code] in path.read_text("utf-8")
    ]
    assert given, f"no module says {KNOWN[code]!r} any more"


@pytest.mark.parametrize("language", CATALOGUES)
def test_each_reason_has_words_of_its_own_in_every_language(language: str) -> None:
    text = catalogue(language)
    told = {reason_told(text, f"somewhere: {words}. Do this") for words in KNOWN.values()}
    assert None not in told
    assert len(told) == len(KNOWN)
    assert not any(re.search(r"memory_gb|_", str(one)) for one in told)


def test_another_reason_is_left_to_the_programs_words() -> None:
    assert reason_told(catalogue("fi"), "unexpected ZeroDivisionError: x") is None
