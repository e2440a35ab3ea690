"""Residents of every country by H3 cells of 400 m, from Kontur: https://data.humdata.org/organization/kontur."""

from tesoma_geo.sources.catalogues.asking import is_there
from tesoma_geo.sources.catalogues.records import LayerCatalogue, LayerEntry, Question

_RELEASE = "20231101"


def _find(question: Question) -> LayerEntry | None:
    country = question.place.country
    if not country:
        return None
    file = f"kontur_population_{country}_{_RELEASE}.gpkg"
    address = f"{question.base.rstrip('/')}/{file}"
    if not is_there(f"{address}.gz", b"\x1f\x8b"):
        return None
    return LayerEntry(
        {"source": f"gz+{address}", "kind": "h3", "column": "population", "code": "h3"},
        CATALOGUE.licence,
        as_of=_RELEASE[:4],
        notes=("Modelled: census numbers laid on buildings and settlements",),
    )


CATALOGUE = LayerCatalogue(
    name="kontur", title="Kontur's population by country", serves="population",
    base="https://geodata-eu-central-1-kontur-public.s3.amazonaws.com/kontur_datasets",
    licence="Kontur, CC BY 4.0", coverage="the world, a file a country",
    look="https://data.humdata.org/dataset/kontur-population-dataset", find=_find, compared="2026-11-26",
)  # fmt: skip
