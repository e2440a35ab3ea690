"""The pages of the site: which there are, and what each one tells."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.network.profiles import TIMETABLE_PROFILES
from tesoma_geo.render import assets, charts, embed_pages, facts, page_tables, scenario_pages
from tesoma_geo.render.i18n import Line, Words, words
from tesoma_geo.render.sections import certainty, fairness, transit, why, winter
from tesoma_geo.render.sections import hub as hub_section
from tesoma_geo.render.sections.section import Glance, Section, found
from tesoma_geo.render.voices import lived_glance, voices_context
from tesoma_geo.render.webmap import band_classes, band_labels, frame
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.access.assess import Assessment
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.render.layers import Content
    from tesoma_geo.scenarios.compare import Comparison


#: Painters whose layers have a page of their own and wait to be asked for elsewhere.
WAITING = ("voices", "changes")


@dataclass(frozen=True)
class Page:
    """A page in one language.

    Attributes
    ----------
    key
        What it is about, the same in every language.
    file
        Its name.
    body
        Escaped markup without scripts.
    profile
        The one profile that its map shows; None for all of them.
    has_map
        Whether there is a map on it.
    scripts
        What it needs besides the scripts of every page.
    frames
        Whether it shows other pages of the site in frames.
    """

    key: str
    language: Language
    file: str
    title: str
    description: str
    body: str
    profile: str | None = None
    has_map: bool = False
    scripts: tuple[str, ...] = ()
    frames: bool = False

    def in_language(self, language: Language, first: Language) -> str:
        """The file of the same page in another language."""
        return file_name(self.key, language, first)


def file_name(key: str, language: Language, first: Language) -> str:
    """The file of a page: the first language's start page is ``index.html``."""
    if key == "start":
        return "index.html" if language == first else f"{language}.html"
    return f"{key}-{language}.html"


def profile_key(number: int, profile: str) -> str:
    """The key of a profile's page; a name that is no plain word stands as its number."""
    return f"by-{profile}" if re.fullmatch(r"[a-z0-9_]{1,40}", profile) else f"by-{number}"


def pages(
    assessment: "Assessment",
    contents: "tuple[Content, ...]",
    language: Language,
    publication: "Publication | None" = None,
    *,
    comparison: "Comparison | None" = None,
    designers: bool = False,
    pictures: Mapping[str, str] | None = None,
) -> list[Page]:
    """Every page of the site in one language.

    Parameters
    ----------
    contents
        What the map shows, packed.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before (``assessment``) and after a scenario.
    designers
        Whether the map for other pages' frames and its gallery are among them.
    pictures
        The still of each profile's map, as an address.
    """
    text = words(language)
    languages = assessment.workspace.district.languages
    reaches = facts.reaches(assessment)
    keys = {reach.profile: profile_key(number, reach.profile) for number, reach in enumerate(reaches)}
    hub, district = text.of(assessment.workspace.hub.name), text.of(assessment.workspace.district.name)
    headline = facts.headline_cutoff(assessment)
    cards = {reach.profile: facts.card(text, reach, hub, headline) for reach in reaches}

    def link(key: str) -> str:
        return file_name(key, language, languages[0])

    def page(
        key: str, template: str, description: str, profile: str | None = None, title: str | None = None, **context: Any
    ) -> Page:
        shared = {
            "t": text,
            "key": key,
            "hub": hub,
            "district": district,
            "made_up": assessment.workspace.district.made_up,
            "languages": [
                {"language": other, "file": file_name(key, other, languages[0]), "name": words(other)("language.name")}
                for other in languages
            ],
            "site": [
                (link(place), text(f"nav.{place}"), place == key)
                for place in _places_of_site(publication is not None, comparison is not None, designers)
            ],
            "profiles": [
                {
                    "name": text.named("profile", reach.profile),
                    "file": link(keys[reach.profile]),
                    "here": reach.profile == profile,
                    "sentence": cards[reach.profile],
                }
                for reach in reaches
            ],
        }
        if "map_html" in context:
            shared["picture"] = (pictures or {}).get(profile or reaches[0].profile)
        body = assets.rendered(f"pages/{template}.html.j2", **shared, **context)
        shown = title or text("title", hub=hub, district=district)
        return Page(key, language, link(key), shown, description, body, profile, "map_html" in context)

    beside = lived_glance(assessment, text, link("voices")) if publication else []
    made = [
        page(
            "start",
            "start",
            cards[reaches[0].profile],
            **_start(assessment, text, contents, cards, reaches, lambda profile: link(keys[profile]), beside),
        ),
        *(
            page(
                keys[reach.profile],
                "profile",
                cards[reach.profile],
                reach.profile,
                title=f"{text.named('profile', reach.profile)} – {hub}, {district}",
                **_profile(assessment, text, contents, reach),
            )
            for reach in reaches
        ),
        page(
            "method",
            "method",
            text("method.description"),
            title=f"{text('nav.method')} – {hub}, {district}",
            **_method(assessment, text),
        ),
        page(
            "accessibility",
            "accessibility",
            text("accessibility.description"),
            title=f"{text('nav.accessibility')} – {hub}, {district}",
            statement=[text(f"accessibility.{part}") for part in ("aim", "keyboard", "map", "tables", "colours")],
            known=[text(f"accessibility.known.{part}") for part in ("canvas", "names")],
        ),
    ]
    if publication:
        said = voices_context(assessment, publication, text)
        said["map_html"] = frame(assessment, text, contents, hidden=("cells", "services"))
        title = f"{text('nav.voices')} – {hub}, {district}"
        made.append(page("voices", "voices", text("voices.description"), title=title, **said))
    if comparison:
        told, name = scenario_pages.description(comparison, text), text.of(comparison.scenario.name)
        shown = scenario_pages.scenario_context(comparison, text)
        shown["map_html"] = frame(assessment, text, contents, hidden=("services", "voices"), swipe=True)
        made.append(page("scenarios", "scenarios", told, title=f"{name} – {hub}, {district}", **shown))
    if designers:
        name = text("title", hub=hub, district=district)
        embedded = page(
            "embed", "embed", made[0].description, map_html=frame(assessment, text, contents, hidden=WAITING)
        )
        made.append(replace(embedded, scripts=(embed_pages.EMBED,)))
        title, shown = f"{text('nav.designers')} – {hub}, {district}", embed_pages.gallery(assessment, text, name)
        gallery = page("designers", "designers", text("designers.description"), title=title, **shown)
        made.append(replace(gallery, scripts=(embed_pages.GALLERY,), frames=True))
    return made


