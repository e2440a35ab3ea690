"""Made-up annotations for tests: exports of the survey platform with its faults, and tables as the store gives them."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from shapely import LineString, Point, Polygon

from tesoma_geo.sources.annotations.platforms import READERS
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading
from tesoma_geo.workspace.annotations import Annotations

CRS = "EPSG:3067"
CORNER = (320_000.0, 6_823_000.0)
ROOT = Path(__file__).resolve().parents[2]
#: A place in degrees.
LON, LAT = 23.62, 61.50

QUESTIONS = [
    {
        "title": "Vaarallinen - tai hankala paikka",
        "kind": "barrier",
        "category": {"question": "Syy", "map": {"Pimeys": "dark", "Portaat": "steps"}},
        "severity": "Haitta (1–5)",
        "text": "Mikä on hankalaa?",
    },
    {"title": "Hyvä paikka", "kind": "place", "themes": "Teema", "text": "Kerro"},
]
SECTION = Annotations.model_validate(
    {"platform": "vuorovaikutusalusta", "geometries": "geopackage.gpkg", "questions": QUESTIONS,
     "respondent": {"age_group": "Ikäryhmä", "role": "Roolissa"}}
)  # fmt: skip


def at(east_m: float, north_m: float) -> Point:
    return Point(CORNER[0] + east_m, CORNER[1] + north_m)


def write_geopackage(path: Path) -> Path:
    """Two map questions and one that the workspace does not name, with every trap of the format."""
    barrier = "Sivu 2 / Kysymys 1: Vaarallinen - tai hankala paikka"
    place = "Sivu 3 / Kysymys 12: Hyvä paikka"
    meta = {"Vastauskieli": "suomi", "Näkyvät tasot": ""}
    barriers = [
        {"Vastaustunniste": 7, "Aikaleima": "26-10-2025, 03:30", "Kysymys": barrier, **meta,
         "Alikysymys 1: Mikä on hankalaa?": 'Naapuri sanoo "ei"', "Alikysymys 2: Syy": "Pimeys",
         "Alikysymys 3: Haitta (1–5)": "5", "geometry": at(10, 10)},
        {"Vastaustunniste": 7, "Aikaleima": "26-10-2025, 03:31", "Kysymys": barrier, **meta,
         "Alikysymys 1: Mikä on hankalaa?": None, "Alikysymys 2: Syy": "Koirat irti",
         "Alikysymys 3: Haitta (1–5)": "9", "geometry": LineString([at(0, 0), at(90, 0)])},
        {"Vastaustunniste": 8, "Aikaleima": "01-07-2025, 12:00", "Kysymys": barrier, **meta,
         "Alikysymys 1: Mikä on hankalaa?": None, "Alikysymys 2: Syy": None,
         "Alikysymys 3: Haitta (1–5)": None, "geometry": Polygon([at(0, 0), at(50, 50), at(50, 0), at(0, 50)])},
        {"Vastaustunniste": 8, "Aikaleima": "01-07-2025, 12:00", "Kysymys": barrier, **meta,
         "Alikysymys 1: Mikä on hankalaa?": "ilman paikkaa", "Alikysymys 2: Syy": None,
         "Alikysymys 3: Haitta (1–5)": None, "geometry": None},
    ]  # fmt: skip
    ticks = {
        "Alikysymys 1: Teema - Nuorille tekemistä": "true",
        "Alikysymys 1: Teema - Yhdessä tekeminen": "true",
        "Alikysymys 1: Teema - Aivan - uusi": "false",
        "Alikysymys 1: Teema - jokin muu, mikä?": "kissat",
        "Alikysymys 2: Kerro": "Penkki",
    }
    places = [
        {"Vastaustunniste": 9, "Aikaleima": "01-01-2026, 08:05", "Kysymys": place, **meta, **ticks,
         "Vastauskieli": "ruotsi", "geometry": at(200, 0)},
        {"Vastaustunniste": 9, "Aikaleima": "01-01-2026, 08:05", "Kysymys": place, **meta,
         **dict.fromkeys(ticks), "geometry": at(200, 0)},
        {"Vastaustunniste": 9, "Aikaleima": "01-01-2026, 08:05", "Kysymys": place, **meta,
         **{name: "false" for name in ticks if "Teema -" in name and "muu" not in name}, "geometry": at(200, 0)},
    ]  # fmt: skip
    unnamed = [{"Vastaustunniste": 9, "Aikaleima": "01-01-2026, 08:05", "Kysymys": "Sivu 4 / Kysymys 1: Missä asut?",
                **meta, "geometry": at(300, 300)}]  # fmt: skip
    for rows in (barriers, places, unnamed):
        shapes = [row["geometry"] for row in rows]
        table = gpd.GeoDataFrame(pd.DataFrame(rows).drop(columns="geometry"), geometry=shapes, crs=CRS)
        table.astype({"Vastaustunniste": "int32"}).to_file(path, layer=rows[0]["Kysymys"], driver="GPKG")
    return path


CSV_HEADER = (
    "Vastaustunniste,Aikaleima,Vastauskieli,Vastaajan nimi, Vastaajan sähköposti,"
    '"s1k9: Ikäryhmä - alle 13","s1k9: Ikäryhmä - 13–17","s1k3: Roolissa - Asukas","s1k4: Roolissa - Yritys",'
    '"s2k1a: Miksi ""näin""?","s1k5: Miten liikut? - Kävellen","s1k5: Miten liikut? - joku muu mikä?",'
    '"s3k1: Vapaa palaute"'
)
CSV_ROWS = {
    # nothing personal: everything stands two cells further left
    7: '7,26-10-2025 03:30,fi,"1",,"1",,,"1",,"Toivon "keskustan", jossa on "puita", rauhaa"',
    # a name with a comma in it, an address of two words, own words with quotation marks
    8: '8,01-07-2025 12:00,fi,Meikäläinen, Maija,maija@example.org,,"1",,"1","siksi",,"lasten "kyydissä"",',
    # no map answer at all, an answer of two lines
    10: '10,02-07-2025 09:00,en,,"1","1",,,,,"first\nsecond"',
    # personal details and nothing else
    11: "11,03-07-2025 09:00,sv,Aino Keksitty,aino@example.org",
}


def write_csv(path: Path) -> Path:
    path.write_text("\n".join([CSV_HEADER, *CSV_ROWS.values()]) + "\n", encoding="utf-8")
    return path


def read_export(path: Path, **keys: object) -> AnnotationReading:
    """What the reader of a platform makes of an export; the keys are those of ``[[annotations]]``."""
    section = Annotations.model_validate({"geometries": "x", **keys})
    return READERS[section.platform](SurveyExport(section, path, CRS, {"Kulttuuri": "culture"}))


def said(people: int, *, seed: int = 1, each: int = 2, size_m: float = 2000.0) -> AnnotationReading:
    """A reading of many made-up annotations of barriers and places."""
    dice = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        for _ in range(each):
            barrier = dice.random() < 0.6
            east, north = dice.uniform(0, size_m, 2)
            rows.append(
                {
                    "respondent": f"person-{person}",
                    "question": "q",
                    "kind": "barrier" if barrier else "place",
                    "category": str(dice.choice(["dark", "steps", "slippery", "steep"])) if barrier else None,
                    "themes": [] if barrier else [str(dice.choice(["youth", "routes", "together"]))],
                    "severity": int(dice.integers(1, 6)),
                    "text": f"sana {dice.integers(1000)}",
                    "language": "fi",
                    "role": "resident",
                    "age_group": str(dice.choice(["13-17", "18-29", "30-64", "65-"])),
                    "time": "2025-08-17T09:23:00+03:00",
                    "geometry": at(round(float(east), 1), round(float(north), 1)),
                }
            )
    return annotation_reading(rows, [], crs=CRS, source="made")


def copied_sample(folder: Path) -> Path:
    """A copy of the bundled sample's workspace, free to be written beside."""
    shutil.copytree(ROOT / "layers" / "sample", folder / "sample")
    shutil.copy(ROOT / "layers" / "tesoma.toml", folder / "tesoma.toml")
    return folder / "tesoma.toml"


