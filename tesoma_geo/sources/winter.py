"""Who clears which ways of snow: a layer of the district's own."""

import os

import numpy as np
import shapely

from tesoma_geo.errors import Doubt, Fault, SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources._columns import require_columns, texts
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.tables import WINTER, LeftOut, Reading, checked
from tesoma_geo.workspace import Winter


def read_winter(path: str | os.PathLike[str], section: Winter, *, crs: str, within: shapely.Geometry) -> Reading:
    """Read lines or areas that are cleared of snow, or are not.

    Parameters
    ----------
    path
        Where the file lies; what ``section.source`` says is not looked at.
    section
        Which layer and rows of the file, the column that tells who clears, and what its values mean.
    crs
        The metric CRS of the result.
    within
        What lies outside this area (in ``crs``) is left out.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.WINTER`; rows whose value the workspace does not name are left out, and the
        ways under them stay what their tags and class say.

    Raises
    ------
    SourceError
        As of ``read_layer``; points; no such column, or none of its values named.
    """
    reading = read_layer(path, key="winter", crs=crs, layer=section.layer, where=section.where)
    rows = reading.table
    require_columns(rows, [section.column], "winter.column", path)
    if (shapely.get_dimensions(rows.geometry.to_numpy()) < 1).any():
        raise SourceError(f"winter: {path} holds points", "Name a layer of lines or areas")
    values = np.array(texts(rows[section.column]), object)
    named = np.isin(values, list(section.values))
    if not named.any():
        there = ", ".join(repr(value) for value in sorted(set(values))[:5])
        problem = f"names none of the values of {section.column!r}, which are {there}"
        remedy = 'Say what they mean: values = { "1" = "maintained", "9" = "unmaintained" }'
        raise SourceError([Fault("winter.values", problem, remedy)])
    held = sorted({value for value in values if value})
    doubts = [
        Doubt("winter", f"values names {name!r}, which the column {section.column!r} does not hold; it holds "
              + ", ".join(map(repr, held[:8])), did_you_mean(name, held) or "Leave it out", name)
        for name in section.values
        if name not in held and "values" in section.model_fields_set
    ]  # fmt: skip
    strangers = [value for value in held if value not in section.values]
    notes = reading.notes
    if strangers:
        notes += (f"values says nothing of {', '.join(map(repr, strangers[:8]))}: their ways go by their tags",)
    near = shapely.intersects(rows.geometry.to_numpy(), within)
    left_out = [
        LeftOut("winter ways", "the workspace does not say what their value means", int((near & ~named).sum())),
        LeftOut("winter ways", "outside the study area", int((~near).sum())),
    ]
    kept = rows[near & named]
    table = kept[["geometry"]].assign(winter_maintenance=[section.values[value] for value in values[near & named]])
    counted = tuple(left for left in left_out if left.count)
    return Reading(
        checked(table.reset_index(drop=True), WINTER, str(path)),
        (*reading.left_out, *counted),
        notes,
        tuple(doubts),
    )