def _places_of_site(voices: bool, scenarios: bool, designers: bool) -> tuple[str, ...]:
    """The pages that every page leads to."""
    there = {"voices": voices, "scenarios": scenarios, "designers": designers}
    places = ("start", "scenarios", "voices", "method", "designers", "accessibility")
    return tuple(place for place in places if there.get(place, True))


def _start(
    assessment: "Assessment",
    text: Words,
    contents: "tuple[Content, ...]",
    cards: dict[str, str],
    reaches: list[facts.Reach],
    file_of: Callable[[str], str],
    beside: list[Glance],
) -> dict[str, Any]:
    """``beside`` are subjects of other pages."""
    cutoffs = assessment.workspace.access.cutoffs_min
    done = [reach.profile for reach in reaches]
    bands = band_classes(len(cutoffs))
    sections = found(
        fairness.ages(assessment, text, done),
        transit.connections(assessment, text),
        hub_section.services_at_hub(assessment, text),
        fairness.fairness(assessment, text),
        winter.winter(assessment, text),
        certainty.certainty(assessment, text),
        hub_section.targets(assessment, text),
    )
    return {
        "card": cards[done[0]],
        "map_html": frame(assessment, text, contents, hidden=WAITING),
        "bands": bands,
        "band_labels": band_labels(text, cutoffs),
        "strips": [_strip(text, reach, bands) for reach in reaches],
        "reach": page_tables.reach(assessment, text),
        "areas": page_tables.areas(assessment, text, done),
        "kinds": page_tables.kinds(assessment, text, done),
        "places": page_tables.places(assessment, text, done),
        "glances": [_certain_card(assessment, text, cards, file_of), *map(Glance.of, sections), *beside],
        "sections": sections,
    }


def _certain_card(
    assessment: "Assessment", text: Words, cards: dict[str, str], file_of: Callable[[str], str]
) -> Glance:
    """The card of the profile whose certainty is known, with how sure it is."""
    profile = certainty.profile_of(assessment)
    reach = next(reach for reach in facts.reaches(assessment) if reach.profile == profile)
    share = reach.share(reach.within[facts.headline_cutoff(assessment)])
    short = certainty.headline_interval(assessment, text, cards[profile])
    return Glance(text.named("profile", profile), short, file_of(profile), share)


