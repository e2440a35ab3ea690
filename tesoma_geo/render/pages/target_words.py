"""What pages tell of the district's targets: put where their marks are when the pages are written.

So a page is kept for as long as nothing else of it changes, and another target needs no page made anew. As with
:mod:`tesoma_geo.render.pages.site_words`, text from data is escaped before it is on a page and cannot write a mark.
"""

import re
from collections.abc import Mapping
from typing import Any

from tesoma_geo.render.sections.targets import targets
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.workspace import Language

#: Lines between these are there where the district has targets.
_WHERE_ANY = re.compile(r"<!--targets:if-->\n(.*?)<!--targets:end-->\n", re.DOTALL)
#: The line that stands for what ``pages/target_words/section.html.j2`` makes of the targets; nothing without targets.
_MARK = "<!--targets:section-->\n"


def with_target_words(markup: str, catalogue: Catalogue, figures: Mapping[str, Any], first: Language) -> str:
    """A page, or a part of one, with what it tells of the targets.

    Parameters
    ----------
    markup
        A page with marks.
    catalogue
        Of the page's language.
    figures
        Section ``targets`` of ``summary.json``.
    first
        The first language of the site.

    Returns
    -------
    str
        Without marks.
    """
    if "<!--targets:" not in markup:
        return markup
    section = targets(figures, catalogue)
    if section is None:
        return _WHERE_ANY.sub("", markup).replace(_MARK, "")
    told = assets.rendered(
        "pages/target_words/section.html.j2",
        t=catalogue,
        method_file=file_name("method", catalogue.language, first),
        part=section,
    )
    return _WHERE_ANY.sub(lambda lines: lines[1], markup).replace(_MARK, f"{unbroken(told.rstrip())}\n")
