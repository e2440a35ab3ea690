"""A map to draw on with a pen, for those who do not use a phone, and the sheet into which marks are copied.

The front is an A3 map with a millimetre frame, the back a form in each language, the last sheet an index of streets by
squares of the map. The sheet to copy into is a CSV whose first line tells where the frame lies; places are measured
with a ruler, from the frame's lower left corner.
"""

import csv
import html
from collections.abc import Iterable, Sequence
from pathlib import Path

import shapely

from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PaperMapLayers, PrintFrame, draw_map
from tesoma_geo.annotations.paper_index import index_section, square_lines, square_names_at
from tesoma_geo.annotations.paper_words import FORM_WORDS
from tesoma_geo.sources.annotations.paper import SHEET
from tesoma_geo.workspace.sections import Site

#: Marks that the form has room for.
MARKS = 10
#: How many times as high as on the first maps letters are: names of the smallest streets have seven points.
LETTERS = 1.2


def form_languages(languages: Sequence[str]) -> tuple[str, ...]:
    """The languages that the forms beside a map can be printed in.

    Parameters
    ----------
    languages
        Those of the workspace.

    Returns
    -------
    tuple of str
        Those of them in which there is a form; English where there is none.
    """
    return tuple(language for language in languages if language in FORM_WORDS) or ("en",)


def write_paper_map(
    folder: Path, ground: PaperMapLayers, name: str, languages: tuple[str, ...], credit: str, site: Site
) -> None:
    """Write ``paper_map.html``, to be printed on A3 across at 100 %, and ``digitising_sheet.csv``.

    Parameters
    ----------
    folder
        An existing folder.
    ground
        What the map shows; the whole district is on it.
    name
        The district's.
    languages
        Of the forms, those of :func:`form_languages`.
    credit
        Whom the map credits.
    site
        Who asks, and where the sheet goes back to; what nobody said is left to be written by hand.
    """
    frame = PrintFrame.around(shapely.union_all(ground.areas.geometry.to_numpy()))
    written = form_languages(languages)
    titles = [FORM_WORDS[one].streets for one in written]
    index = index_section(ground.streets, frame, titles)
    sheets = [_front(ground, frame, name, written, credit, site), *(_form(one, site) for one in written), index]
    (folder / "paper_map.html").write_text(_page(name, written[0], "".join(sheets)), encoding="utf-8")
    with (folder / "digitising_sheet.csv").open("w", encoding="utf-8", newline="") as file:
        place = f"{frame.west:.1f} {frame.south:.1f} {frame.m_per_mm:.4f}"
        file.write(f"# frame {place} (west, south, metres a millimetre: leave this line)\n")
        csv.writer(file).writerow(SHEET)


def _page(name: str, language: str, sheets: str) -> str:
    """The page; the sheets are markup already."""
    return f"""<!doctype html>
<html lang="{html.escape(language)}"><head><meta charset="utf-8"><title>{html.escape(name)}</title>
<style>
@page {{ size: A3 landscape; margin: 10mm }}
body {{ font: 12pt sans-serif; margin: 0 }}
h1 {{ font-size: 20pt; margin: 0 0 1mm }}
.map > svg {{ display: block; width: {WIDTH_MM + 16}mm; height: {HEIGHT_MM + 10}mm }}
section + section {{ break-before: page }}
.map p {{ margin-bottom: .5mm }} .map .others {{ font-size: 9pt; line-height: 1.2 }}
.head {{ display: flex; gap: 10mm; align-items: start }} .head > * {{ flex: 1 1 0; max-width: 200mm }}
table {{ border-collapse: collapse; width: 100%; margin-top: 2mm }}
th, td {{ border: .3mm solid #666; padding: 1.5mm; text-align: left; vertical-align: top }}
tr {{ break-inside: avoid }}
td {{ height: 18mm }}
p {{ margin: 0 0 1.5mm }}
.number {{ width: 12mm }} .kind {{ width: 118mm }} .severity {{ width: 76mm }}
.tick {{ display: inline-block; white-space: nowrap; margin: 0 4mm 1mm 0 }}
.tick::before {{ content: ""; display: inline-block; width: 4mm; height: 4mm; border: .3mm solid #000;
  margin-right: 1mm; vertical-align: -.7mm }}
.write {{ display: inline-block; width: 45mm; border-bottom: .3mm solid #000 }}
.legend {{ display: flex; flex-wrap: wrap; gap: 0 8mm; margin: 1mm 0 0; padding: 0; list-style: none; font-size: 10pt }}
.legend li {{ white-space: nowrap }}
.index ul {{ columns: 7; column-gap: 5mm; margin: 2mm 0 0; padding: 0; list-style: none }}
.index {{ font-size: 9pt; line-height: 1.25 }}
.index li {{ display: flex; justify-content: space-between; gap: 2mm; break-inside: avoid }}
.index b {{ white-space: nowrap }}
.legend svg {{ width: 10mm; height: 4mm; vertical-align: -.5mm; margin-right: 1.5mm }}
</style></head><body>
{sheets}</body></html>
"""


