"""What the files of pages are called, and where the start page of a site is."""

import pytest

from tesoma_geo.render.text.file_names import file_name, start_address


@pytest.mark.parametrize(
    ("key", "language", "name"),
    [("start", "fi", "index.html"), ("start", "sv", "sv.html"), ("method", "fi", "method-fi.html")],
)
def test_the_first_languages_start_page_is_the_index(key, language, name):
    assert file_name(key, language, "fi") == name


@pytest.mark.parametrize("site", ["https://example.org/map", "https://example.org/map/"])
def test_an_address_leads_to_the_page_in_the_language(site):
    assert start_address(site, "fi", "fi") == "https://example.org/map/"
    assert start_address(site, "sv", "fi") == "https://example.org/map/sv.html"


def test_without_a_site_there_is_no_address():
    assert start_address("", "sv", "fi") == ""
