"""The site in one language: what all its pages share, and how one is made."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.figures.made_up_answers import answers_note
from tesoma_geo.render.pages.examination import Examination
from tesoma_geo.render.pages.themes import Theme, theme_name, themes_with_page
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.file_names import file_name, start_address
from tesoma_geo.render.text.place_names import HubName, hub_name
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.follow_up.trial_report import TrialReport
    from tesoma_geo.render.map.content import Content
    from tesoma_geo.scenarios.compare import Comparison

#: Painters whose layers have a page of their own and wait to be asked for elsewhere.
HIDDEN = ("voices", "changes")


@dataclass(frozen=True)
class Page:
    """A page in one language.

    Attributes
    ----------
    key
        What it is about, the same in every language.
    language
        Its tag.
    file
        Its name.
    title, description
        As a search engine shows them.
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
    tables
        Of its figures; the page of the method tells where they come from.
    message
        What it says in large letters, for links to it; empty where its title tells more.
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
    tables: tuple[PageTable, ...] = ()
    message: str = ""

    def in_language(self, language: Language, first: Language) -> str:
        """The file of the same page in another language.

        Parameters
        ----------
        language
            The other language.
        first
            The workspace's first language.

        Returns
        -------
        str
            Its name.
        """
        return file_name(self.key, language, first)


