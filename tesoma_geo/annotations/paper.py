"""A map to draw on with a pen, for those who do not use a phone, and the sheet into which marks are copied.

The front is an A3 map with a millimetre frame, the back a form in each language; the sheet is a CSV whose
first line tells where the frame lies. Places are measured with a ruler, from the frame's lower left corner.
"""

import csv
import html
from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely

from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PaperMapLayers, PrintFrame, draw_map
from tesoma_geo.sources.annotations.paper import SHEET

#: Marks that the form has room for.
MARKS = 10
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fi": {"title": "Piirrä kartalle ja kerro", "form": "Lomake nro",
           "how": "Merkitse paikka kartan toiselle puolelle: piste paikalle, viiva puuttuvalle yhteydelle, "
                  "ympyrä alueelle. Kirjoita merkin viereen numero ja kerro samalla numerolla alla.",
           "number": "Nro", "kind": "Mikä: este / puuttuva yhteys / hyvä paikka / alue / idea / kiitos",
           "severity": "Haitta 1–5", "text": "Kerro tarkemmin",
           "age": "Ikä: alle 13 / 13–17 / 18–29 / 30–64 / 65 tai yli",
           "role": "Vastaan: asukkaana / yrityksenä / yhdistyksenä / palveluntuottajana",
           "private": "Älä merkitse kotiasi äläkä kirjoita nimeäsi."},
    "sv": {"title": "Rita på kartan och berätta", "form": "Blankett nr",
           "how": "Märk ut platsen på kartan på andra sidan: en punkt för en plats, ett streck för en länk som "
                  "saknas, en ring för ett område. Skriv ett nummer vid märket och berätta med samma nummer nedan.",
           "number": "Nr", "kind": "Vad: hinder / saknad länk / bra plats / område / idé / beröm",
           "severity": "Olägenhet 1–5", "text": "Berätta mer",
           "age": "Ålder: under 13 / 13–17 / 18–29 / 30–64 / 65 eller äldre",
           "role": "Jag svarar: som invånare / företag / förening / serviceproducent",
           "private": "Märk inte ut ditt hem och skriv inte ditt namn."},
    "en": {"title": "Draw on the map and tell", "form": "Form no.",
           "how": "Mark the place on the map overleaf: a dot for a place, a line for a missing link, a ring for an "
                  "area. Write a number beside the mark, and tell under the same number below.",
           "number": "No.", "kind": "What: barrier / missing link / good place / area / idea / praise",
           "severity": "Trouble 1–5", "text": "Tell more",
           "age": "Age: under 13 / 13–17 / 18–29 / 30–64 / 65 or over",
           "role": "I answer as: resident / company / association / service provider",
           "private": "Do not mark your home and do not write your name."},
    "et": {"title": "Joonista kaardile ja räägi", "form": "Leht nr",
           "how": "Märgi koht kaardi teisel poolel: punkt koha, joon puuduva ühenduse, ring ala jaoks. "
                  "Kirjuta märgi juurde number ja räägi sama numbri all allpool.",
           "number": "Nr", "kind": "Mis: takistus / puuduv ühendus / hea koht / ala / idee / kiitus",
           "severity": "Häirivus 1–5", "text": "Räägi täpsemalt",
           "age": "Vanus: alla 13 / 13–17 / 18–29 / 30–64 / 65 või üle",
           "role": "Vastan: elanikuna / ettevõttena / ühendusena / teenuseosutajana",
           "private": "Ära märgi oma kodu ega kirjuta oma nime."},
    "pt": {"title": "Desenhe no mapa e conte", "form": "Folha n.º",
           "how": "Marque o lugar no mapa do outro lado: um ponto para um lugar, uma linha para uma ligação que falta, "
                  "um círculo para uma área. Escreva um número ao lado da marca e conte abaixo com o mesmo número.",
           "number": "N.º", "kind": "O quê: barreira / ligação que falta / lugar bom / área / ideia / elogio",
           "severity": "Incômodo 1–5", "text": "Conte mais",
           "age": "Idade: menos de 13 / 13–17 / 18–29 / 30–64 / 65 ou mais",
           "role": "Respondo como: morador / empresa / associação / prestador de serviços",
           "private": "Não marque a sua casa nem escreva o seu nome."},
}  # fmt: skip


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
    return tuple(language for language in languages if language in _WORDS) or ("en",)


def write_paper_map(folder: Path, ground: PaperMapLayers, name: str, languages: tuple[str, ...], credit: str) -> None:
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
    """
    frame = PrintFrame.around(shapely.union_all(ground.areas.geometry.to_numpy()))
    scale = f"1 : {frame.m_per_mm * 1000:,.0f}".replace(",", " ")
    heading = f"<strong>{html.escape(name)}</strong> {scale} · {html.escape(credit)}"
    written = form_languages(languages)
    forms = "".join(_form(language, _WORDS[language]) for language in written)
    page = _page(html.escape(name), written[0], heading, draw_map(ground, frame), forms)
    (folder / "paper_map.html").write_text(page, encoding="utf-8")
    with (folder / "digitising_sheet.csv").open("w", encoding="utf-8", newline="") as file:
        place = f"{frame.west:.1f} {frame.south:.1f} {frame.m_per_mm:.4f}"
        file.write(f"# frame {place} (west, south, metres a millimetre: leave this line)\n")
        csv.writer(file).writerow(SHEET)


def _page(name: str, language: str, heading: str, drawn: str, forms: str) -> str:
    """The page; all texts are escaped already."""
    return f"""<!doctype html>
<html lang="{html.escape(language)}"><head><meta charset="utf-8"><title>{name}</title>
<style>
@page {{ size: A3 landscape; margin: 10mm }}
body {{ font: 4mm sans-serif; margin: 0 }}
svg {{ width: {WIDTH_MM + 16}mm; height: {HEIGHT_MM + 10}mm }}
section {{ break-before: page }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: .3mm solid #666; padding: 1.5mm; text-align: left; font-weight: normal }}
td {{ height: 18mm }}
p {{ margin: 2mm 0 }}
.number {{ width: 12mm }} .kind {{ width: 80mm }} .severity {{ width: 30mm }}
</style></head><body>
<p>{heading}</p>
<svg viewBox="-10 -2 {WIDTH_MM + 16} {HEIGHT_MM + 10}" role="img" aria-label="{name}" font-family="sans-serif">
<rect width="{WIDTH_MM}" height="{HEIGHT_MM}" fill="none" stroke="#000" stroke-width=".4"/>
{drawn}</svg>
{forms}</body></html>
"""


def _form(language: str, words: Mapping[str, str]) -> str:
    said = {key: html.escape(word) for key, word in words.items()}
    columns = ("number", "kind", "severity", "text")
    titles = "".join(f'<th scope="col" class="{key}">{said[key]}</th>' for key in columns)
    rows = "".join(f"<tr><td>{number}</td>{'<td></td>' * 3}</tr>" for number in range(1, MARKS + 1))
    return f"""<section lang="{language}">
<p><strong>{said["title"]}</strong> · {said["form"]} ______</p>
<p>{said["how"]} {said["private"]}</p>
<p>{said["age"]} · {said["role"]}</p>
<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>
</section>
"""
