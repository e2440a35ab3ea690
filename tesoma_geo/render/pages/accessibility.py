"""The accessibility statement: who answers for the pages and what was found of them, and nothing that nobody did.

The form is that of the Finnish act 306/2019 and of the model statement of Commission Implementing Decision (EU)
2018/1523: commitment and scope, how far the pages comply, what is not accessible, how the statement was made, whom to
write to, and how to go on from there.
"""

from collections.abc import Iterator

from tesoma_geo.render.pages.site_context import Page, SiteContext


def accessibility_page(context: SiteContext) -> Iterator[Page]:
    """The accessibility statement; what it says of the site is put in as of :mod:`tesoma_geo.render.pages.site_words`.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        One.
    """
    catalogue = context.catalogue
    title = catalogue("title", hub=context.hub, district=context.district).replace(" – ", "\u00a0– ")
    yield context.page(
        "accessibility",
        "accessibility",
        context.title(catalogue("nav.accessibility")),
        catalogue("accessibility.description"),
        scope=catalogue("accessibility.scope", site=title),
        examined=_examined(context),
        supervised=context.assessment.inputs.network.country_rules.web_enforcement,
        works=[catalogue(f"accessibility.{part}") for part in ("keyboard", "map", "tables", "colours", "zoom")],
        known=[catalogue(f"accessibility.known.{part}") for part in ("canvas", "names")],
    )


def _examined(context: SiteContext) -> str | None:
    """What a program found of the pages; None where none looked at them."""
    examination, catalogue = context.examination, context.catalogue
    if examination is None:
        return None
    day = catalogue.day(examination.day.isoformat())
    looked = catalogue("accessibility.examined", date=day, version=examination.version, n=examination.pages)
    if not examination.obstacles:
        return f"{looked} {catalogue('accessibility.examined.none')}"
    return f"{looked} {catalogue.counted('accessibility.examined.some', len(examination.obstacles))}"