def _profile(
    assessment: "Assessment", text: Words, contents: "tuple[Content, ...]", reach: facts.Reach
) -> dict[str, Any]:
    return {
        "name": text.named("profile", reach.profile),
        "told": summary_lines(text, reach, text.of(assessment.workspace.hub.name)),
        "map_html": frame(assessment, text, contents, reach.profile, WAITING),
        "reach": page_tables.of_profile(assessment, text, reach),
        "curves": charts.reach_curves(assessment, text, [reach.profile]),
        "area_chart": charts.area_bars(assessment, text, reach.profile),
        "areas": page_tables.areas(assessment, text, [reach.profile]),
        "kinds": page_tables.kinds(assessment, text, [reach.profile]),
        "places": page_tables.places(assessment, text, [reach.profile]),
        "sections": found(
            *_timetable(assessment, text, reach.profile),
            why.why(assessment, text, reach.profile),
            winter.winter_of(assessment, text, reach.profile),
            certainty.certainty(assessment, text) if reach.profile == certainty.profile_of(assessment) else None,
            fairness.ages(assessment, text, [reach.profile]),
        ),
    }


def _timetable(assessment: "Assessment", text: Words, profile: str) -> list[Section]:
    """What only a timetable can tell; nothing of the other profiles."""
    if profile not in TIMETABLE_PROFILES:
        return []
    return found(
        transit.connections(assessment, text),
        transit.through_the_day(assessment, text),
        transit.stops(assessment, text),
        why.trip(assessment, text, profile),
    )


def summary_lines(text: Words, reach: facts.Reach, hub: str) -> list[str]:
    """A profile's map in sentences."""
    lines = [
        text(
            "told.within",
            n=text.number(cutoff, 1),
            residents=text.counted("residents", count),
            share=text.percent(reach.share(count)),
        )
        for cutoff, count in reach.within.items()
    ]
    for key, value in (("told.median", reach.median_min), ("told.p90", reach.p90_min)):
        lines.append(text(key, hub=hub, time=text.minutes(value)) if value is not None else text(f"{key}_never"))
    if reach.unreachable:
        lines.append(text("told.unreachable", residents=text.counted("residents", reach.unreachable)))
    return lines


def _method(assessment: "Assessment", text: Words) -> dict[str, Any]:
    hub = text.of(assessment.workspace.hub.name)
    cell = text.number(assessment.workspace.population.cell_m, 1)
    return {
        "method": [text(f"method.{topic}", cell=cell, hub=hub) for topic in ("streets", "homes", "times", "limits")],
        "left_out": [left_out_line(text, item, facts.profiles(assessment)) for item in assessment.left_out],
        "sources": page_tables.sources(assessment, text),
    }


def _strip(text: Words, reach: facts.Reach, bands: list[str]) -> dict[str, Any]:
    """All residents of a profile side by side, by band, as parts of a bar of 1000."""
    widths = [1000 * reach.share(count) for count in reach.bands]
    starts = np.cumsum([0.0, *widths[:-1]])
    return {
        "name": text.named("profile", reach.profile),
        "parts": [
            {"colour": colour, "start": round(float(start), 1), "width": round(width, 1)}
            for colour, start, width in zip(bands, starts, widths, strict=True)
            if width
        ],
    }


def left_out_line(text: Words, item: LeftOut, profiles: list[str]) -> Line:
    """What was left out, in the page's language where the catalogue has the reason, else in English.

    A reason may begin with the profile that it is about (``walk: …``); the catalogue has ``{n}``
    where a reason has a number.
    """
    named, _, rest = item.reason.partition(": ")
    who, reason = (text.named("profile", named), rest) if named in profiles else ("", item.reason)
    numbers = re.findall(r"\b\d+\b", reason)
    what, key = f"left_out.what.{item.what}", "left_out.reason." + re.sub(r"\b\d+\b", "{n}", reason)
    if not (text.knows(what) and text.knows(key)):
        return Line(str(item), "en")
    # Names tell a reader something, ids do not.
    names = [example for example in item.examples if not any(sign.isdigit() for sign in example)]
    examples = f" ({', '.join(names)})" if names else ""
    told = f"{text(what)}: {text.number(item.count)} – {text(key, n=numbers[0] if numbers else '')}{examples}"
    return Line(f"{who}. {told}" if who else told, text.language)