def _front(
    ground: PaperMapLayers, frame: PrintFrame, name: str, languages: Sequence[str], credit: str, site: Site
) -> str:
    """The side to draw on: what to do in each language, the map, and what its signs mean."""
    scale = f"1 : {frame.m_per_mm * 1000:,.0f}".replace(",", "\u00a0")
    said = [FORM_WORDS[one] for one in languages]
    first, *others = (
        (_span(one, words.title), _span(one, words.numbered)) for one, words in zip(languages, said, strict=True)
    )
    further = " · ".join(f"{title}. {numbered}" for title, numbered in others)
    named = html.escape(name)
    return f"""<section class="map">
<div class="head"><div><h1>{first[0]}</h1><p><strong>{first[1]}</strong></p><p class="others">{further}</p></div>
<div><p>{html.escape(said[0].form)} <span class="write"></span></p>
{_asking(languages[0], site)}<p>{named} {scale} · {html.escape(credit)}</p></div></div>
<svg viewBox="-10 -2 {WIDTH_MM + 16} {HEIGHT_MM + 10}" role="img" aria-label="{named}" font-family="sans-serif">
<rect width="{WIDTH_MM}" height="{HEIGHT_MM}" fill="none" stroke="#000" stroke-width=".4"/>
{draw_map(ground, frame, letters=LETTERS, marked=square_lines(), clear=square_names_at())}</svg>
{_legend(ground, languages)}</section>
"""


def _legend(ground: PaperMapLayers, languages: Sequence[str]) -> str:
    """Every sign of the map, in every language of the forms."""
    said = [FORM_WORDS[one] for one in languages]
    signs = {
        ground.hub_name: '<circle cx="10" cy="4" r="3.4" fill="#c00"/>',
        _each(words.boundary for words in said):
            '<path d="M1 4h18" stroke="#000" stroke-width="1.4" stroke-dasharray="6 3"/>',
        _each(words.main_street for words in said): '<path d="M1 4h18" stroke="#444" stroke-width="1.8"/>',
        _each(words.street for words in said): '<path d="M1 4h18" stroke="#8a8a8a" stroke-width=".7"/>',
        _each(words.water for words in said): '<path d="M1 1h18v6h-18z" fill="#dce8f0" stroke="#9fb6c4"/>',
    }  # fmt: skip
    rows = (
        f'<li><svg viewBox="0 0 20 8" aria-hidden="true">{sign}</svg>{html.escape(meaning)}</li>'
        for meaning, sign in signs.items()
    )
    return f'<ul class="legend">{"".join(rows)}</ul>\n'


def _span(language: str, words: str) -> str:
    return f'<span lang="{language}">{html.escape(words)}</span>'


def _each(words: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(words))


def _asking(language: str, site: Site) -> str:
    """Who asks and where the sheet goes back to, or lines to write it on."""
    words, line = FORM_WORDS[language], '<span class="write"></span>'
    names = site.authority or {}
    asks = str(names.get(language) or next(iter(names.values()), ""))
    return "".join(
        f"<p>{html.escape(what)} {f'<strong>{html.escape(told)}</strong>' if told else line}</p>"
        for what, told in ((words.asks, asks), (words.back, site.contact or ""), (words.until, ""))
    )


def _form(language: str, site: Site) -> str:
    words = FORM_WORDS[language]
    columns = ("number", "kind", "severity", "text")
    titles = "".join(f'<th scope="col" class="{key}">{html.escape(getattr(words, key))}</th>' for key in columns)
    ticks = f"<td>{_ticks(words.kinds)}</td><td>{_ticks(tuple('12345'))}</td><td></td>"
    rows = "".join(f"<tr><td>{number}</td>{ticks}</tr>" for number in range(1, MARKS + 1))
    return f"""<section lang="{language}">
<div class="head"><div><h1>{html.escape(words.title)}</h1><p>{html.escape(words.how)}</p>
<p><strong>{html.escape(words.private)}</strong></p></div>
<div><p>{html.escape(words.form)} <span class="write"></span></p>
<p>{html.escape(words.age)} {_ticks(words.ages)}</p><p>{html.escape(words.role)} {_ticks(words.roles)}</p>
{_asking(language, site)}</div></div>
<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>
</section>
"""


def _ticks(choices: Sequence[str]) -> str:
    return " ".join(f'<span class="tick">{html.escape(choice)}</span>' for choice in choices)
