"""Plural forms of a gettext file."""

from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog

from tesoma_geo.errors import InputError
from tesoma_geo.render.text.plural_forms import plural_positions


def catalog(rule: str) -> Catalog:
    made = Catalog(locale="fi")
    made.mime_headers = [("Plural-Forms", rule)]
    return made


def test_each_category_has_the_text_that_the_file_has_for_its_numbers() -> None:
    there = plural_positions(Locale("fi"), catalog("nplurals=2; plural=(n != 1);"), Path("fi.po"))
    assert there == {"one": 0, "other": 1}


def test_a_rule_of_another_language_is_refused() -> None:
    with pytest.raises(InputError, match="Plural-Forms"):
        plural_positions(Locale("fi"), catalog("nplurals=2; plural=(n > 2);"), Path("fi.po"))
