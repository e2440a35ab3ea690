"""Pages in steps: what a page does not tell is not there when it is made, and in no key of it."""

from copy import copy
from dataclasses import replace

import pytest

from tesoma_geo._steps import Steps
from tesoma_geo.assessment.retold import retold
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages.page_steps import (
    LAST,
    UNTOLD,
    given_to,
    map_contents,
    steps_of,
    tasks_of_kinds,
    without_targets,
)
from tesoma_geo.render.pages.registry import PAGE_KINDS, SiteParts, pages
from tesoma_geo.render.text.one_language import in_language


@pytest.fixture
def parts(sample_assessment):
    return SiteParts(sample_assessment, sample_assessment.inputs.publication, designers=True, stills=True)


@pytest.fixture
def untold(parts):
    return replace(parts, assessment=without_targets(parts.assessment))


def spoken_in(parts, language):
    return replace(parts, assessment=in_language(parts.assessment, language))


def test_what_is_not_told_is_not_there(untold, sample_assessment):
    assert "targets" in sample_assessment.summary
    assert "targets" not in untold.assessment.summary
    for name in UNTOLD:
        assert hasattr(sample_assessment.workspace, name)
        with pytest.raises(AttributeError):
            getattr(untold.assessment.workspace, name)
    assert not {f"[{name}]" for name in UNTOLD} & {*given_to(untold)}


def test_pages_are_the_same_in_steps_and_at_once(parts, untold):
    contents = map_contents(untold, Steps("", keep=False))
    assert contents == layers.contents(parts.assessment, parts.publication)
    tasks = tasks_of_kinds({"sv": spoken_in(untold, "sv")}, contents)
    made = {step: make() for step, (_, make) in tasks.items()}
    assert [*made] == [*steps_of("sv")]
    of_kinds = {key: some for one in made.values() for key, some in one.items()}
    assert pages(parts, contents, "sv", of_kinds) == pages(parts, contents, "sv")


def test_every_kind_is_made_in_one_step():
    in_steps = [key for keys in steps_of("fi").values() for key in keys]
    assert sorted([*in_steps, *LAST]) == sorted(kind.key for kind in PAGE_KINDS)


def test_no_page_is_made_with_targets(parts, untold):
    contents = layers.contents(parts.assessment, parts.publication)
    assert pages(untold, contents, "en") == pages(parts, contents, "en")


def test_the_data_of_maps_is_kept_where_the_hub_has_another_name(parts, untold, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    before = map_contents(untold, Steps("job"))
    workspace = parts.assessment.workspace
    hub = workspace.hub.model_copy(update={"name": {"en": "Elsewhere"}})
    other = retold(parts.assessment, workspace.model_copy(update={"hub": hub}))
    steps = Steps("job")
    assert map_contents(replace(parts, assessment=without_targets(other)), steps) == before
    assert [record.kept for record in steps.records] == [True]
    assert untold.assessment.workspace.hub.name == workspace.hub.name


def test_another_target_is_in_no_key_of_pages(parts, untold, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    workspace = parts.assessment.workspace.model_copy(update={"targets": {"walk_within_5_min": 0.3}})
    other = replace(parts.assessment, inputs=parts.assessment.inputs.with_workspace(workspace))
    others, steps = replace(parts, assessment=other), Steps("job")
    all_keys = {steps.find("all", **given_to(one))[0].key for one in (parts, others)}
    assert len(all_keys) == 2
    bare = replace(others, assessment=without_targets(other))
    assert len({steps.find("untold", **given_to(one))[0].key for one in (untold, bare)}) == 1


def test_another_name_in_one_language_is_in_the_keys_of_its_pages_alone(untold, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    workspace = untold.assessment.workspace

    def renamed(section):
        names = {**getattr(workspace, section).name, "sv": "Annanstans"}
        model = getattr(workspace, section).model_copy(update={"name": names})
        told = dict(untold.assessment.summary)
        told["district"] = names if section == "district" else told["district"]
        if section == "hub":
            told["hub"] = {**told["hub"], "name": {tag: str(name) for tag, name in names.items()}}
        inputs = copy(untold.assessment.inputs)
        object.__setattr__(inputs, "workspace", workspace.model_copy(update={section: model}))
        return replace(untold, assessment=replace(untold.assessment, inputs=inputs, summary=told))

    steps = Steps("job")
    for section in ("hub", "district"):
        for language, same in (("fi", True), ("en", True), ("sv", False)):
            keys = {
                steps.find("pages", **given_to(replace(parts, assessment=in_language(parts.assessment, language))))[
                    0
                ].key
                for parts in (untold, renamed(section))
            }
            assert (len(keys) == 1) is same, (section, language)


def test_a_language_without_a_name_of_its_own_says_another_one(untold):
    told = in_language(untold.assessment, "et")
    assert told.workspace.hub.name == untold.assessment.workspace.hub.name
    assert told.summary["district"] == untold.assessment.summary["district"]
