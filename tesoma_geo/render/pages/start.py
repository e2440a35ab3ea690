"""The start page: the map, the hub's card at a glance, and a section a subject."""

from typing import Any

import numpy as np

from tesoma_geo.render.figures import headline
from tesoma_geo.render.map.folium_map import frame
from tesoma_geo.render.pages.annotations import lived_glance
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections import certainty, fairness, hub, nature, page_tables, transit, winter
from tesoma_geo.render.sections.section import Glance, found
from tesoma_geo.render.text.bands import band_classes, band_labels
from tesoma_geo.render.text.catalogue import Catalogue


def start(edition: SiteContext, hidden: tuple[str, ...]) -> Page:
    """The page to open first; layers of the ``hidden`` painters wait to be asked for."""
    assessment, text = edition.assessment, edition.text
    cutoffs = assessment.workspace.access.cutoffs_min
    done = [reach.profile for reach in edition.reaches]
    bands = band_classes(len(cutoffs))
    sections = found(
        hub.targets(assessment, text),
        fairness.ages(assessment, text, done),
        transit.connections(assessment, text),
        hub.services_at_hub(assessment, text),
        nature.nature(assessment, text),
        fairness.fairness(assessment, text),
        winter.winter(assessment, text),
        certainty.certainty(assessment, text),
    )
    elsewhere = lived_glance(assessment, text, edition.file("voices")) if edition.publication else []
    return edition.page(
        "start",
        "start",
        text("title", hub=edition.hub, district=edition.district),
        edition.card(done[0]),
        card=edition.card(done[0]),
        map_html=frame(assessment, text, edition.contents, hidden=hidden),
        bands=bands,
        band_labels=band_labels(text, cutoffs),
        strips=[_strip(text, reach, bands) for reach in edition.reaches],
        reach=page_tables.reach(assessment, text),
        areas=page_tables.areas(assessment, text, done),
        kinds=page_tables.kinds(assessment, text, done),
        places=page_tables.places(assessment, text, done),
        glances=[_certain_card(edition), *map(Glance.of, sections), *elsewhere],
        sections=sections,
    )


def _certain_card(edition: SiteContext) -> Glance:
    """The card of the profile whose certainty is known, with how sure it is."""
    profile = certainty.profile_of(edition.assessment)
    reach = next(reach for reach in edition.reaches if reach.profile == profile)
    share = reach.share(reach.within[headline.headline_cutoff(edition.assessment)])
    short = certainty.headline_interval(edition.assessment, edition.text, edition.card(profile))
    return Glance(edition.text.named("profile", profile), short, edition.file_of_profile(profile), share)


def _strip(text: Catalogue, reach: headline.Reach, bands: list[str]) -> dict[str, Any]:
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
