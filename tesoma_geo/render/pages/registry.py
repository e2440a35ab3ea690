"""The kinds of pages of the site: a new one is a module of its own and a line here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tesoma_geo.render.pages.accessibility import accessibility_page
from tesoma_geo.render.pages.annotations import annotation_pages
from tesoma_geo.render.pages.embed import designer_pages
from tesoma_geo.render.pages.examination import Examination
from tesoma_geo.render.pages.figures import figures_page
from tesoma_geo.render.pages.method import method_page
from tesoma_geo.render.pages.profile import profile_pages
from tesoma_geo.render.pages.scenario import scenario_pages
from tesoma_geo.render.pages.site_context import Page, SiteContext
from tesoma_geo.render.pages.start import start_page
from tesoma_geo.render.pages.trials import trial_pages
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.follow_up.trial_report import TrialReport
    from tesoma_geo.render.map.content import Content
    from tesoma_geo.scenarios.compare import Comparison


#: The page that is made last.
METHOD = "method"


def _always(_: SiteContext) -> bool:
    return True


@dataclass(frozen=True)
class PageKind:
    """A kind of page.

    Attributes
    ----------
    key
        Of its page that every page leads to, when one does; ``nav.<key>`` of the catalogue names it.
    pages
        Makes its pages.
    navigation
        Its place among what every page leads to; None for pages that are reached otherwise.
    is_there
        Whether the site has it.
    """

    key: str
    pages: Callable[[SiteContext], Iterable[Page]]
    navigation: int | None = None
    is_there: Callable[[SiteContext], bool] = _always


#: In the order in which the pages follow each other.
PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind("start", start_page, 0),
    PageKind("profile", profile_pages),
    PageKind("figures", figures_page, 3),
    PageKind(METHOD, method_page, 4),
    PageKind("accessibility", accessibility_page, 6),
    PageKind("voices", annotation_pages, 2, lambda context: context.publication is not None),
    PageKind("scenarios", scenario_pages, 1, lambda context: context.comparison is not None),
    PageKind("trials", trial_pages, 7, lambda context: bool(context.trials)),
    PageKind("designers", designer_pages, 5, lambda context: context.designers),
)


def pages(
    assessment: "Assessment",
    contents: "tuple[Content, ...]",
    language: Language,
    publication: "Publication | None" = None,
    *,
    comparison: "Comparison | None" = None,
    trials: "tuple[TrialReport, ...]" = (),
    designers: bool = False,
    pictures: Mapping[str, str] | None = None,
    alone: str = "",
) -> list[Page]:
    """Every page of the site in one language, the start page first.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    contents
        What the map shows, packed.
    language
        Its tag.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before (``assessment``) and after a scenario.
    trials
        What is and was tried on the ground.
    designers
        Whether the map for other pages' frames and its gallery are among the pages.
    pictures
        Profile → the still of its map, as an address.
    alone
        The key of the one kind of page that is made; all of them where it is empty.

    Returns
    -------
    list of Page
        In the order of :data:`PAGE_KINDS`.
    """
    bare = SiteContext(assessment, contents, language, publication, comparison, trials, designers, pictures or {})
    kinds, context = _kinds_that_are_there(bare, alone)
    made = {kind.key: list(kind.pages(context)) for kind in kinds if kind.key != METHOD}
    # The method tells where the figures of all other pages come from.
    tables = {table.key: table for of_kind in made.values() for page in of_kind for table in page.tables}
    if not alone:
        made |= {METHOD: list(method_page(replace(context, told=tuple(tables.values()))))}
    return [page for kind in kinds for page in made[kind.key]]


def statement(
    assessment: "Assessment",
    language: Language,
    examination: Examination,
    publication: "Publication | None" = None,
    trials: "tuple[TrialReport, ...]" = (),
) -> Page:
    """The accessibility statement of a site alone, with what a program found of its pages.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    language
        Its tag.
    examination
        What was found.
    publication
        What residents said, as the site has it.
    trials
        What is and was tried, as the site has it.

    Returns
    -------
    Page
        It leads to the same pages as the others of the site.
    """
    bare = SiteContext(assessment, (), language, publication, trials=trials, designers=True, examination=examination)
    (page,) = accessibility_page(_kinds_that_are_there(bare)[1])
    return page


def _kinds_that_are_there(bare: SiteContext, alone: str = "") -> tuple[list[PageKind], SiteContext]:
    """The kinds of pages that a site has, or the one that is made alone, and the site with what its pages lead to."""
    kinds = [kind for kind in PAGE_KINDS if kind.is_there(bare) and alone in ("", kind.key)]
    ranked = sorted((kind.navigation, kind.key) for kind in kinds if kind.navigation is not None)
    return kinds, replace(bare, navigation=tuple(key for _, key in ranked))
