"""Heights from Copernicus GLO-30, tiles of one degree: https://registry.opendata.aws/copernicus-dem/."""

from tesoma_geo.sources.catalogues.records import LayerCatalogue, LayerEntry, Question


def _find(question: Question) -> LayerEntry | None:
    west, south, east, north = question.around
    box = f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}"
    return LayerEntry(
        {"source": f"glo30+{question.base.rstrip('/')}/glo30.tif?bbox={box}"},
        CATALOGUE.licence,
        notes=(
            "A model of the surface: trees and houses are part of it",
            "Without a tile there is sea at 0 m; a few countries' tiles are not public, and look the same",
        ),
    )


CATALOGUE = LayerCatalogue(
    name="copernicus", title="Copernicus GLO-30", serves="elevation",
    base="https://copernicus-dem-30m.s3.amazonaws.com",
    licence="produced using Copernicus WorldDEM-30 © DLR e.V. 2010–2014 and © Airbus Defence and Space GmbH 2014–2018 "
    "provided under COPERNICUS by the European Union and ESA; all rights reserved",
    coverage="the world's land, but for tiles of a few countries that are not public",
    look="https://registry.opendata.aws/copernicus-dem", find=_find, compared="2026-11-26",
)  # fmt: skip
