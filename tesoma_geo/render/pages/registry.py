"""The kinds of pages of the site: a new one is a module of its own and a line here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline
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
from tesoma_geo.render.stills.write import still_name
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


@dataclass(frozen=True, eq=False)
class SiteParts:
    """What the pages of a site are made of, in any language.

    Attributes
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before (``assessment``) and after a scenario.
    trials
        What is and was tried on the ground.
    designers
        Whether the map for other pages' frames and its gallery are among the pages.
    stills
        Whether the map of each profile is there as a picture too.
    alone
        The key of the one kind of page that is made; all of them where it is empty.
    home
        Where the district's own pages are, which pages made alone lead to; empty for none.
    """

    assessment: "Assessment"
    publication: "Publication | None" = None
    comparison: "Comparison | None" = None
    trials: "tuple[TrialReport, ...]" = ()
    designers: bool = False
    stills: bool = False
    alone: str = ""
    home: str = ""

    def pictures(self, language: Language) -> dict[str, str]:
        """The still of each profile's map.

        Parameters
        ----------
        language
            A tag.

        Returns
        -------
        dict
            Profile → address; empty without stills.
        """
        if not self.stills:
            return {}
        done = headline.profiles(self.assessment)
        return {profile: f"assets/{still_name(self.assessment, profile, language)}" for profile in done}


def pages(
    parts: SiteParts,
    contents: "tuple[Content, ...]",
    language: Language,
    made: Mapping[str, list[Page]] | None = None,
) -> list[Page]:
    """Every page of the site in one language, the start page first.

    Parameters
    ----------
    parts
        What they are made of.
    contents
        What the map shows, packed.
    language
        Its tag.
    made
        Pages that are made already, by the key of their kind.

    Returns
    -------
    list of Page
        In the order of :data:`PAGE_KINDS`.
    """
    kinds, context = _site(parts, contents, language)
    made = made or {}
    left = tuple(kind.key for kind in kinds if kind.key != METHOD and kind.key not in made)
    every = {**made, **pages_by_kind(parts, contents, language, left)}
    # The method tells where the figures of all other pages come from.
    tables = {table.key: table for kind in kinds for page in every.get(kind.key, ()) for table in page.tables}
    if not parts.alone:
        every |= {METHOD: list(method_page(replace(context, told=tuple(tables.values()))))}
    return [page for kind in kinds for page in every[kind.key]]


def pages_by_kind(
    parts: SiteParts, contents: "tuple[Content, ...]", language: Language, keys: Iterable[str]
) -> dict[str, list[Page]]:
    """The pages of some kinds in one language.

    Parameters
    ----------
    parts, contents, language
        As of :func:`pages`.
    keys
        Of the kinds; not of the method, which follows from the others.

    Returns
    -------
    dict
        Key of a kind that the site has → its pages.
    """
    kinds, context = _site(parts, contents, language)
    return {kind.key: list(kind.pages(context)) for kind in kinds if kind.key in keys}


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


def _site(parts: SiteParts, contents: "tuple[Content, ...]", language: Language) -> tuple[list[PageKind], SiteContext]:
    """The kinds of pages that a site has, and the site in one language."""
    bare = SiteContext(
        parts.assessment, contents, language, parts.publication, parts.comparison, parts.trials, parts.designers,
        parts.pictures(language), home=parts.home,
    )  # fmt: skip
    return _kinds_that_are_there(bare, parts.alone)


def _kinds_that_are_there(bare: SiteContext, alone: str = "") -> tuple[list[PageKind], SiteContext]:
    """The kinds of pages that a site has, or the one that is made alone, and the site with what its pages lead to."""
    kinds = [kind for kind in PAGE_KINDS if kind.is_there(bare) and alone in ("", kind.key)]
    ranked = sorted((kind.navigation, kind.key) for kind in kinds if kind.navigation is not None)
    return kinds, replace(bare, navigation=tuple(key for _, key in ranked))
