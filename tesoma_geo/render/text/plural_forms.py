"""Which text of a gettext file belongs to each plural category of the Unicode CLDR."""

import gettext
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog

from tesoma_geo.errors import InputError

#: Whole numbers among which every plural rule of the CLDR for whole numbers shows all its categories.
SAMPLES = (*range(201), 1000, 1_000_000)
#: Plural categories of the CLDR, in its order.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def plural_positions(locale: Locale, messages: Catalog, path: Path) -> dict[str, int]:
    """Which ``msgstr[…]`` belongs to each category: the file's own rule at the numbers of that category.

    Parameters
    ----------
    locale
        Whose categories.
    messages
        The catalogue.
    path
        Its file, for messages.

    Returns
    -------
    dict
        Category → number of its text.

    Raises
    ------
    InputError
        The file's rule is not that of the language.
    """
    position = gettext.c2py(messages.plural_expr)
    positions: dict[str, int] = {}
    for number in SAMPLES:
        category, at = locale.plural_form(number), position(number)
        if positions.setdefault(category, at) != at or at >= messages.num_plurals:
            raise InputError(
                f"{path.name}: its Plural-Forms are not those of {locale.language}",
                "Write the rule of the Unicode CLDR for that language",
            )
    return {category: positions[category] for category in CATEGORIES if category in positions}
