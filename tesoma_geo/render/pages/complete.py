"""Pages as they are written: with what they say of the site, of targets and of licences where their marks are."""

from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from tesoma_geo.render.pages.site_words import with_site_words
from tesoma_geo.render.pages.target_words import with_target_words
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.workspace import Language, Workspace
from tesoma_geo.workspace.licences import licences_of, put_licences

#: What the step of a language's pages is called, before the language.
PAGES = "pages "


def completed(markup: str, workspace: Workspace, language: Language, targets: Mapping[str, Any]) -> str:
    """A page, or a part of one, as it is written.

    Parameters
    ----------
    markup
        With marks.
    workspace
        With its section ``[site]`` and its licences.
    language
        Of the page.
    targets
        Section ``targets`` of ``summary.json``.

    Returns
    -------
    str
        Without marks.
    """
    catalogue = catalogue_of(workspace, language)
    told = with_target_words(markup, catalogue, targets, workspace.district.languages[0])
    credited = put_licences(told, licences_of(workspace), lambda licence: unbroken(str(escape(licence))))
    return with_site_words(credited, catalogue, workspace.site)


def complete(
    files: Mapping[str, bytes], workspace: Workspace, language: Language, targets: Mapping[str, Any]
) -> dict[str, bytes]:
    """The files of a language as they are written.

    Parameters
    ----------
    files
        Name → bytes, as the step of the language's pages gives them.
    workspace, language, targets
        As of :func:`completed`.

    Returns
    -------
    dict
        Name → bytes; what is no page stays as it is.
    """
    return {
        name: completed(content.decode("utf-8"), workspace, language, targets).encode("utf-8")
        if name.endswith(".html")
        else content
        for name, content in files.items()
    }
