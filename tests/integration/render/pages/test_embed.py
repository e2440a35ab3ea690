"""The page for other pages' frames, its gallery, and what a publishing system finds beside the pages."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.embed_snippet import COLOURS
from tesoma_geo.render.map.frame import label
from tesoma_geo.render.pages.embed import (
    EMBED,
    FOR_HOSTS,
    GALLERY,
    OPTIONS,
    SOMEWHERE,
    designer_pages,
    gallery,
    oembed,
    with_address,
)
from tesoma_geo.render.pages.site_context import SiteContext
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.render.text.assets import asset
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.workspace import LANGUAGES, Language


@pytest.fixture(scope="module")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(assessment, folder, address="https://maps.example/tesoma/", stills=False)
    return folder


@pytest.mark.parametrize(("language", "start"), [("fi", "index.html"), ("sv", "sv.html"), ("en", "en.html")])
def test_the_pages_name_their_oembed_and_it_names_the_map(site: Path, language: Language, start: str) -> None:
    page = (site / start).read_text("utf-8")
    (link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
    assert link == f"https://maps.example/tesoma/oembed-{language}.json"
    told = json.loads((site / f"oembed-{language}.json").read_text("utf-8"))
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert isinstance(told["width"], int)
    assert isinstance(told["height"], int)
    assert f'src="https://maps.example/tesoma/embed-{language}.html' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
    assert told["title"] in page
    assert 'style="border: 0"' in told["html"]
    codes = (site / f"designers-{language}.html").read_text("utf-8")
    assert "https://maps.example/tesoma/embed.js" in codes
    assert SOMEWHERE not in codes
    assert "thumbnail_url" not in told  # no still was drawn


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_page_about_a_way_of_moving_has_an_oembed_of_that_way(
    assessment: tg.Assessment, site: Path, language: Language
) -> None:
    own, titles = set(), set()
    for path in sorted(site.glob(f"*-{language}.html")):
        page = path.read_text("utf-8")
        if "application/json+oembed" not in page:
            continue
        (name,) = re.findall(r'json\+oembed" href="https://maps.example/tesoma/([^"]+)"', page)
        told = json.loads((site / name).read_text("utf-8"))
        (frame,) = Frames(told["html"]).found
        way = re.fullmatch(r"by-(\w+)-\w+", path.stem)
        if way is None:
            assert name == f"oembed-{language}.json"
            assert frame["src"] == f"https://maps.example/tesoma/embed-{language}.html"
            continue
        own.add(way[1])
        titles.add(told["title"])
        assert frame["src"] == f"https://maps.example/tesoma/embed-{language}.html#profile={way[1]}"
        assert frame["title"] == told["title"]
        assert f"<title>{told['title']}</title>" in page
    assert own == set(headline.profiles(assessment))
    assert len(titles) == len(own)


def test_its_picture_is_that_of_links_to_the_page(assessment: tg.Assessment) -> None:
    context = SiteContext(assessment, layers.contents(assessment), "en", navigation=("start",))
    start = context.page("start", "embed", "Hub: how", "", map_html="")
    ways = {None: "assets/card-0-en.png", headline.profiles(assessment)[-1]: "assets/card-6-en.png"}
    for way, picture in ways.items():
        told = json.loads(
            oembed(assessment, replace(start, profile=way), start, "https://maps.example/", picture, (1200, 630))
        )
        assert told["thumbnail_url"] == f"https://maps.example/{picture}"
        assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
        assert told["provider_name"] == "Hub"


def test_pages_without_an_address_have_none(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    assert not list(tmp_path.glob("oembed-*"))
    assert "oembed" not in (tmp_path / "en.html").read_text("utf-8")


class Frames(HTMLParser):
    """Attributes of the frames in a piece of markup."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "iframe":
            self.found.append(dict(attrs))


@pytest.fixture(scope="module")
def shown(assessment: tg.Assessment):
    return gallery(assessment, catalogue("en"), 'A "map" <of> it')


def test_every_snippet_is_a_frame_of_the_same_view_with_its_title(shown):
    assert len(shown["examples"]) == 4
    for example in shown["examples"]:
        (frame,) = Frames(example["snippet"]).found
        assert frame["src"].startswith(SOMEWHERE)
        assert frame["src"].removeprefix(SOMEWHERE).lstrip("/") == example["src"].lstrip("/")
        assert frame["title"] == 'A "map" <of> it'
        assert frame["height"] == str(example["height"])


def test_views_differ_and_name_profiles_that_there_are(assessment, shown):
    addresses = [example["src"] for example in shown["examples"]]
    assert len(set(addresses)) == 4
    assert headline.profiles(assessment)[-1] in addresses[1]


