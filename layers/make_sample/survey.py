"""An invented survey, as the city's map-survey platform (vuorovaikutusalusta) exports one.

The export's faults are in it too: quotation marks within an answer are not escaped, a respondent who
gave no name has no columns for it (so the rest moves left), and who answered on the map alone is
missing from the table.
"""

import random
from dataclasses import dataclass
from pathlib import Path

import geopandas
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from make_sample import EPSG, dice
from make_sample.answers import (
    AREA_TEXTS,
    BARRIERS,
    FEEDBACK,
    LINKS,
    PLACE_TEXTS,
    SPOTS,
    THEMES,
)
from make_sample.areas import write_tables
from make_sample.geometry import projected

RESPONDENTS = 60
_FIRST_ID = 7001
_LANGUAGES = {"fi": "suomi", "sv": "ruotsi", "en": "englanti"}
_AGES = ["alle 13", "13–17", "18–29", "30–64", "65 tai yli", "en halua kertoa"]
_ROLES = ["Asukas", "Yritys", "Yhdistys", "Palveluntuottaja"]
_MODES = ["Kävellen", "Pyörällä", "Bussilla", "Junalla", "Autolla", "Apuvälineellä", "joku muu mikä?"]

_BARRIER = "Sivu 2 / Kysymys 1: Vaarallinen tai hankala paikka"
_LINK = "Sivu 2 / Kysymys 2: Puuttuva yhteys"
_PLACE = "Sivu 2 / Kysymys 3: Hyvä paikka tai kokeilun paikka"
_AREA = "Sivu 2 / Kysymys 5: Alue, jota kehittäisin"

Row = dict[str, object]


@dataclass(frozen=True)
class Respondent:
    """One submission: who answered, when and in which language."""

    number: int
    language: str
    day: int
    clock: str

    @property
    def csv_time(self) -> str:
        """Local time as the table has it."""
        return f"{self.day:02d}-02-2026 {self.clock}"

    @property
    def map_columns(self) -> Row:
        """The first columns of every map answer; here the time has a comma."""
        return {
            "Vastaustunniste": self.number,
            "Aikaleima": f"{self.day:02d}-02-2026, {self.clock}",
            "Vastauskieli": _LANGUAGES[self.language],
        }


def write_survey(folder: Path) -> None:
    """Write ``geopackage.gpkg`` and ``data.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = dice("survey")
    respondents = [_respondent(_FIRST_ID + i, chance) for i in range(RESPONDENTS)]
    answers: dict[str, list[Row]] = {_PLACE: [], _AREA: [], _BARRIER: [], _LINK: []}
    for respondent in respondents:
        _answer_map(respondent, answers, chance)
    tables = {
        question: geopandas.GeoDataFrame(rows, geometry="geometry", crs=EPSG) for question, rows in answers.items()
    }
    numbered = {question: table.astype({"Vastaustunniste": "int32"}) for question, table in tables.items()}
    write_tables(folder / "geopackage.gpkg", numbered)
    answered = {row["Vastaustunniste"] for rows in answers.values() for row in rows}
    # Some answered on the map alone; everybody else is in the table.
    in_table = [one for one in respondents if one.number not in answered or chance.random() > 0.12]
    lines = [_header(), *(_row(respondent, chance) for respondent in in_table)]
    (folder / "data.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _respondent(number: int, chance: random.Random) -> Respondent:
    language = chance.choices(["fi", "sv", "en"], [0.78, 0.1, 0.12])[0]
    clock = f"{chance.randrange(7, 22):02d}:{chance.randrange(60):02d}"
    return Respondent(number, language, chance.randrange(2, 16), clock)


def _answer_map(respondent: Respondent, answers: dict[str, list[Row]], chance: random.Random) -> None:
    """Give a respondent's answers on the map, most of them about the places that trouble many."""
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        at, reason, texts, severity = chance.choices(BARRIERS, [b[4] for b in BARRIERS])[0][:4]
        text = chance.choice(texts[respondent.language]) if chance.random() < 0.7 else None
        answers[_BARRIER].append(
            respondent.map_columns
            | {"Kysymys": _BARRIER, "Näkyvät tasot": "Opaskartta"}
            | {
                "Alikysymys 1: Mikä paikassa on hankalaa?": text,
                "Alikysymys 2: Syy": reason if chance.random() < 0.9 else None,
                "Alikysymys 3: Haitta (1–5)": str(min(5, max(1, severity + chance.choice([-1, 0, 0, 1]))))
                if chance.random() < 0.85
                else None,
                "geometry": Point(_near(at, 14, chance)),
            }
        )
    if chance.random() < 0.4:
        line, texts = chance.choice(LINKS)
        answers[_LINK].append(
            respondent.map_columns
            | {"Kysymys": _LINK, "Näkyvät tasot": ""}
            | {
                "Alikysymys 1: Miksi yhteys tarvitaan?": chance.choice(texts[respondent.language]),
                "geometry": LineString([_near(point, 10, chance) for point in line]),
            }
        )
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        themed = chance.random() < 0.88
        themes = {theme: "true" if chance.random() < 0.35 else "false" for theme in THEMES}
        answers[_PLACE].append(
            respondent.map_columns
            | {"Kysymys": _PLACE, "Näkyvät tasot": "Opaskartta, Ilmakuva"}
            | {f"Alikysymys 1: Teema - {theme}": tick if themed else None for theme, tick in themes.items()}
            | {
                "Alikysymys 2: Kerro tarkemmin": chance.choice(PLACE_TEXTS[respondent.language])
                if chance.random() < 0.6
                else None,
                "geometry": Point(_near(chance.choice(SPOTS), 25, chance)),
            }
        )
    if chance.random() < 0.22:
        answers[_AREA].append(
            respondent.map_columns
            | {"Kysymys": _AREA, "Näkyvät tasot": ""}
            | {
                "Alikysymys 1: Teema": chance.choice(THEMES),
                "Alikysymys 2: Kerro tarkemmin": chance.choice(AREA_TEXTS[respondent.language]),
                "geometry": _outline(chance.choice(SPOTS), chance),
            }
        )


