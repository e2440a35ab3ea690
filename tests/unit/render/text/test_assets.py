"""The files of pages: all there, whole without a network when inlined, and nothing unescaped in a template."""

import re
from xml.etree import ElementTree

import jinja2
import pytest

from tesoma_geo.render.text.assets import BESIDE, ICONS, SCRIPTS, STYLES, asset, environment, icon, inlined, rendered


@pytest.mark.parametrize("name", [*STYLES, *SCRIPTS, *BESIDE])
def test_every_file_that_pages_need_is_there(name):
    assert asset(name).is_file()


def test_no_script_is_named_twice():
    assert len(set(SCRIPTS)) == len(SCRIPTS)


@pytest.mark.parametrize("kind", [*ICONS, "quite another kind"])
def test_an_icon_is_the_path_of_its_drawing(kind):
    drawn = icon(kind)
    assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,\s+-]+", drawn)
    paths = ElementTree.parse(asset(f"vendor/maki/{ICONS.get(kind, 'circle')}.svg")).getroot()
    assert len(drawn.split()) == sum(len(part.attrib["d"].split()) for part in paths.iter() if "d" in part.attrib)
    assert "\n" not in drawn


def test_kinds_that_the_pages_do_not_know_are_a_dot():
    assert icon("quite another kind") == icon("and one more")
    assert icon("school") != icon("quite another kind")


@pytest.mark.parametrize("name", STYLES)
def test_an_inlined_style_sheet_needs_no_other_file(name):
    addresses = re.findall(r"url\(([^)]*)\)", inlined(name))
    assert all(address.strip("'\"").startswith(("data:", "#")) for address in addresses)
    assert len(addresses) == len(re.findall(r"url\(", asset(name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_inlined_script_ends_no_element_early(name):
    text, written = inlined(name), asset(name).read_text(encoding="utf-8")
    assert "</script" not in text.lower()
    assert text.replace("<\\/script", "</script") == written


def test_pictures_are_in_the_style_sheet_whole():
    import base64

    pictures = re.findall(r"data:image/png;base64,([A-Za-z0-9+/=]+)", inlined("vendor/leaflet/leaflet.css"))
    known = {asset(name).read_bytes() for name in BESIDE if name.endswith(".png")}
    assert pictures
    assert all(base64.b64decode(picture) in known for picture in pictures)


def test_what_a_template_is_given_is_escaped():
    text = environment().from_string("<p>{{ words }}</p>").render(words='<script>"&')
    assert text == "<p>&lt;script&gt;&#34;&amp;</p>"


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(jinja2.UndefinedError, match="absent"):
        environment().from_string("{{ absent }}").render()
    with pytest.raises(jinja2.TemplateNotFound):
        rendered("absent.html")


def test_every_template_can_be_read():
    names = [name for name in environment().list_templates() if name.endswith((".html", ".jinja", ".j2"))]
    assert names
    for name in names:
        assert environment().get_template(name).render is not None


# An empty element without a role may carry no name (WCAG 4.1.2): axe reports it only while the element is empty,
# so a page whose text comes later by script must not lean on axe alone.
NAMELESS = {"b", "caption", "code", "dd", "div", "dt", "em", "i", "p", "pre", "small", "span", "strong", "time"}
TAG = re.compile(r"<([a-z]+)\b((?:\{\{.*?\}\}|\{%.*?%\}|[^<>])*)>", re.DOTALL)


def named_without_role(template):
    """Opening tags of a template that carry a name and no role, though their element has none of its own."""
    return [
        tag.group()
        for tag in TAG.finditer(template)
        if tag[1] in NAMELESS and "aria-label" in tag[2] and not re.search(r"\brole=", tag[2])
    ]


def test_no_element_without_a_role_carries_a_name():
    templates = list(asset("pages").parent.rglob("*.j2"))
    assert len(templates) > 20
    assert {path.name: tags for path in templates if (tags := named_without_role(path.read_text("utf-8")))} == {}


def test_a_name_without_a_role_is_noticed():
    tag = '<pre tabindex="0" aria-label="{{ t("a > b") }}">'
    assert named_without_role(tag) == [tag]
    assert named_without_role(tag.replace("<pre", '<pre role="log"')) == []
