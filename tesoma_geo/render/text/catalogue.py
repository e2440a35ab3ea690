"""The pages' words and numbers in the reader's language, from the catalogues in ``maps/templates/locale``."""

import gettext
import io
import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from tesoma_geo.workspace import LANGUAGES, Language, bundled_folder


@dataclass(frozen=True)
class Line:
    """A line of text and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class Catalogue:
    """What a page says, in one language; made by :func:`words`."""

    language: Language
    catalogue: gettext.GNUTranslations

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its ``{places}`` filled.

        Raises
        ------
        KeyError
            No catalogue entry has this key.
        """
        if not self.knows(key):
            raise KeyError(f"{key} is not in the {self.language} catalogue")
        return self.catalogue.gettext(key).format(**values) if values else self.catalogue.gettext(key)

    def counted(self, key: str, count: int, **values: object) -> str:
        """The text of a key for so many things, in singular or plural; ``{n}`` is the number."""
        pattern = self.catalogue.ngettext(key, key, count)
        if pattern == key:
            raise KeyError(f"{key} is not in the {self.language} catalogue")
        return pattern.format(n=self.number(count), **values)

    def forms(self, key: str) -> list[str]:
        """The patterns of a counted key: for one, and for several."""
        return [self.catalogue.ngettext(key, key, count) for count in (1, 2)]

    def knows(self, key: str) -> bool:
        """Whether the catalogue has the key."""
        return self.catalogue.gettext(key) != key

    def named(self, group: str, name: str) -> str:
        """The word for a name of a group (``profile``, ``kind``), or the name itself, made readable."""
        key = f"{group}.{name}"
        return self(key) if self.knows(key) else name.replace("_", " ").capitalize()

    def line(self, group: str, english: str) -> Line:
        """A sentence of the results in this language where the catalogue's group has it, else as it is."""
        key = f"{group}.{english}"
        return Line(self(key), self.language) if self.knows(key) else Line(english, "en")

    def of(self, names: dict[Language, str]) -> str:
        """A workspace's name in this language, or in the first one that it has."""
        return names.get(self.language) or next(iter(names.values()))

    def number(self, value: float, digits: int = 0) -> str:
        """A number as this language writes it, rounded to so many digits; never minus nothing."""
        return format_decimal(round(float(value), digits) + 0.0, locale=self.language)

    def percent(self, share: float) -> str:
        """A share (0 to 1) in whole percent."""
        return format_percent(share, format=None, locale=self.language)

    def minutes(self, minutes: float | None) -> str:
        """Whole minutes with their unit; a dash where there are none (None, inf, NaN)."""
        if minutes is None or not math.isfinite(minutes):
            return "–"
        return self("minutes", n=self.number(minutes))

    def day(self, iso: str | None) -> str:
        """A date (``2021-12-31``) as this language writes it; other text as it is; a dash for none."""
        if not iso:
            return "–"
        try:
            return format_date(date.fromisoformat(iso[:10]), "medium", locale=self.language)
        except ValueError:
            return iso


@lru_cache(maxsize=len(LANGUAGES))
def words(language: Language) -> Catalogue:
    """The catalogue of a language."""
    path = bundled_folder("maps/templates") / "locale" / f"{language}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain="pages")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Catalogue(language, gettext.GNUTranslations(compiled))
