"""Fonts for names in any script: matplotlib's own first, then those of the machine that have what it lacks."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from tesoma_geo._shapes import texts_of
from tesoma_geo.errors import Doubt
from tesoma_geo.render.text.place_names import ordinary_case

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.figure import Figure

    from tesoma_geo.workspace import Workspace

Style = Literal["normal", "italic", "oblique"]

#: Comes with matplotlib: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and more.
FIRST = "DejaVu Sans"
#: Fonts of boxes that stand for every letter begin so.
_BOXES = "Last Resort"
_INSTALL = "Install a font that has them, such as Noto Sans of their script"


@lru_cache(maxsize=4096)
def families(text: str) -> tuple[str, ...]:
    """Names of the font families that a text is drawn with, in the order in which they are asked.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    tuple of str
        matplotlib's own alone where it has every letter; behind it those of the machine, by name, that have others.
    """
    return _served(_beyond(text))[0]


@lru_cache(maxsize=4096)
def without_font(text: str) -> str:
    """Letters of a text that no font of this machine has.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Each once, in the order of their numbers in Unicode; empty where all can be drawn.
    """
    return _served(_beyond(text))[1]


def use_fonts(figure: "Figure") -> None:
    """Give every text of a figure the fonts that its letters need, upright where a slanted face lacks them.

    Parameters
    ----------
    figure
        A finished figure; changed.
    """
    for text in [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]:
        if len(families(text.get_text())) > 1:
            text.set_fontfamily(list(families(text.get_text())))
        weight, style = face(text.get_text(), str(text.get_fontweight()), text.get_fontstyle())
        if style != text.get_fontstyle():
            text.set_fontstyle(style)
        if weight != str(text.get_fontweight()):
            text.set_fontweight(weight)


@lru_cache(maxsize=4096)
def face(text: str, weight: str, style: Style) -> tuple[str, Style]:
    """The face that a text is drawn with: the one wished for, or a plainer one where that lacks letters of the text.

    Slanted and bold faces of a family have fewer letters than the plain one: that of matplotlib slants no Arabic.

    Parameters
    ----------
    text
        Any text.
    weight
        Such as ``"bold"``.
    style
        Such as ``"italic"``.

    Returns
    -------
    tuple of str
        Weight and style.
    """
    wanted = {ord(letter) for letter in text if letter.isprintable()} - {ord(letter) for letter in without_font(text)}
    wished: tuple[tuple[str, Style], ...] = ((weight, style), (weight, "normal"))
    for one in wished:
        if wanted <= set().union(*(_letters_of(_path_of(family, *one)) for family in families(text))):
            return one
    return "normal", "normal"


def font_doubts(workspace: "Workspace", district: "gpd.GeoDataFrame", water: "gpd.GeoDataFrame") -> list[Doubt]:
    """Doubts about names that stills and the report's maps show as boxes on this machine.

    Parameters
    ----------
    workspace
        The workspace file.
    district, water
        Areas and lakes, whose names are drawn; the column ``name`` may be missing.

    Returns
    -------
    list of Doubt
        One for each of hub, areas and waters with a letter that no font has.
    """
    return [
        doubt
        for key, names in (
            ("hub.name", [str(name) for name in workspace.hub.name.values()]),
            ("district.area", _names(district)),
            ("basemap.water", _names(water)),
        )
        for doubt in _doubts(key, names)
    ]


def _doubts(key: str, names: Iterable[str]) -> Iterable[Doubt]:
    lacking = list(dict.fromkeys(name for name in names if without_font(name)))
    if lacking:
        letters = without_font("".join(sorted(lacking)))
        shown = letters if len(letters) <= 12 else f"{letters[:12]}…"
        several = f", and of {len(lacking) - 1} further" if len(lacking) > 1 else ""
        problem = f"letters of {lacking[0]!r}{several} are in no font of this machine ({shown})"
        yield Doubt(key, f"{problem}: stills and the report's maps show boxes", _INSTALL, lacking[0])


def _names(table: "gpd.GeoDataFrame") -> list[str]:
    return [ordinary_case(name) for name in texts_of(table, "name") if name is not None]


def _beyond(text: str) -> frozenset[str]:
    """Letters that matplotlib's own font does not have; marks that show nothing are none."""
    own = _letters_of(_path_of(FIRST))
    return frozenset(letter for letter in text if letter.isprintable() and ord(letter) not in own)


@lru_cache(maxsize=1024)
def _served(letters: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """The families for some letters, and the letters that none has."""
    used, left = [FIRST], set(letters)
    for family in _machine_families() if left else ():
        known = _letters_of(_path_of(family))
        has = {letter for letter in left if ord(letter) in known}
        if has:
            used.append(family)
            left -= has
        if not left:
            break
    return tuple(used), "".join(sorted(left))


@cache
def _machine_families() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    return tuple(sorted({one.name for one in fontManager.ttflist if not one.name.startswith(_BOXES)} - {FIRST}))


@cache
def _path_of(family: str, weight: str = "normal", style: Style = "normal") -> str:
    from matplotlib.font_manager import FontProperties, findfont

    return str(findfont(FontProperties(family=[family], weight=weight, style=style)))


@cache
def _letters_of(path: str) -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(int(number) for number in get_font(path).get_charmap())
