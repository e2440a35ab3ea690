"""Names of layers: those of the map, and the same whatever else there is."""

from dataclasses import replace
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.layer_names import OF_PLAN, departures_known, layer_names, service_layer, voice_layer
from tesoma_geo.sources.annotations.schema import KINDS


def asked_for(assessment: tg.Assessment) -> set[str]:
    """Keys of a map that an address may ask for."""
    said = assessment.inputs.publication
    return {content.key for content in layers.contents(assessment, said)} - {"hub", "places", "unmapped"}


def test_they_are_those_of_the_map(assessment: tg.Assessment) -> None:
    names = layer_names(assessment.workspace, assessment)
    assert len(set(names)) == len(names)
    assert set(names) == asked_for(assessment)
    assert not {*OF_PLAN} & {*names}


def test_of_what_residents_said_there_are_the_kinds_that_were_published(assessment: tg.Assessment) -> None:
    told = published(assessment.inputs, who="tests")
    assert told is not None
    kinds = told.features.loc[told.features.geometry.notna(), "kind"].unique()
    assert len(kinds) > 1
    placeless = told.features["kind"] == kinds[0]
    features = told.features.set_geometry(told.features.geometry.where(~placeless, None))
    for without, left in ((told, set(kinds)), (replace(told, features=features), set(kinds[1:]))):
        run = replace(assessment, inputs=replace(assessment.inputs, publication=without))
        names = layer_names(run.workspace, run)
        assert {name for name in names if name.startswith("voices_")} == {voice_layer(kind) for kind in left}
        assert set(names) == asked_for(run)


def test_what_is_not_there_has_no_name(assessment: tg.Assessment) -> None:
    bare = replace(assessment, services=assessment.services.iloc[:0])
    names = layer_names(bare.workspace, bare)
    assert not [name for name in names if name.startswith("services_")]
    alone = bare.workspace.model_copy(update={"annotations": (), "transit": None})
    assert not [name for name in layer_names(alone) if name.startswith("voices_") or name == "stops"]


def test_departures_are_those_of_the_map(assessment: tg.Assessment) -> None:
    transit = assessment.transit_analysis
    assert transit is not None
    assert departures_known(assessment.workspace, assessment) == tuple(transit.day["clock"])
    assert departures_known(assessment.workspace, replace(assessment, transit_analysis=None)) == ()
    # A workspace alone says only whether there are any.
    assert departures_known(assessment.workspace) is None
    assert departures_known(assessment.workspace.model_copy(update={"transit": None})) == ()


def test_a_workspace_alone_lets_in_what_its_run_has(assessment: tg.Assessment) -> None:
    assert asked_for(assessment) <= set(layer_names(assessment.workspace))


def test_a_further_kind_changes_no_name(assessment: tg.Assessment) -> None:
    table = assessment.services
    first = table["kind"].iloc[0]
    without = replace(assessment, services=table[table["kind"] != first])
    assert asked_for(assessment) - asked_for(without) == {service_layer(first)}


@pytest.mark.parametrize("kind", ["", "0", "Apteekki", "x_after", "__proto__", "</script>", "a b", "a&b=c", "k" * 41])
def test_text_of_a_workspace_is_in_no_name(kind: str) -> None:
    name = service_layer(kind)
    assert name.startswith("services_x")
    assert name.isidentifier()
    assert not kind or kind not in name
    assert name != service_layer(kind + "!")


def test_what_was_pooled_has_a_name() -> None:
    assert (voice_layer(""), voice_layer("barrier")) == ("voices_pooled", "voices_barrier")


def test_the_documents_name_them() -> None:
    told = (Path(__file__).parents[4] / "docs" / "embed.md").read_text("utf-8")
    for kind in KINDS:
        assert f"`{voice_layer(kind)}`" in told
