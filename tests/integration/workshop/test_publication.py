"""Publishing: the pages of each alternative by the command itself, and the story; words of people stay words."""

import json
import re

import pytest
from injections import INJECTIONS

from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.workshop.publication import pages_folder, story_page
from tesoma_geo.workshop.story import story
from tests.figure_marks import leading_nowhere, unmarked

PATH = {"highway": "path", "foot": "designated", "surface": "asphalt"}


@pytest.fixture
def change(link):
    return {"section": "links", "kind": "path", "entry": {"line": link, "tags": PATH}, "name": "A way & across"}


def test_the_host_publishes_pages_that_anybody_reads(served, change):
    live = served.wall("POST", "/api/alternatives/a/changes?profile=walk", change)[1]["residents"]["residents"]
    for key in ("wall", "room", None):
        assert served.ask("POST", "/api/publish", {}, key=key)[0] in (401, 403)
    assert served.ask("GET", "/pages/index.html", key=None)[0] == 404
    status, told = served.host("POST", "/api/publish", {"decided": "We <b>build</b> it"})
    assert status == 200, told
    assert told["pages"] == ["index.html", "a/index.html"]
    status, page = served.ask("GET", "/pages/index.html", key=None)
    assert status == 200
    page = page.decode()
    assert "A way &amp; across" in page
    assert "We &lt;b&gt;build&lt;/b&gt; it" in page
    for name in re.findall(r'href="((?!data:|#)[^"]+)"', page):
        assert served.ask("GET", f"/pages/{name}", key=None)[0] == 200, name
    plan = served.room.session.folder / "plans" / "a"
    figures = json.loads((plan / "comparison.json").read_text(encoding="utf-8"))
    assert figures["profiles"]["walk"]["residents"] == live
    assert f"<p>Kävellen {live['gaining']} asukasta pääsee" in page  # beneath its picture, where a phone shows it
    assert "<table" not in page
    assert unmarked(page) == leading_nowhere(page) == []
    assert "plans/a/comparison.json: answers" in page
    assert "CC0 1.0: " in page[page.index("<footer>") :]
    assert page.index('<div class="message"><p>We &lt;b&gt;build&lt;/b&gt; it</p>') < page.index(
        '<figure class="sketch">'
    )
    assert 'class="plan" d="M' in page
    assert 'class="won-' in page
    assert served.ask("GET", "/pages/..%2froom.json", key=None)[0] == 404
    assert served.ask("GET", "/pages/%2e%2e/room.json", key=None)[0] == 404
    assert served.ask("GET", "/api/story")[1]["decided"] == "We <b>build</b> it"
    again = pages_folder(served.room)
    before = {path.name: path.read_bytes() for path in again.rglob("*.html")}
    assert served.host("POST", "/api/publish", {})[0] == 200
    assert {path.name: path.read_bytes() for path in again.rglob("*.html")} == before


