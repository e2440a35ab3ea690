"""The pages of the site: which there are, and what each one tells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.map.folium_map import frame
from tesoma_geo.render.pages import embed, scenario, themes
from tesoma_geo.render.pages.annotations import voices_context
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.pages.start import start
from tesoma_geo.render.sections import certainty, charts, fairness, page_tables, transit, why, winter
from tesoma_geo.render.sections.section import Section, found
from tesoma_geo.render.text.catalogue import Catalogue, Line
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.render.map.layers import Content
    from tesoma_geo.scenarios.compare import Comparison

#: Painters whose layers have a page of their own and wait to be asked for elsewhere.
WAITING = ("voices", "changes")


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
    """Every page of the site in one language, the start page first.

    The parameters are those of :class:`~tesoma_geo.render.pages.site_context.SiteContext`.
    """
    edition = SiteContext(assessment, contents, language, publication, comparison, designers, pictures or {})
    return [
        start(edition, WAITING),
        *(_profile(edition, reach) for reach in edition.reaches),
        _method(edition),
        _accessibility(edition),
        *(_voices(edition, publication) if publication else ()),
        *([_scenarios(edition, comparison)] if comparison else ()),
        *(_designers(edition) if designers else ()),
    ]


def _profile(edition: SiteContext, reach: headline.Reach) -> Page:
    assessment, text, profile = edition.assessment, edition.text, reach.profile
    name = text.named("profile", profile)
    return edition.page(
        edition.key_of_profile(profile),
        "profile",
        edition.title(name),
        edition.card(profile),
        profile,
        name=name,
        told=summary_lines(text, reach, edition.hub),
        map_html=frame(assessment, text, edition.contents, profile, WAITING),
        reach=page_tables.of_profile(assessment, text, reach),
        curves=charts.reach_curves(assessment, text, [profile]),
        area_chart=charts.area_bars(assessment, text, profile),
        areas=page_tables.areas(assessment, text, [profile]),
        kinds=page_tables.kinds(assessment, text, [profile]),
        places=page_tables.places(assessment, text, [profile]),
        sections=found(
            *_timetable(assessment, text, profile),
            why.why(assessment, text, profile),
            winter.winter_of(assessment, text, profile),
            certainty.certainty_of(assessment, text, profile),
            fairness.ages(assessment, text, [profile]),
        ),
    )


def _timetable(assessment: "Assessment", text: Catalogue, profile: str) -> list[Section]:
    """What only a timetable can tell; nothing of the other profiles."""
    if profile not in TIMETABLE_PROFILES:
        return []
    return found(
        transit.connections(assessment, text),
        transit.through_the_day(assessment, text),
        transit.stops(assessment, text),
        why.trip(assessment, text, profile),
    )


def summary_lines(text: Catalogue, reach: headline.Reach, hub: str) -> list[str]:
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


def _method(edition: SiteContext) -> Page:
    assessment, text = edition.assessment, edition.text
    cell = text.number(assessment.workspace.population.cell_m, 1)
    topics = ("streets", "homes", "times", "limits")
    return edition.page(
        "method",
        "method",
        edition.title(text("nav.method")),
        text("method.description"),
        method=[text(f"method.{topic}", cell=cell, hub=edition.hub) for topic in topics],
        left_out=[left_out_line(text, item, headline.profiles(assessment)) for item in assessment.left_out],
        sources=page_tables.sources(assessment, text),
    )


def _accessibility(edition: SiteContext) -> Page:
    text = edition.text
    return edition.page(
        "accessibility",
        "accessibility",
        edition.title(text("nav.accessibility")),
        text("accessibility.description"),
        statement=[text(f"accessibility.{part}") for part in ("aim", "keyboard", "map", "tables", "colours")],
        known=[text(f"accessibility.known.{part}") for part in ("canvas", "names")],
    )


def _voices(edition: SiteContext, publication: "Publication") -> Iterator[Page]:
    """The page of all voices, and one for each theme."""
    assessment, text = edition.assessment, edition.text
    hidden = ("cells", "services")
    yield edition.page(
        "voices",
        "voices",
        edition.title(text("nav.voices")),
        text("voices.description"),
        map_html=frame(assessment, text, edition.contents, hidden=hidden),
        **voices_context(assessment, publication, text),
    )
    for theme in edition.themes:
        yield edition.page(
            edition.key_of_theme(theme),
            "theme",
            edition.title(themes.theme_name(assessment, theme, text)),
            themes.theme_sentence(assessment, theme, text),
            map_html=frame(assessment, text, edition.contents, hidden=hidden, topic=theme.code),
            **themes.theme_context(assessment, publication, theme, text),
        )


def _scenarios(edition: SiteContext, comparison: "Comparison") -> Page:
    text = edition.text
    return edition.page(
        "scenarios",
        "scenarios",
        edition.title(text.of(comparison.scenario.name)),
        scenario.description(comparison, text),
        map_html=frame(edition.assessment, text, edition.contents, hidden=("services", "voices"), swipe=True),
        **scenario.scenario_context(comparison, text),
    )


def _designers(edition: SiteContext) -> Iterator[Page]:
    """The map for other pages' frames, and the gallery that shows it."""
    assessment, text = edition.assessment, edition.text
    name = text("title", hub=edition.hub, district=edition.district)
    map_html = frame(assessment, text, edition.contents, hidden=WAITING)
    embedded = edition.page("embed", "embed", name, edition.card(edition.reaches[0].profile), map_html=map_html)
    yield replace(embedded, scripts=(embed.EMBED,))
    gallery = edition.page(
        "designers",
        "designers",
        edition.title(text("nav.designers")),
        text("designers.description"),
        **embed.gallery(assessment, text, name),
    )
    yield replace(gallery, scripts=(embed.GALLERY,), frames=True)


def left_out_line(text: Catalogue, item: LeftOut, profiles: list[str]) -> Line:
    """What was left out, in the page's language where the catalogue has the reason, else in English.

    A reason may begin with the profile that it is about (``walk: …``) and end with the file (``… (feed.zip)``);
    the catalogue has ``{n}`` where a reason has a number.
    """
    named, _, rest = item.reason.partition(": ")
    who, reason = (text.named("profile", named), rest) if named in profiles else ("", item.reason)
    reason, bracket, file = reason.removesuffix(")").partition(" (")
    numbers = re.findall(r"\b\d+\b", reason)
    what, key = f"left_out.what.{item.what}", "left_out.reason." + re.sub(r"\b\d+\b", "{n}", reason)
    if not (text.knows(what) and text.knows(key)):
        return Line(str(item), "en")
    # Names tell a reader something, ids do not.
    names = [example for example in item.examples if not any(sign.isdigit() for sign in example)]
    examples = f" ({', '.join(names)})" if names else ""
    told = f"{text(what)}: {text.number(item.count)} – {text(key, n=numbers[0] if numbers else '')}"
    told += f"{bracket}{file}{bracket and ')'}{examples}"
    return Line(f"{who}. {told}" if who else told, text.language)
