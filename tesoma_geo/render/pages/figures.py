"""The page of all figures of the district, a section a subject."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.figures.credits import told_days
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections import findings, page_tables
from tesoma_geo.render.sections.registry import district_sections
from tesoma_geo.render.text.bands import band_classes, band_labels
from tesoma_geo.render.text.catalogue import Catalogue


def figures_page(context: SiteContext) -> Iterator[Page]:
    """Every figure of the district: each subject with its sentences, charts and tables.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        One.
    """
    assessment, catalogue = context.assessment, context.catalogue
    cutoffs, cutoff = assessment.workspace.access.cutoffs_min, headline.headline_cutoff(assessment)
    done = [reach.profile for reach in context.reaches]
    bands = band_classes(len(cutoffs))
    sections = district_sections(assessment, catalogue)
    reach, areas = page_tables.reach(assessment, catalogue), page_tables.areas(assessment, catalogue, done)
    kinds = page_tables.kinds(assessment, catalogue, done)
    yield context.page(
        "figures",
        "figures",
        context.title(catalogue("nav.figures")),
        catalogue("figures.description"),
        message=_message(context),
        days=told_days(assessment, catalogue),
        places_of=[
            ("reach", catalogue("reach.title", hub=context.hub)),
            ("areas", catalogue("areas.title") if areas else ""),
            ("services", catalogue("services.title") if kinds else ""),
            *((part.key, part.title) for part in sections),
        ],
        steps=_steps(context, bands),
        cutoff=catalogue.number(cutoff, 1),
        strips=[_strip(catalogue, reach, bands, cutoff) for reach in context.reaches],
        reach=reach,
        timetable=any(profile in TIMETABLE_PROFILES for profile in done),
        areas=areas,
        kinds=kinds,
        places=page_tables.places(assessment, catalogue, done),
        areas_told=findings.areas_sentence(assessment, catalogue, done[0]),
        services_told=findings.rarest_service_sentence(assessment, catalogue, done[0]),
        services_elsewhere=findings.elsewhere_sentences(assessment, catalogue),
        sections=sections,
    )


def _message(context: SiteContext) -> tuple[str, str]:
    """From the way of moving by which most get there in time to that by which fewest do, and how sure the least is."""
    cutoff, catalogue = headline.headline_cutoff(context.assessment), context.catalogue
    most, least = hub_cards.most_and_least(context.reaches, cutoff)
    sentence = findings.ways_sentence(context.assessment, catalogue, context.hub)
    if sentence is None:
        return context.message(context.reaches[0].profile)
    likely = [told for reach in (most, least) if (told := _likely(catalogue, reach, cutoff))]
    if likely:
        notes = (hub_cards.beside(catalogue, reach.profile) for reach in (most, least))
        return sentence, " ".join(filter(None, (catalogue("figures.most_likely", ways=", ".join(likely)), *notes)))
    _, sure = context.message(least.profile)
    name = catalogue.named("profile", least.profile)
    return sentence, catalogue.joined((name, sure[:1].lower() + sure[1:]), ": ") if sure else ""


def _likely(catalogue: Catalogue, reach: headline.Reach, cutoff: float) -> str:
    """A way of moving and between what its share most likely is; empty where that is not known, or is one number."""
    low, high = (reach.share(int(end)) for end in reach.sure_within(cutoff) or (0, 0))
    # Of nearly everyone the sentence tells it.
    if catalogue.percent(low) == catalogue.percent(high) or hub_cards.least_of_nearly_all(catalogue, reach, cutoff):
        return ""
    name = catalogue.named("profile", reach.profile)
    return f"{name[:1].lower()}{name[1:]} {catalogue.number(100 * low)}–{catalogue.percent(high)}"


def _steps(context: SiteContext, bands: list[str]) -> list[tuple[str, str]]:
    """The legend of the bars: colours and words of the steps, that of no way there only where a bar has it."""
    labels = band_labels(context.catalogue, context.assessment.workspace.access.cutoffs_min)
    stranded = any(reach.bands[-1] for reach in context.reaches)
    return list(zip(bands, labels, strict=True))[: None if stranded else -1]


def _strip(catalogue: Catalogue, reach: headline.Reach, bands: list[str], cutoff: float) -> dict[str, Any]:
    """All residents of a profile side by side, by band, as parts of a bar of 1000, and how many are there in time."""
    widths = [1000 * reach.share(count) for count in reach.bands]
    starts = np.cumsum([0.0, *widths[:-1]])
    return {
        "name": catalogue.named("profile", reach.profile),
        "within": round(1000 * reach.share(reach.within[cutoff]), 1),
        "parts": [
            {"colour": colour, "start": round(float(start), 1), "width": round(width, 1)}
            for colour, start, width in zip(bands, starts, widths, strict=True)
            if width
        ],
    }