#: What must be in no output: names, contacts and codes that stand in the made-up survey.
CANARIES = re.compile(
    r"Aino Keksitty|Eino Mallinen|Ville Kuvitelma|Esimerkki Satu|@example\.org|040 000|Rantatie 7|131052-308T"
    r"|KANARIALINTU"
)
#: Ids of the made-up survey's submissions; in pages and rasters such numbers stand for other things too.
SUBMISSION = re.compile(r"\b70[0-6]\d\b")
PERSONAL_TEXTS = (
    "KANARIALINTU 040 000 0000", "tunnus 131052-308T", "kirjoita aino@example.org", "Asun Rantatie 7:ssä",
    "Terveisin Aino Keksitty",
)  # fmt: skip


def with_texts(workspace_file: Path, texts: Sequence[str] = PERSONAL_TEXTS) -> None:
    """Let the sample's respondents say these texts in turn, wherever they could write freely."""
    path = workspace_file.parent / "sample" / "survey" / "geopackage.gpkg"
    for layer, _ in pyogrio.list_layers(path):
        rows = gpd.read_file(path, layer=layer)
        for name in [name for name in rows.columns if name.endswith(("?", "Kerro tarkemmin"))]:
            rows[name] = [texts[number % len(texts)] for number in range(len(rows))]
        rows.to_file(path, layer=layer, driver="GPKG")
