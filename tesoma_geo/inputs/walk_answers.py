"""What mapping walks found, as tags of the streets, before anything unknown is guessed from its neighbours."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.reports import LayerReport, file_report
from tesoma_geo.network import StreetNetwork
from tesoma_geo.sources.survey_walk import read_walk
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Layer

Found = tuple[pd.DataFrame, tuple[LeftOut, ...]]


def with_walks(layers: LayerCollector, network: StreetNetwork) -> StreetNetwork:
    """The streets with what mapping walks found, and a report on each walk.

    Parameters
    ----------
    layers
        Of the workspace that may name walks; where the reports go.
    network
        The streets.

    Returns
    -------
    StreetNetwork
        The same where no walk is named; otherwise with the tags found and with ``unknown_tags`` of what is left.
    """
    for number, section in enumerate(layers.workspace.survey_walk):
        reading = _read(layers, f"survey_walk.{number}", section)
        if reading is None:
            continue
        answers, left_out = reading
        ways, beside, changed = answered(network.ways, answers)
        layers.left_out += [*left_out, *beside]
        if changed:
            layers.note(f"{changed} tags of the map are told otherwise by the walk: its answers are taken")
        if beside and beside[0].count == len(answers):
            layers.doubt("no answer is about a street of the map", "Take the answers of this district")
        network = network.with_ways(ways)
    return network.with_unknown_tags() if layers.workspace.survey_walk else network


def _read(layers: LayerCollector, key: str, section: Layer) -> Found | None:
    path = layers.workspace.resolve(section.source)

    def described(report: LayerReport, found: Found) -> LayerReport:
        return replace(report, rows=len(found[0]))

    def read() -> Found:
        return read_walk(path, key=key, layer=section.layer, where=section.where)

    return layers.read(file_report(key, path), read, described)


def answered(ways: pd.DataFrame, answers: pd.DataFrame) -> tuple[pd.DataFrame, list[LeftOut], int]:
    """The ways of a network with the answers of a walk.

    Parameters
    ----------
    ways
        ``osm_id`` and tag columns, a row a way.
    answers
        As of :func:`~tesoma_geo.sources.survey_walk.read_walk`.

    Returns
    -------
    ways : DataFrame
        With the answers in the place of what was there.
    left_out : list of LeftOut
        Answers about objects that are no street of the map.
    changed : int
        Tags that the map told otherwise.
    """
    row_of = pd.Series(np.arange(len(ways)), index=ways["osm_id"].astype("int64").to_numpy())
    is_there = (answers["element"] == "way") & answers["osm_id"].isin(row_of.index)
    ways, changed = ways.copy(), 0
    for tag, some in answers[is_there].groupby("tag", sort=True):
        said = some.drop_duplicates("osm_id", keep="last").set_index("osm_id")["value"]
        rows = row_of[row_of.index.isin(said.index)]
        values = said.loc[rows.index].to_numpy(object)
        column = ways[tag].astype(object).to_numpy(copy=True) if tag in ways else np.full(len(ways), None, object)
        before = column[rows.to_numpy()]
        changed += int((pd.notna(before) & (before != values)).sum())
        column[rows.to_numpy()] = values
        ways[tag] = pd.Series(column, index=ways.index, dtype="str")
    strange = answers[~is_there]
    names = tuple(f"{element}/{number}" for element, number in zip(strange["element"], strange["osm_id"], strict=True))
    if strange.empty:
        return ways, [], changed
    reason = "the streets of the map do not have them"
    return ways, [LeftOut("answers of a mapping walk", reason, len(strange), names[:3])], changed