@pytest.mark.parametrize("language", ["fi", "en"])
def test_hostile_words_of_the_wall_and_the_host_stay_words(served, change, language):
    told = story(served.room, {})
    told["decided"] = "|".join(INJECTIONS)
    hostile = [{"kind": "path", "name": text} for text in INJECTIONS]
    hostile += [{"kind": "path", "name": {"sv": text, language: text}} for text in INJECTIONS]
    told["rounds"][0]["title"] = {language: "|".join(INJECTIONS)}
    told["alternatives"] = [{"name": "a", "changes": hostile}]
    told["rounds"][0]["drawn"] = {"a": hostile}
    page = story_page(served.room, told, {}, catalogue_of(served.room.workspace, language))
    assert re.search(r"<(script|img|svg|iframe|b|a href=.?javascript)\b", page, re.IGNORECASE) is None
    assert len(re.findall(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", page))) == 0


def test_what_helps_most_is_told_where_nothing_was_decided(served, change):
    served.wall("POST", "/api/alternatives/a/changes", change)
    told = story(served.room, {})
    english = catalogue_of(served.room.workspace, "en")
    nobody = {"gaining": 0, "losing": 0}
    trips = {"a": ("hub", 12, 0), "b": ("library", 40, 3)}
    figures = {
        name: {
            "profiles": {"walk": {"residents": nobody}},
            "answers": [{"to": to, "asked": to != "hub", "profile": "walk", "gaining": gaining, "losing": losing}],
            "gain_min": 1.0,
            "costs": {"total_eur": None},
        }
        for name, (to, gaining, losing) in trips.items()
    }
    page = story_page(served.room, told, figures, english)
    message = page[page.index('class="message"') :].split("</p>")[0]
    # What it brings counts, not the hub.
    assert "B: libraries: on foot 40 residents get to the nearest at least 1" in message
    assert "Nobody" not in page
    without = {"a": figures["a"] | {"answers": []}}
    assert "A: nobody’s journey to" in story_page(served.room, told, without, english)
    assert 'class="message"' not in story_page(served.room, told, {}, english)
    told["decided"] = "We build B\nnext summer"
    page = story_page(served.room, told, figures, english)
    # As it was written: in the language of the room, and marked so where the page is in another.
    assert '<div class="message"><p><span lang="fi">We build B</span></p></div>' in page
    assert '<p class="said"><span lang="fi">next summer</span></p>' in page
    assert "The decision, as it was written (in Finnish):" in page
    assert "Some names of meetings or alternatives stand as they were written (in Finnish)." in page
    page = story_page(served.room, told, figures, catalogue_of(served.room.workspace, "fi"))
    assert '<div class="message"><p>We build B</p></div>' in page
    assert "(kieli: " not in page


def test_decision_titles_and_names_are_told_in_each_language_that_they_were_written_in(served, change):
    by_language = {"fi": "Ylitys & polku", "sv": "Övergång & stig", "en": "Crossing & path"}
    status, _ = served.wall("POST", "/api/alternatives/a/changes", change | {"name": by_language})
    assert status == 200
    decided = {"fi": "Rakennetaan A\nensi kesänä", "sv": "Vi bygger A", "en": ""}
    assert served.host("POST", "/api/publish", {"decided": decided})[0] == 200
    told = served.ask("GET", "/api/story")[1]
    assert told["decided"] == {"fi": decided["fi"], "sv": decided["sv"]}  # what nobody wrote is not kept as written
    assert told["alternatives"][0]["changes"][0]["name"] == by_language
    told["rounds"] = [one | {"title": {"fi": "Alku", "sv": "Början", "en": "Beginning"}} for one in told["rounds"]]
    pages = {
        tag: story_page(served.room, told, {}, catalogue_of(served.room.workspace, tag)) for tag in ("fi", "sv", "en")
    }
    for tag, name in by_language.items():
        assert f"A: {name.replace('&', '&amp;')}</h3>" in pages[tag]
        assert f"<h2>{told['rounds'][0]['title'][tag]}</h2>" in pages[tag]
        assert 'class="place"' in pages[tag]
    assert '<div class="message"><p>Vi bygger A</p></div>' in pages["sv"]
    assert '<p class="said">ensi kesänä</p>' in pages["fi"]
    assert '<div class="message"><p><span lang="fi">Rakennetaan A</span></p></div>' in pages["en"]
    assert "The decision, as it was written (in Finnish):" in pages["en"]
    assert "as they were written (in Finnish)" not in pages["en"]  # every name is told in English
    assert "(på " not in pages["sv"]


def test_votes_and_days_come_before_alternatives_and_who_loses_is_told(served, change):
    served.wall("POST", "/api/alternatives/a/changes", change)
    told = story(served.room, {})
    told["decided"] = "We build A"
    told["rounds"][0]["counted"] = {"people": 15, "k": 5, "voters": 10, "votes": {"b": 5, "a": 15}}
    told["alternatives"] = [{"name": name, "changes": [{"kind": "path", "name": f"Way {name}"}]} for name in "ab"]
    row = {"to": "hub", "asked": False}
    figures = {
        "profiles": {}, "gain_min": 1.0, "costs": {"total_eur": None}, "sure": None,
        "answers": [row | {"profile": "walk", "gaining": 40, "losing": 0},
                    row | {"profile": "car", "gaining": 0, "losing": 7},
                    row | {"to": "library", "asked": True, "profile": "car", "gaining": 0, "losing": 9}],
    }  # fmt: skip
    english = catalogue_of(served.room.workspace, "en")
    page = story_page(served.room, told, {"a": figures}, english)
    lead = page[page.index('<p class="card">') :].split("</p>")[0]
    assert "At least 15 people said what they think. Result of the vote: A (" in lead
    assert "at least 15 votes, B (" in lead  # most votes first
    assert 'at least 5 votes. <a class="from" ' in lead
    heads = re.findall(r"<h[23]>(.*?)</h[23]>", page)
    told_heads = [re.sub(r"<[^>]*>", "", head) for head in heads]
    assert told_heads[:3] == ["Alternatives", "A: Way a", "B: Way b"]  # most votes first
    assert told["rounds"][0]["name"] in told_heads[3:], "then how it was found"
    assert "7 residents by car get there at least 1\N{NBSP}min later." in page
    assert "9 residents" not in page  # of a trip that this way of moving alone changes
    told["rounds"][0]["counted"] = None
    assert '<p class="card">' not in story_page(served.room, told, {"a": figures}, english)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_round_tells_its_day_or_that_none_is_known(served, language):
    words = catalogue_of(served.room.workspace, language)
    told = story(served.room, {})
    told["rounds"][0] |= {"date": "2026-05-04", "opened": "2026-05-03T21:30:00+00:00", "closed": None}
    page = story_page(served.room, told, {}, words)
    rounds = page[page.index('<div class="two rounds">') :]
    notes = re.findall(r'<p class="note">(.*?)</p>', rounds)
    assert notes == [
        f"{words.day('2026-05-04')} · {words('workshop.round.is_open')}",
        f"{words('workshop.story.day_unknown')} · {words('workshop.round.is_planned')}",
    ]


@pytest.mark.parametrize(
    ("counted", "said", "times"),
    [
        (None, [], 0),
        ({"people": 0, "k": 7, "voters": 0, "votes": {}}, [], 0),
        ({"people": 14, "k": 7, "voters": 7, "votes": {"a": 7}}, [], 1),
        ({"people": 0, "k": 7, "voters": 7, "votes": {"a": 7}}, [], 1),
        (None, [{"kind": "barrier", "theme": "dark", "people": 9}], 1),
    ],
)
def test_why_numbers_are_minimums_is_told_once_where_there_are_any(served, counted, said, times):
    told = story(served.room, {}) | {"k": 7, "alternatives": [{"name": "a", "changes": []}]}
    told["rounds"] = [one | {"counted": counted, "said": said} for one in told["rounds"]]
    page = story_page(served.room, told, {}, catalogue_of(served.room.workspace, "en"))
    assert page.count("Numbers are minimums") == page.count("groups of fewer than 7 people") == times
    assert ("at least" in page.lower()) == bool(times)


def test_what_cannot_be_published_is_told(served, change):
    served.wall("POST", "/api/alternatives/b/changes", change)
    (served.room.session.folder / "b.toml").write_text("name = 1\n", encoding="utf-8")
    status, told = served.host("POST", "/api/publish", {})
    assert status == 422
    assert told["problem"].startswith("alternative B cannot be published: ")
    assert served.ask("GET", "/pages/index.html", key=None)[0] == 404
