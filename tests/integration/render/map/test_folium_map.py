"""The map: its data whole or in parts that are the same, nothing from other hosts."""

import json
import re

import pytest

import tesoma_geo as tg
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.folium_map import composed, webmap
from tesoma_geo.render.map.packed_data import later_parts, map_data, map_data_at_once


@pytest.fixture(scope="module")
def contents(assessment: tg.Assessment):
    return layers.contents(assessment, None, None)


def test_what_comes_at_once_and_what_comes_later_is_the_whole(contents):
    whole, at_once = json.loads(map_data(contents)), json.loads(map_data_at_once(contents))
    files = dict(later_parts(contents))
    assert files
    for key, layer in whole.items():
        for number, part in enumerate(layer["parts"]):
            if at_once[key]["parts"][number] is None and part is not None:
                script = files.pop(f"{key}-{number}.js")
                told = json.loads("[" + script.removeprefix("tesoma.arrive(").removesuffix(");\n") + "]")
                assert told == [key, number, part]
            else:
                assert at_once[key]["parts"][number] == part
        assert {k: v for k, v in layer.items() if k != "parts"} == {
            k: v for k, v in at_once[key].items() if k != "parts"
        }
    assert files == {}


def test_data_in_a_script_ends_no_element(contents):
    assert "</" not in map_data(contents)
    assert "<!--" not in map_data(contents)


def test_a_map_has_the_layers_it_was_given_and_twice_the_same_bytes(assessment, contents):
    fmap = composed(assessment, contents, "en")
    assert [one.key for one in fmap.contents()] == [one.key for one in contents]
    parts, again = fmap.parts(), composed(assessment, contents, "en").parts()
    assert (parts.html, parts.script) == (again.html, again.script)


def test_a_map_asks_no_other_host(assessment):
    page = webmap(assessment, "en").get_root().render()
    loaded = re.findall(r"""(?:src|href)=["'](https?://[^"']+)["']""", re.sub(r"<a [^>]*>", "", page))
    assert loaded == []
    assert 'lang="en"' in page or "lang=en" in page


def test_without_a_language_it_is_the_workspaces_first(assessment):
    first = assessment.workspace.district.languages[0]
    assert f'lang="{first}"' in webmap(assessment).get_root().render()