@dataclass(frozen=True)
class SiteContext:
    """The site in one language.

    Attributes
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    language
        Its tag.
    contents
        What the map shows, packed.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before (``assessment``) and after a scenario.
    trials
        What is and was tried on the ground.
    designers
        Whether the map for other pages' frames and its gallery are among the pages.
    pictures
        The still of each profile's map, as an address.
    navigation
        Keys of the pages that every page leads to.
    told
        The tables of all pages but that of the method.
    examination
        What a program found of the pages in a browser; None where none looked at them.
    home
        Where the district's own pages are, where these were made alone; empty for none.
    """

    assessment: "Assessment"
    contents: "tuple[Content, ...]"
    language: Language
    publication: "Publication | None" = None
    comparison: "Comparison | None" = None
    trials: "tuple[TrialReport, ...]" = ()
    designers: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)
    navigation: tuple[str, ...] = ()
    told: tuple[PageTable, ...] = ()
    examination: Examination | None = None
    home: str = ""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of the language."""
        return catalogue_of(self.assessment.workspace, self.language)

    @cached_property
    def hub(self) -> HubName:
        """Its name."""
        return hub_name(self.assessment.workspace, self.catalogue)

    @property
    def district(self) -> str:
        """Its name."""
        return self.catalogue.of(self.assessment.workspace.district.name)

    @cached_property
    def reaches(self) -> list[headline.Reach]:
        """How residents reach the hub, a row a profile."""
        return headline.reaches(self.assessment)

    @cached_property
    def themes(self) -> list[Theme]:
        """The themes that have a page."""
        return themes_with_page(self.publication, self.assessment.workspace) if self.publication else []

    def file(self, key: str) -> str:
        """The file of a page.

        Parameters
        ----------
        key
            Of the page.

        Returns
        -------
        str
            Its name.
        """
        return file_name(key, self.language, self.assessment.workspace.district.languages[0])

    def file_of_profile(self, profile: str) -> str:
        """The file of a profile's page.

        Parameters
        ----------
        profile
            A way of moving that was assessed.

        Returns
        -------
        str
            Its name.
        """
        return self.file(self.key_of_profile(profile))

    def key_of_profile(self, profile: str) -> str:
        """The key of a profile's page; a name that is no plain word stands as its number.

        Parameters
        ----------
        profile
            A way of moving that was assessed.

        Returns
        -------
        str
            The key.
        """
        return _plain_key("by", profile, [reach.profile for reach in self.reaches].index(profile))

    def key_of_theme(self, theme: Theme) -> str:
        """The key of a theme's page, likewise.

        Parameters
        ----------
        theme
            A theme that something is published of.

        Returns
        -------
        str
            The key.
        """
        return _plain_key("theme", theme.code, self.themes.index(theme))

    def headline_sentence(self, profile: str) -> str:
        """The hub's card of a profile.

        Parameters
        ----------
        profile
            A way of moving that was assessed.

        Returns
        -------
        str
            In the language of the page.
        """
        return " ".join(filter(None, self.message(profile)))

    def message(self, profile: str) -> tuple[str, str]:
        """The hub's card of a profile in two parts.

        Parameters
        ----------
        profile
            A way of moving that was assessed.

        Returns
        -------
        tuple of str
            What the page says in large letters, and how sure that is; the latter may be empty.
        """
        reach = next(reach for reach in self.reaches if reach.profile == profile)
        return hub_cards.message(self.assessment, self.catalogue, reach, self.hub)

    @cached_property
    def _told_of_profiles(self) -> dict[str, tuple[str, str]]:
        """Profile → what it is called, and the hub's card of it."""
        done = [reach.profile for reach in self.reaches]
        return {name: (self.catalogue.named("profile", name), self.headline_sentence(name)) for name in done}

    def title(self, name: str) -> str:
        """The title of a page that is about something of the hub.

        Parameters
        ----------
        name
            What the page is about.

        Returns
        -------
        str
            With the names of hub and district.
        """
        of = self.catalogue.joined((self.hub, self.district))
        return f"{self.catalogue.isolated(name)} – {of}"

    def page(
        self,
        key: str,
        template: str,
        title: str,
        description: str,
        profile: str | None = None,
        **variables: Any,
    ) -> Page:
        """A page of ``pages/<template>.html.j2``, filled with the variables and what all pages know.

        Parameters
        ----------
        key
            What the page is about, the same in every language.
        template
            Of ``pages/``, without its ending.
        title
            Of the page.
        description
            The page in a sentence.
        profile
            The one profile that it is about; None for all.
        **variables
            The template's own.

        Returns
        -------
        Page
            In the language of the site.
        """
        if has_map := "map_html" in variables:
            variables["picture"] = self.pictures.get(profile or self.reaches[0].profile)
        body = unbroken(assets.rendered(f"pages/{template}.html.j2", **self._shared(key, profile), **variables))
        tables = tables_among(variables.values())
        said = variables.get("message") or ""
        message, file = said if isinstance(said, str) else said[0], self.file(key)
        return Page(
            key, self.language, file, title, description, body, profile, has_map, tables=tables, message=message
        )

    def _shared(self, key: str, profile: str | None) -> dict[str, Any]:
        district, catalogue = self.assessment.workspace.district, self.catalogue
        home = start_address(self.home, self.language, district.languages[0])
        return {
            "t": catalogue,
            "key": key,
            "hub": self.hub,
            "district": self.district,
            "made_up": district.made_up,
            "answers_note": answers_note(self.assessment.workspace, catalogue) if self.publication else None,
            "method_file": self.file("method") if "method" in self.navigation else "",
            "languages": [
                {
                    "language": other,
                    "file": file_name(key, other, district.languages[0]),
                    "name": catalogue_of(self.assessment.workspace, other)("language.name"),
                }
                for other in district.languages
            ],
            "site": [
                *([(home, catalogue("nav.start"), False)] if home else []),
                *((self.file(place), catalogue(f"nav.{place}"), place == key) for place in self.navigation),
            ],
            "profiles": [
                {"name": name, "file": self.file_of_profile(one), "here": one == profile, "sentence": sentence}
                for one, (name, sentence) in self._told_of_profiles.items()
            ],
            "themes": [
                {
                    "name": theme_name(self.assessment, theme, catalogue),
                    "file": self.file(self.key_of_theme(theme)),
                    "here": self.key_of_theme(theme) == key,
                }
                for theme in self.themes
            ],
        }


def tables_among(variables: Iterable[object]) -> tuple[PageTable, ...]:
    """The tables of figures that a page shows, on their own and in its sections.

    Parameters
    ----------
    variables
        What its template is filled with.

    Returns
    -------
    tuple of PageTable
        In the order of the variables.
    """
    tables: list[PageTable] = []
    for variable in variables:
        if isinstance(variable, PageTable):
            tables.append(variable)
        elif isinstance(variable, PageSection):
            tables.extend(variable.tables)
        elif isinstance(variable, (list, tuple)):
            tables.extend(tables_among(variable))
    return tuple(tables)


def _plain_key(group: str, name: str, number: int) -> str:
    return f"{group}-{name}" if re.fullmatch(r"[a-z0-9_]{1,40}", name) else f"{group}-{number}"
