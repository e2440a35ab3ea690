"""Words of a page that is about one thing: they need not name it again."""

import re
from dataclasses import replace

from tesoma_geo.render.text.catalogue import Catalogue


def on_its_page(catalogue: Catalogue, place: str) -> Catalogue:
    """The catalogue without what its texts say of one thing in brackets, or after a colon at their end.

    Parameters
    ----------
    catalogue
        The language.
    place
        What the texts call the thing that the page is about, such as ``profile``.

    Returns
    -------
    Catalogue
        ``21 min on average ({profile!l}).`` has become ``21 min on average.``
    """
    aside = re.compile(rf" \(\{{{place}!l\}}\)|: \{{{place}\}}$")
    return replace(catalogue, texts={key: aside.sub("", text) for key, text in catalogue.texts.items()})
