"""What pages say of ``[site]``: whom to write to, who answers for the pages, and what somebody has found of them.

Pages are made with marks where such words go, comments in their markup, and get the words when they are written: so a
page is kept for as long as nothing else of it changes. Text from data is escaped before it is on a page, so that nobody
can write such a mark.
"""

import re

from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.workspace.sections import Site

#: A mark; one that stands for lines of markup has its line for itself.
_MARK = re.compile(r"<!--site:(\w+)-->(\n?)")


def with_site_words(markup: str, catalogue: Catalogue, site: Site) -> str:
    """A page, or a part of one, with what it says of the site.

    Parameters
    ----------
    markup
        A page with marks: ``<!--site:<name>-->``, of ``pages/site_words/<name>.html.j2``.
    catalogue
        Of the page's language.
    site
        Section of the workspace.

    Returns
    -------
    str
        Without marks.
    """
    words = {
        "commitment": _commitment(catalogue, site),
        "compliance": catalogue(f"accessibility.compliance.{site.compliance}") if site.compliance else "",
        "holds": _holds(catalogue, site),
        "checked": _checked(catalogue, site),
    }

    def put(mark: re.Match[str]) -> str:
        lines = assets.rendered(f"pages/site_words/{mark[1]}.html.j2", t=catalogue, site=site, **words).rstrip()
        return f"{lines}\n" if lines and mark[2] else lines

    return _MARK.sub(put, markup)


def _commitment(catalogue: Catalogue, site: Site) -> str:
    if site.authority is None:
        return catalogue("accessibility.nobody")
    return catalogue("accessibility.commitment", authority=catalogue.of(site.authority))


def _holds(catalogue: Catalogue, site: Site) -> str:
    """What holds for the reader: whether everyone can use the pages, and whom to tell where not."""
    usable = catalogue(f"accessibility.holds.{site.compliance or 'unknown'}")
    return f"{usable} {catalogue('accessibility.holds.write' if site.contact else 'accessibility.holds.nobody')}"


def _checked(catalogue: Catalogue, site: Site) -> str:
    if site.checked_on is None:
        return ""
    return catalogue("accessibility.checked", date=catalogue.day(site.checked_on.isoformat()))
