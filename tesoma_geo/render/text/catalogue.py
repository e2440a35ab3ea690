"""The pages' words and numbers in the reader's language, from gettext catalogues.

Those of :data:`tesoma_geo.languages.CATALOGUES` lie in ``maps/templates/locale``; a workspace may name others.
Which plural form a number takes follows the rules of the Unicode CLDR, by Babel here and by ``Intl.PluralRules``
in the browser, so both sides know a form by its category (``one``, ``few``, ``other``), not by a number.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from tesoma_geo.errors import InputError
from tesoma_geo.languages import CATALOGUES, is_right_to_left
from tesoma_geo.near_names import instead
from tesoma_geo.render.text.direction import isolated, joined
from tesoma_geo.render.text.filling import FILLING
from tesoma_geo.render.text.plural_forms import plural_positions
from tesoma_geo.workspace import Language, Workspace, bundled_folder

#: Locales whose dates are another's: pages are in British English, "18 January 2022".
DATES_OF = {"en": "en_GB"}
#: The catalogue that every other one must match.
REFERENCE = "en"
#: The space between the number of a day and its month.
_AFTER_DAY = re.compile(r"(?<=^\d) |(?<=^\d\d) |(?<=^\d\.) |(?<=^\d\d\.) ")


@dataclass(frozen=True)
class LocalizedText:
    """A text and the language that it is in.

    Attributes
    ----------
    text
        One line.
    language
        Its tag, such as ``fi``.
    """

    text: str
    language: str


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The texts of pages in one language, and how it writes numbers and dates; made by :func:`catalogue_of`.

    Attributes
    ----------
    language
        Its tag, such as ``fi``.
    locale
        What Babel formats numbers and dates by.
    texts
        Key → text, with ``{places}`` to be filled.
    plurals
        Key → plural category of the CLDR (``one``, ``other`` and so on) → text.
    """

    language: Language
    locale: Locale
    texts: Mapping[str, str]
    plurals: Mapping[str, Mapping[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its ``{places}`` filled.

        Parameters
        ----------
        key
            As the catalogue has it.
        **values
            What stands in the places.

        Returns
        -------
        str
            In the catalogue's language.

        Raises
        ------
        KeyError
            No entry of the catalogue has this key.
        """
        if key not in self.texts:
            raise KeyError(f"{key} is not in the {self.language} catalogue")
        return FILLING[self.right_to_left].vformat(self.texts[key], (), values) if values else self.texts[key]

    def counted(self, key: str, count: int, **values: object) -> str:
        """The text of a key for so many things, in the plural form that the number takes.

        Parameters
        ----------
        key
            As the catalogue has it.
        count
            How many; ``{n}`` of the text is this number.
        **values
            What stands in the other places.

        Returns
        -------
        str
            In the catalogue's language.

        Raises
        ------
        KeyError
            No entry of the catalogue with plural forms has this key.
        """
        pattern = self.forms(key)[self.locale.plural_form(count)]
        return FILLING[self.right_to_left].vformat(pattern, (), {"n": self.number(count), **values})

    @cached_property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return is_right_to_left(self.language)

    def isolated(self, name: str) -> str:
        """A name as it may stand beside other words of this language.

        Parameters
        ----------
        name
            Of the data or the workspace.

        Returns
        -------
        str
            Between isolates where it is written in the other direction.
        """
        return isolated(name, self.right_to_left)

    def joined(self, names: Iterable[object], separator: str = ", ") -> str:
        """Names one after the other, each in its own direction.

        Parameters
        ----------
        names
            In the order of reading.
        separator
            What stands between two.

        Returns
        -------
        str
            One line.
        """
        return joined(names, self.right_to_left, separator)

    def forms(self, key: str) -> Mapping[str, str]:
        """The plural forms of a key, by category of the CLDR.

        Parameters
        ----------
        key
            As the catalogue has it.

        Returns
        -------
        Mapping
            Category (``one``, ``other`` and so on) → text with ``{n}`` in it.

        Raises
        ------
        KeyError
            No entry of the catalogue with plural forms has this key.
        """
        if key not in self.plurals:
            raise KeyError(f"{key} is not in the {self.language} catalogue")
        return self.plurals[key]

    def knows(self, key: str) -> bool:
        """Whether the catalogue has the key.

        Parameters
        ----------
        key
            Of a text without plural forms.

        Returns
        -------
        bool
            True when it has.
        """
        return key in self.texts

    def named(self, group: str, name: str) -> str:
        """The word for a name of a group, or the name itself, made readable.

        Parameters
        ----------
        group
            What its keys begin with: ``profile``, ``kind``.
        name
            A name of the workspace or the results, such as ``walk_slow``.

        Returns
        -------
        str
            In the catalogue's language where it has the name.
        """
        key = f"{group}.{name}"
        return self(key) if self.knows(key) else name.replace("_", " ").capitalize()

    def translated(self, group: str, english: str) -> LocalizedText:
        """A sentence of the results in this language, else as it is.

        Parameters
        ----------
        group
            What the keys of such sentences begin with.
        english
            The sentence, which is the rest of the key.

        Returns
        -------
        LocalizedText
            In English where the catalogue does not have the sentence.
        """
        key = f"{group}.{english}"
        return LocalizedText(self(key), self.language) if self.knows(key) else LocalizedText(english, REFERENCE)

    def of(self, names: Mapping[Language, str]) -> str:
        """A workspace's name in this language, or in the first one that it has.

        Parameters
        ----------
        names
            Language → name, at least one.

        Returns
        -------
        str
            The name.
        """
        return self.localized(names).text

    def localized(self, names: Mapping[Language, str]) -> LocalizedText:
        """The same with the language that it is in.

        Parameters
        ----------
        names
            As of :meth:`of`.

        Returns
        -------
        LocalizedText
        """
        language = self.language if names.get(self.language) else next(iter(names))
        return LocalizedText(names[language], language)

    def written(self, words: str | Mapping[Language, str], first: Language) -> LocalizedText:
        """What people wrote, in this language where they did.

        Parameters
        ----------
        words
            Plain, or language → words.
        first
            The workspace's first language, which plain words are taken to be in.

        Returns
        -------
        LocalizedText
        """
        return LocalizedText(words, first) if isinstance(words, str) else self.localized(words)

    def number(self, value: float, digits: int = 0, *, fixed: bool = False) -> str:
        """A number as this language writes it; never minus nothing.

        Parameters
        ----------
        value
            Any finite number.
        digits
            Decimals that it is rounded to.
        fixed
            Whether decimals that are 0 are written too, for numbers beside each other.

        Returns
        -------
        str
            Such as ``16 191`` in Finnish.
        """
        rounded, form = round(float(value), digits) + 0.0, f"#,##0.{'0' * digits}" if fixed and digits else None
        return _decimal(rounded, form, self.locale)

    def percent(self, share: float) -> str:
        """A share in whole percent; never minus nothing.

        Parameters
        ----------
        share
            0 to 1; below 0 where a part takes time off the whole.

        Returns
        -------
        str
            Such as ``25 %``.
        """
        told = 0.0 if -0.005 <= share < 0 else share
        return format_percent(told, format=None, locale=self.locale).replace("-", "\N{MINUS SIGN}")

    def minutes(self, minutes: float | None) -> str:
        """Whole minutes with their unit.

        Parameters
        ----------
        minutes
            None, inf and NaN stand for never.

        Returns
        -------
        str
            A dash for never.
        """
        if minutes is None or not math.isfinite(minutes):
            return "–"
        return self("minutes", n=self.whole_minutes(minutes))

    def whole_minutes(self, minutes: float) -> str:
        """Whole minutes without their unit, from the tenths that results hold: a figure is one wherever it stands.

        Parameters
        ----------
        minutes
            Any finite number.

        Returns
        -------
        str
            As :meth:`number` writes it.
        """
        return self.number(round(float(minutes), 1))

    def clock(self, clock: str) -> str:
        """A time of day as this language writes it.

        Parameters
        ----------
        clock
            ``07:15``; hours after midnight of a day of service go on to 29, and are told as the next day's.

        Returns
        -------
        str
            ``7.15`` in Finnish; other text as it is.
        """
        hours, colon, minutes = clock.partition(":")
        if not (colon and hours.isdecimal() and minutes.isdecimal()):
            return clock
        return self("clock", h=str(int(hours) % 24), m=minutes)

    def day(self, iso: str | None) -> str:
        """A date as this language writes it.

        Parameters
        ----------
        iso
            ``2021-12-31``, alone or at the beginning, a month ``2021-12``, or two with ``/`` between; None for none.

        Returns
        -------
        str
            A dash for none; other text as it is. Number and month stay on one line.
        """
        if not iso:
            return "–"
        if "/" in iso:
            return "–".join(map(self.day, iso.split("/")))
        locale = DATES_OF.get(str(self.locale), self.locale)
        try:
            if len(iso) == len("2021-12"):
                return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale)
            told = format_date(date.fromisoformat(iso[:10]), "long", locale=locale)
            return _AFTER_DAY.sub("\N{NO-BREAK SPACE}", told)
        except ValueError:
            return iso


def catalogue_of(workspace: Workspace, language: Language | None = None) -> Catalogue:
    """The catalogue of a language, the workspace's own one if it names one.

    Parameters
    ----------
    workspace
        Its ``district.catalogues`` go before those that ship with the package.
    language
        The workspace's first unless named.

    Returns
    -------
    Catalogue
        The texts.

    Raises
    ------
    InputError
        There is no such catalogue, or it cannot be used.
    """
    tag = language or workspace.district.languages[0]
    own = workspace.district.catalogues.get(tag)
    return catalogue(tag, None if own is None else workspace.resolve(own))


def catalogue(language: Language, path: Path | None = None) -> Catalogue:
    """The catalogue of a language.

    Parameters
    ----------
    language
        Its tag, such as ``fi``.
    path
        A gettext ``.po`` file; the one that ships with the package unless named.

    Returns
    -------
    Catalogue
        The texts.

    Raises
    ------
    InputError
        There is no such catalogue, or it cannot be used.
    """
    if path is not None:
        return _read(language, path, path.stat().st_mtime_ns, whole=False)
    if language not in CATALOGUES:
        raise InputError(f"there is no catalogue of {language!r}", instead(language, CATALOGUES))
    shipped = bundled_folder("maps/templates") / "locale" / f"{language}.po"
    return _read(language, shipped, shipped.stat().st_mtime_ns, whole=True)


@lru_cache(maxsize=4096)  # pages show the same numbers many times
def _decimal(rounded: float, form: str | None, locale: Locale) -> str:
    return format_decimal(rounded, form, locale=locale).replace("-", "\N{MINUS SIGN}")


@lru_cache(maxsize=16)
def _read(language: Language, path: Path, _changed_ns: int, *, whole: bool) -> Catalogue:
    """A file as it was at one time of change; whether it is ``whole`` is known already, or is looked at."""
    locale = _locale(language, path)
    try:
        with path.open("rb") as file:
            messages = read_po(file, locale=locale, domain="pages", abort_invalid=True)
        positions = plural_positions(locale, messages, path)
    except (PoFileError, ValueError) as error:
        raise InputError(f"{path.name} is no catalogue: {error}", "Begin with a copy of en.po") from None
    texts: dict[str, str] = {}
    plurals: dict[str, Mapping[str, str]] = {}
    for message in messages:
        if not message.id or message.fuzzy:
            continue
        forms = message.string or ""
        if isinstance(message.id, str) and isinstance(forms, str):
            texts |= {message.id: forms} if forms else {}
        elif all(forms):
            plurals[message.id[0]] = {category: forms[at] for category, at in positions.items()}
    read = Catalogue(language, locale, texts, plurals)
    if not whole:
        _require_all(read, path)
    return read


def _locale(language: Language, path: Path) -> Locale:
    """The locale of a tag; what is for private use in it (``-x-…``) says nothing of numbers and plurals."""
    try:
        return Locale.parse(language.split("-x-")[0], sep="-")
    except (UnknownLocaleError, ValueError):
        remedy = "Take a tag of the Unicode CLDR, such as se, uk or en-x-simple"
        raise InputError(f"{path.name}: nobody knows how {language!r} writes numbers", remedy) from None


def _require_all(read: Catalogue, path: Path) -> None:
    """Nothing may be left untranslated: a page would stop in its middle."""
    reference = catalogue(REFERENCE)
    missing = [
        *(key for key in reference.texts if key not in read.texts),
        *(key for key in reference.plurals if key not in read.plurals),
    ]
    if missing:
        some = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
        raise InputError(f"{path.name}: {len(missing)} texts are missing ({some})", "Translate them as en.po has them")
