"""Colours of a map in another page's frame that is light or dark whatever the reader's system says."""

import re

from tesoma_geo.render.text import assets

#: What a host may wish for beside what the reader's system says.
THEMES = ("light", "dark")
#: Where the colours stand.
_SHEETS = ("styles/map.css", "styles/site.css")
_LIGHT = re.compile(r"^:root \{.*?\}", re.DOTALL | re.MULTILINE)
_DARK = re.compile(r"^@media [^{]*prefers-color-scheme: dark\) \{", re.MULTILINE)
#: Blocks for whoever asks for more contrast.
_CONTRAST = {
    "light": re.compile(r"^@media \(prefers-contrast: more\)[^{]*\{", re.MULTILINE),
    "dark": re.compile(r"^@media \(prefers-color-scheme: dark\) and \(prefers-contrast: more\)[^{]*\{", re.MULTILINE),
}


def theme_style(theme: str) -> str:
    """The rules of one theme as a style sheet of its own, from the sheets of every page.

    A page opened from disk may not read its own style sheets, but may choose which of them it follows.

    Parameters
    ----------
    theme
        One of :data:`THEMES`.

    Returns
    -------
    str
        CSS that comes after the other sheets.
    """
    sheets = [assets.asset(name).read_text(encoding="utf-8") for name in _SHEETS]
    found = [rules for one in sheets for rules in (_LIGHT.findall(one) if theme == "light" else _within(one, _DARK))]
    strong = [rules for one in sheets for rules in _within(one, _CONTRAST[theme])]
    blocks = {"(forced-colors: none)": found, "(prefers-contrast: more) and (forced-colors: none)": strong}
    told = ("@media screen and {} {{\n{}\n}}\n".format(asked, "\n".join(rules)) for asked, rules in blocks.items())
    return f"/* {theme} */\n{''.join(told)}"


def _within(sheet: str, begins: re.Pattern[str]) -> list[str]:
    """What stands between the braces of some blocks."""
    return [sheet[begin.end() : _closing(sheet, begin.end())].strip("\n") for begin in begins.finditer(sheet)]


def _closing(sheet: str, at: int) -> int:
    """Where the brace is that closes the one before ``at``."""
    depth = 1
    for brace in re.finditer(r"[{}]", sheet[at:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return at + brace.start()
    raise ValueError("a block of a style sheet is not closed")
