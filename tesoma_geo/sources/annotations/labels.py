"""Own words of forms into codes: roles, age groups, languages, themes, severities, times."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tesoma_geo.errors import SourceError

_ROLES = {
    "resident": ("asukas", "invånare", "boende", "resident", "inhabitant"),
    "company": ("yritys", "yrittäjä", "företag", "företagare", "company", "business"),
    "association": ("yhdistys", "järjestö", "förening", "organisation", "association", "ngo"),
    "service_provider": ("palveluntuottaja", "serviceproducent", "tjänsteproducent", "service provider"),
}
_LANGUAGES = {
    "fi": ("fi", "fin", "suomi", "finnish", "finska"),
    "sv": ("sv", "se", "swe", "ruotsi", "swedish", "svenska"),
    "en": ("en", "eng", "englanti", "english", "engelska"),
}
#: The five themes of the charrette as its survey asks them.
CHARRETTE = {
    "youth": ("nuorille tekemistä", "något att göra för unga", "something to do for the young"),
    "business": ("yritys- ja palvelukehitys", "yritykset ja palvelut", "företag och service", "business and services"),
    "routes": ("innovatiiviset väylät", "innovativa stråk", "innovative routes"),
    "communication": ("tiedotus ja viestintä", "tiedotus", "information", "information and communication"),
    "together": ("yhdessä tekeminen", "att göra tillsammans", "doing together", "doing things together"),
}
#: The four values that its participants shared; doing together is a theme as well.
VALUES = {
    "together": CHARRETTE["together"],
    "nature": ("luonnon vaaliminen", "att värna om naturen", "cherishing nature"),
    "moving": ("liikkuminen", "att röra på sig", "moving"),
    "local_services": ("lähipalvelujen käyttö", "att använda närservicen", "using local services"),
}
#: The main themes in which the city summed up its vision (omatesoma.fi, "Tehdään Tesomaa!", August 2015),
#: besides doing together.
VISION = {
    "renewal": ("moderni lähiöuudistus",),
    "wellbeing": ("liikunta ja hyvinvointi",),
    "vitality": ("elinvoimaisuus",),
}
#: Code → labels of everything that ``themes`` of an annotation may hold. A workspace adds its own under
#: ``[themes]``, label = code.
THEMES = CHARRETTE | VALUES | VISION
OLDEST = 120
_UNDER = re.compile(r"(?:alle|under|<|below|yngre än)\s*(\d{1,3})")
_FROM = re.compile(
    r"(\d{1,3})\s*(?:tai yli|ja yli|\+|-$|–$|or over|and over|or older|eller över|eller äldre|vuotta tai)"
)
_OVER = re.compile(r"(?:yli|over|över|>)\s*(\d{1,3})")
_BETWEEN = re.compile(r"(\d{1,3})\s*[-–—_]\s*(\d{1,3})")
#: Questions whose answers are homes or places of every day, whatever the workspace says of them.
_PRIVATE_QUESTION = re.compile(
    r"\b(koti\w*|asu[mnt]\w*|asuinpai\w*|työpaikka\w*|työpaikan\w*|home\w*|where do you live|live|residence|workplace|"
    r"my work|hem\w{0,3}|bostad\w*|arbetsplats\w*|oma koulu\w*|päivittäi\w*|daily)\b",
    re.IGNORECASE,
)
_TIME_FORMATS = (
    "%d-%m-%Y, %H:%M", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y klo %H.%M", "%d.%m.%Y %H.%M", "%d.%m.%Y",
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S",
)  # fmt: skip


def role_of(label: str | None) -> str | None:
    """Code of a role's label.

    Parameters
    ----------
    label
        As somebody wrote or ticked it; None is unknown.

    Returns
    -------
    str or None
        One of :data:`~tesoma_geo.sources.annotations.schema.ROLES`; None for what is none of them.
    """
    return _code(label, _ROLES)


def language_of(label: str | None) -> str | None:
    """ISO 639-1 code of a language's name or code.

    Parameters
    ----------
    label
        As somebody wrote or ticked it; None is unknown.

    Returns
    -------
    str or None
        None when unknown.
    """
    text = (label or "").strip().lower()
    code = _code(text.split("-")[0].split("_")[0], _LANGUAGES)
    return code or (text if re.fullmatch(r"[a-z]{2}", text) else None)


def theme_of(label: str, own: Mapping[str, str] | None = None) -> str | None:
    """Code of a theme's label, or of the code itself.

    Parameters
    ----------
    label
        As somebody wrote or ticked it.
    own
        The workspace's own themes, label → code; they come first.

    Returns
    -------
    str or None
        None for what is no known theme.
    """
    own = own or {}
    for known, code in own.items():
        if label.strip().casefold() in (known.strip().casefold(), code.casefold()):
            return code
    text = label.strip().casefold()
    return text if text in THEMES else _code(label, THEMES)


def age_group_of(label: str | None) -> str | None:
    """An age group in years, as ``"13-17"``, ``"0-12"`` or ``"65-"``.

    Parameters
    ----------
    label
        As somebody wrote or ticked it; None is unknown.

    Returns
    -------
    str or None
        None for refusals and what is no age.

    Examples
    --------
    >>> age_group_of("alle 13"), age_group_of("65 tai yli"), age_group_of("13–17")
    ('0-12', '65-', '13-17')
    """
    text = (label or "").strip().lower()
    if match := _BETWEEN.search(text):
        return f"{int(match[1])}-{int(match[2])}"
    if match := _UNDER.search(text):
        return f"0-{int(match[1]) - 1}"
    if match := _FROM.search(text):
        return f"{int(match[1])}-"
    if match := _OVER.search(text):
        return f"{int(match[1]) + 1}-"
    return None


def age_bounds(group: str) -> tuple[int, int] | None:
    """First and last year of an age group.

    Parameters
    ----------
    group
        Such as ``"13-17"``, ``"65-"`` or ``"80_plus"``.

    Returns
    -------
    tuple of int or None
        Both years are in the group, an open end is :data:`OLDEST`; None for no age.
    """
    text = group.strip().replace("_plus", "-").replace("+", "-")
    match = re.fullmatch(r"(\d{1,3})\s*[-–_]\s*(\d{1,3})?", text)
    if match is None:
        known_group = age_group_of(group)
        return age_bounds(known_group) if known_group else None
    return int(match[1]), int(match[2]) if match[2] else OLDEST


def severity_of(value: object) -> int | None:
    """A severity as a whole number from 1 to 5.

    Parameters
    ----------
    value
        A number, or a text that begins with one: ``"3"``, ``"3.0"``, ``"4 – paha"``.

    Returns
    -------
    int or None
        None for everything else.
    """
    match = re.match(r"\s*([1-5])(?:[.,]0+)?(?![\d.,])", str(value)) if value is not None else None
    return int(match[1]) if match else None


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name.

    Parameters
    ----------
    name
        Such as ``Europe/Helsinki``.

    Returns
    -------
    ZoneInfo

    Raises
    ------
    SourceError
        There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise SourceError(
            f"annotations.time_zone: {name!r} is no time zone", 'Name one such as "Europe/Helsinki"'
        ) from None


def local_time(text: str | None, zone: ZoneInfo) -> str | None:
    """A time as ISO 8601 in seconds, with its offset from UTC.

    Parameters
    ----------
    text
        In ISO 8601 or in one of the forms that platforms write.
    zone
        That of times without one, and of the result.

    Returns
    -------
    str or None
        None for what is no time.
    """
    stripped = (text or "").strip()
    if not stripped:
        return None
    try:
        time = datetime.fromisoformat(stripped)
    except ValueError:
        for layout in _TIME_FORMATS:
            try:
                time = datetime.strptime(stripped, layout)
                break
            except ValueError:
                continue
        else:
            return None
    time = time.replace(tzinfo=zone) if time.tzinfo is None else time.astimezone(zone)
    return time.isoformat(timespec="seconds")


def asks_private_place(title: str) -> bool:
    """Whether a question asks for a home or a place of every day.

    Parameters
    ----------
    title
        Of the question, in Finnish, Swedish or English.

    Returns
    -------
    bool
    """
    return bool(_PRIVATE_QUESTION.search(title))


def _code(label: str | None, known: Mapping[str, tuple[str, ...]]) -> str | None:
    text = (label or "").strip().casefold()
    return next((code for code, labels in known.items() if text == code or text in labels), None)
