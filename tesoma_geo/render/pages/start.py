"""The start page: the map, the headline figures at a glance, and a section a subject."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from tesoma_geo.render.figures import headline
from tesoma_geo.render.map.folium_map import frame
from tesoma_geo.render.pages.annotations import lived_glance
from tesoma_geo.render.pages.site_context import HIDDEN, Page, SiteContext
from tesoma_geo.render.sections import certainty, page_tables
from tesoma_geo.render.sections.registry import district_sections
from tesoma_geo.render.sections.section import Glance
from tesoma_geo.render.text.bands import band_classes, band_labels
from tesoma_geo.render.text.catalogue import Catalogue


def start_page(context: SiteContext) -> Iterator[Page]:
    """The page to open first.

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
    cutoffs = assessment.workspace.access.cutoffs_min
    done = [reach.profile for reach in context.reaches]
    bands = band_classes(len(cutoffs))
    sections = district_sections(assessment, catalogue)
    yield context.page(
        "start",
        "start",
        catalogue("title", hub=context.hub, district=context.district),
        context.headline_sentence(done[0]),
        headline=context.headline_sentence(done[0]),
        map_html=frame(assessment, catalogue, context.contents, hidden=HIDDEN),
        bands=bands,
        band_labels=band_labels(catalogue, cutoffs),
        strips=[_strip(catalogue, reach, bands) for reach in context.reaches],
        reach=page_tables.reach(assessment, catalogue),
        areas=page_tables.areas(assessment, catalogue, done),
        kinds=page_tables.kinds(assessment, catalogue, done),
        places=page_tables.places(assessment, catalogue, done),
        glances=[_headline_glance(context), *map(Glance.of, sections), *lived_glance(context)],
        sections=sections,
    )


def _headline_glance(context: SiteContext) -> Glance:
    """The headline of the profile whose certainty is known, with how sure it is."""
    profile = certainty.profile_of(context.assessment)
    reach = next(reach for reach in context.reaches if reach.profile == profile)
    share = reach.share(reach.within[headline.headline_cutoff(context.assessment)])
    short = certainty.headline_interval(context.assessment, context.catalogue, context.headline_sentence(profile))
    return Glance(context.catalogue.named("profile", profile), short, context.file_of_profile(profile), share)


def _strip(catalogue: Catalogue, reach: headline.Reach, bands: list[str]) -> dict[str, Any]:
    """All residents of a profile side by side, by band, as parts of a bar of 1000."""
    widths = [1000 * reach.share(count) for count in reach.bands]
    starts = np.cumsum([0.0, *widths[:-1]])
    return {
        "name": catalogue.named("profile", reach.profile),
        "parts": [
            {"colour": colour, "start": round(float(start), 1), "width": round(width, 1)}
            for colour, start, width in zip(bands, starts, widths, strict=True)
            if width
        ],
    }
