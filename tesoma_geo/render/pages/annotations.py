"""The pages of what residents said: one of everything, and one a theme."""

from collections.abc import Iterator

from tesoma_geo.render.map.frame import frame
from tesoma_geo.render.map.layer_names import voice_layer
from tesoma_geo.render.pages import themes
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.sections.annotations import privacy_note, quotes
from tesoma_geo.render.sections.lived_access import lived
from tesoma_geo.render.sections.registry import annotation_sections
from tesoma_geo.render.sections.respondents import who_and_when
from tesoma_geo.render.sections.section import Glance
from tesoma_geo.render.sections.theme_today import kinds_of
from tesoma_geo.render.sections.voices_told import told_message, told_most, told_of_kinds

#: Painters whose layers wait to be asked for.
HIDDEN = ("services", "changes")


def annotation_pages(context: SiteContext) -> Iterator[Page]:
    """The page of everything that residents said, and one for each theme; none without a publication.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        The page of everything first.
    """
    assessment, catalogue, publication = context.assessment, context.catalogue, context.publication
    if publication is None:
        return
    told = told_of_kinds(assessment, publication, catalogue)
    said = {"" if kind is None else voice_layer(kind): sentence for kind, sentence in told.items()}
    yield context.page(
        "voices",
        "voices",
        context.title(catalogue("nav.voices")),
        catalogue("voices.description"),
        map_html=frame(assessment, catalogue, context.contents, hidden=HIDDEN, travel=False, said=said),
        privacy_note=privacy_note(publication, catalogue),
        quotes=quotes(assessment, publication, catalogue),
        told_when=who_and_when(assessment, publication, catalogue),
        message=told_message(assessment, publication, catalogue),
        told=told_most(assessment, publication, catalogue),
        sections=annotation_sections(assessment, publication, catalogue),
    )
    for theme in context.themes:
        yield context.page(
            context.key_of_theme(theme),
            "theme",
            context.title(themes.theme_name(assessment, theme, catalogue)),
            themes.theme_sentence(assessment, theme, catalogue),
            map_html=frame(
                assessment,
                catalogue,
                context.contents,
                hidden=HIDDEN,
                topic=theme.code,
                travel=False,
                asked=kinds_of(theme.code),
            ),
            privacy_note=privacy_note(publication, catalogue),
            planned=list(_planned(context)),
            told_when=who_and_when(assessment, publication, catalogue),
            **themes.theme_context(assessment, publication, theme, catalogue),
        )


def lived_glance(context: SiteContext) -> list[Glance]:
    """Access as residents live it in one sentence for the start page, leading to the page of what they said.

    Parameters
    ----------
    context
        The site in one language.

    Returns
    -------
    list of Glance
        One; none without annotations or their page.
    """
    section = lived(context.assessment, context.catalogue) if context.publication else None
    if section is None:
        return []
    return [Glance.of(section, context.file("voices"))]


def _planned(context: SiteContext) -> Iterator[tuple[str, str]]:
    """The plan and the trials that the site tells of: what each is called, and where more of it stands."""
    if context.comparison is not None:
        yield context.catalogue.of(context.comparison.scenario.name), context.file("scenarios")
    if context.trials:
        yield context.catalogue("nav.trials"), context.file("trials")