def _near(at: tuple[float, float], metres: float, chance: random.Random) -> tuple[float, float]:
    east, north = projected((at[0] + chance.gauss(0, metres), at[1] + chance.gauss(0, metres)))
    return round(east, 1), round(north, 1)


def _outline(at: tuple[float, float], chance: random.Random) -> BaseGeometry:
    width, depth = chance.uniform(40, 110), chance.uniform(40, 90)
    corners = [(-width, -depth), (width, -depth), (width * 1.1, depth * 0.2), (width * 0.3, depth), (-width, depth)]
    return Polygon([_near((at[0] + x, at[1] + y), 6, chance) for x, y in corners])


def _header() -> str:
    columns = ["Vastaustunniste", "Aikaleima", "Vastauskieli", "Vastaajan nimi", "Vastaajan sähköposti"]
    columns += [f"s1k1: Ikäryhmä - {age}" for age in _AGES]
    columns += [f"s1k{number}: Vastaan roolissa - {role}" for number, role in enumerate(_ROLES, start=2)]
    columns += [f"s1k5: Miten liikut Tesomalla? - {mode}" for mode in _MODES]
    return ",".join(f'"{column}"' for column in [*columns, "s3k1: Vapaa palaute"])


def _row(respondent: Respondent, chance: random.Random) -> str:
    cells = [str(respondent.number), respondent.csv_time, respondent.language]
    # Whoever left the personal questions empty has no cells for them at all.
    if chance.random() < 0.25:
        name = chance.choice(["Aino Keksitty", "Eino Mallinen", "Esimerkki Satu", "Ville Kuvitelma"])
        cells += [name, f"vastaaja{respondent.number}@example.org"]
    ticked = chance.choices(_AGES, [0.05, 0.11, 0.2, 0.34, 0.24, 0.06])[0]
    cells += ['"1"' if age == ticked else "" for age in _AGES]
    role = chance.choices(_ROLES, [0.8, 0.08, 0.08, 0.04])[0]
    cells += ['"1"' if role == option else "" for option in _ROLES]
    cells += ['"1"' if chance.random() < share else "" for share in (0.8, 0.4, 0.35, 0.2, 0.3, 0.08)]
    own_way = chance.choice(["potkulauta", 'lasten "kyydissä"', "hiihtäen"])
    cells.append(f'"{own_way}"' if chance.random() < 0.1 else "")
    feedback = chance.choice(FEEDBACK[respondent.language])
    # The platform puts quotation marks around an answer and leaves those within it as they are.
    cells.append(f'"{feedback}"' if chance.random() < 0.45 else "")
    return ",".join(cells)