def test_messages_are_json_that_a_page_can_send(shown):
    for _, text in shown["messages"]:
        assert json.loads(text)["tesoma"] == "set"
        assert "<" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_pages_of_a_language(assessment: tg.Assessment, language):
    context = SiteContext(
        assessment,
        layers.contents(assessment, None, None),
        language,
        designers=True,
        navigation=("start", "method", "designers"),
    )
    embed, designers = designer_pages(context)
    assert (embed.key, embed.scripts, embed.has_map, embed.frames) == ("embed", (EMBED,), True, False)
    assert (designers.key, designers.scripts, designers.frames) == ("designers", (GALLERY,), True)
    assert embed.file in designers.body
    # A script asks for all but the first as they come near; without one all are there.
    frames = Frames(designers.body).found
    asked_for = [frame["data-src"] for frame in frames if "data-src" in frame]
    there = [frame["src"] for frame in frames if "src" in frame]
    assert (len(there), there[1:]) == (4, asked_for)
    assert len(Frames(re.sub("<noscript>.*?</noscript>", "", designers.body)).found) == 4
    assert "<script" not in embed.body
    for name in OPTIONS:
        assert f"<dt><code>{name}</code></dt>" in designers.body
    assert "<tesoma-map " in designers.body
    assert "data-map=" in designers.body
    said = context.catalogue("designers.address", address=SOMEWHERE)
    assert said in with_address(designers, context.catalogue, "").body
    known = with_address(designers, context.catalogue, "https://maps.example/a&b/").body
    assert "https://maps.example/a&amp;b/embed" in known
    assert SOMEWHERE not in known
    assert with_address(embed, context.catalogue, "https://maps.example") is embed
    folded = designers.body.partition('<details id="for-programmers">')[2]
    for content in context.contents:
        assert (f"<code>{content.key}</code>" in folded) == bool(label(context.catalogue, content))
    sheets = "".join(asset(f"styles/{name}.css").read_text("utf-8") for name in ("map", "site"))
    for name in COLOURS:
        assert f"<code>{name}</code>" in folded
        assert f"--{name}:" in sheets


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_frame_speaks_of_tables_where_it_leads_to_them(
    assessment: tg.Assessment, site: Path, language: Language
) -> None:
    texts, page = catalogue(language), (site / f"embed-{language}.html").read_text("utf-8")
    hub = hub_name(assessment.workspace, texts)
    assert "<table" not in page
    for of_tables_below in ("map.no_script", "map.label", "page.picture_alt"):
        assert texts(of_tables_below, hub=hub).rpartition(". ")[2] not in page
    (told,) = re.findall(r"<noscript><p>(.*?)</p></noscript>", page)
    (link,) = re.findall(r'<a href="([^"]+)" target="_blank"', told)
    file, _, place = link.partition("#")
    start = (site / file).read_text("utf-8")
    assert f'id="{place}"' in start
    assert "<table" in start
    assert f'<a href="{file}"' in page.partition('class="whole-page"')[2], "by a link after the map too"


def test_the_gallery_names_every_option_that_the_address_has():
    told = (asset("scripts/host.d.ts").parents[3] / "docs" / "embed.md").read_text("utf-8")
    table = told.partition("## Options in the address")[2].partition("Layers:")[0]
    named = {name.partition(".")[0] for name in re.findall(r"`([a-z]+)(?:\.[\w.]+)?`(?:, `[\w.]+`)? \| `", table)}
    assert named == set(OPTIONS)


#: What the class does for itself.
WITHIN = {"greet", "say", "ask", "hear", "begin", "tell"}


def test_the_types_are_those_of_the_script():
    types, script = (asset(FOR_HOSTS[name]).read_text("utf-8") for name in ("embed.d.ts", "embed.js"))

    def fields(name: str) -> set[str]:
        (body,) = re.findall(rf"(?:interface|class) {name}\b[^{{]*{{(.*?)\n(?:  )?}}", types, re.DOTALL)
        return set(re.findall(r"^ +(?:readonly )?\"?([\w-]+)\"?(?=[?:<(])", body, re.MULTILINE))

    def listed(name: str) -> list[str]:
        (text,) = re.findall(rf"const {name} = (\[.*?\]);", script)
        return re.findall(r'"(\w+)"', text)

    view = {"layers" if name == "show" else name for name in listed("VIEW")}  # messages of the map have the other name
    options = set(re.findall(r"options\.(\w+)", script)) - view
    assert fields("View") == view
    assert fields("Options") == options
    assert fields("Events") == set(listed("EVENTS"))
    of_class = script.partition("class TesomaMap {")[2].partition("\n  }\n")[0]
    assert fields("TesomaMap") == set(re.findall(r"\n    (\w+)\(", of_class)) - WITHIN | {"frame", "ready"}
    assert fields("HTMLElementTagNameMap") == {"tesoma-map"}
    read = script.partition("const ATTRIBUTES = {")[2].partition("\n")[0].strip()
    assert view | options == {*listed("NAMES"), *re.findall(r"(?:^|, )(\w+)(?=:|,| })", read)}


def test_what_hosts_load_is_there():
    for name in (EMBED, GALLERY, *FOR_HOSTS.values()):
        assert asset(name).is_file()
