"""What a run follows from, in three digests: of all, without targets and words of the site, without licences too."""

import shutil
from datetime import date

import pytest

from tesoma_geo.inputs.files_key import beside_layers, file_digests, files_key, run_keys, told_parts
from tesoma_geo.render.text.assets import asset
from tesoma_geo.workspace import Workspace


@pytest.fixture
def workspace_file(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    shutil.copytree(sample_workspace.parent, tmp_path / "layers")
    return tmp_path / "layers" / sample_workspace.name


def test_what_is_said_of_the_site_is_in_one_key_alone(workspace_file):
    text = workspace_file.read_text(encoding="utf-8")
    first = run_keys(Workspace.load(workspace_file))
    for site in ('contact = "a@b.example"', 'contact = "c@d.example"\nauthor = "Somebody"'):
        workspace_file.write_text(text.replace("[site]", f"[site]\n{site}"), encoding="utf-8")
        told_in_one_key(first, workspace_file)


def test_other_words_of_a_licence_are_in_one_key_alone(workspace_file):
    text = workspace_file.read_text(encoding="utf-8")
    first = run_keys(Workspace.load(workspace_file))
    workspace_file.write_text(text.replace("Made-up data, CC0 1.0", "Made up by <Somebody>"), encoding="utf-8")
    told_in_one_key(first, workspace_file)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("[site]", '[site]\ncontact = "a@b.example"', "[site]"),
        ("walk_within_15_min = ", "car_within_5_min = 0.5\nwalk_within_15_min = ", "[targets]"),
        ("[site]", "[workshop.cost_eur_per_m]\nfootway = 900\n\n[site]", "[workshop]"),
        ("[network]\n", "# a remark\n[network]\n", None),
    ],
)
def test_what_is_told_alone_is_known_by_its_section(workspace_file, old, new, part):
    text, before = workspace_file.read_text(encoding="utf-8"), told_parts(Workspace.load(workspace_file))
    assert old in text
    workspace_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = told_parts(Workspace.load(workspace_file))
    assert [name for name in before if after[name] != before[name]] == ([] if part is None else [part])


@pytest.mark.parametrize("target", ["walk_within_15_min = 0.1\n", "", "car_within_5_min = 0.5\n"])
def test_targets_are_in_one_key_alone(workspace_file, target):
    text = workspace_file.read_text(encoding="utf-8")
    first = run_keys(Workspace.load(workspace_file))
    assert "walk_within_15_min = 0.7\n" in text
    workspace_file.write_text(text.replace("walk_within_15_min = 0.7\n", target), encoding="utf-8")
    told_in_one_key(first, workspace_file)


def told_in_one_key(first, workspace_file):
    told = run_keys(Workspace.load(workspace_file))
    assert told.whole != first.whole
    assert told.but_for_words == first.but_for_words
    assert told.but_for_retold == first.but_for_retold


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cell_m = 50", "cell_m = 60"),
        ("buffer_m = 300", "buffer_m = 310"),
        ("[targets]", "[profiles.walk]\nspeed_kmh = 4.0\n[targets]"),
        ('library = "amenity=library"', 'licence = "amenity=library"'),  # a kind of services, no licence
        ('languages = ["fi", "sv", "en"]', 'languages = ["sv", "fi", "en"]'),
        ('pharmacy = "amenity=pharmacy"', 'grocery = "shop=kiosk"'),
    ],
)
def test_every_other_setting_is_in_all_keys(workspace_file, old, new):
    text = workspace_file.read_text(encoding="utf-8")
    first = run_keys(Workspace.load(workspace_file))
    assert old in text
    new_text = text.replace(old, new, 1)
    if "kiosk" in new:
        new_text = new_text.replace('grocery = "shop=supermarket"\n', "", 1)
    workspace_file.write_text(new_text, encoding="utf-8")
    changed = run_keys(Workspace.load(workspace_file))
    assert changed.whole != first.whole
    assert changed.but_for_words != first.but_for_words
    assert changed.but_for_retold != first.but_for_retold


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('licence = "Made-up data, CC0 1.0"', 'licence = "Somebody"'),
        ('licence = "Made-up data, CC0 1.0"\n', ""),
    ],
)
def test_which_layers_share_a_licence_is_in_two_keys(workspace_file, old, new):
    text = workspace_file.read_text(encoding="utf-8")
    first = run_keys(Workspace.load(workspace_file))
    assert old in text
    workspace_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    changed = run_keys(Workspace.load(workspace_file))
    assert changed.but_for_retold == first.but_for_retold
    assert changed.but_for_words != first.but_for_words
    assert changed.whole != first.whole


def test_every_layer_is_in_all_keys(workspace_file):
    workspace = Workspace.load(workspace_file)
    keys = [run_keys(workspace)]
    for source in (
        workspace.osm_path,
        workspace.resolve(workspace.population.source),
        workspace.resolve(workspace.winter.source),
    ):
        with source.open("ab") as file:
            file.write(b"\n#")
        keys.append(run_keys(workspace))
    assert len({one.whole for one in keys}) == len({one.but_for_words for one in keys}) == len(keys)
    assert len({one.but_for_retold for one in keys}) == len(keys)
    assert files_key(workspace) == keys[-1].whole


def test_texts_that_a_workspace_brings_are_in_all_keys(workspace_file):
    brought = workspace_file.parent / "es.po"
    shutil.copy(asset("locale/en.po"), brought)
    text = workspace_file.read_text(encoding="utf-8")
    workspace_file.write_text(text.replace("[hub]", 'catalogues = { es = "es.po" }\n[hub]', 1), encoding="utf-8")
    workspace = Workspace.load(workspace_file)
    assert workspace.district.catalogues
    first = run_keys(workspace)
    with brought.open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    changed = run_keys(workspace)
    assert changed.whole != first.whole
    assert changed.but_for_words != first.but_for_words
    assert changed.but_for_retold != first.but_for_retold


def test_answers_whose_state_nobody_can_tell_leave_no_key(workspace_file):
    (workspace_file.parent / "annotations.gpkg").write_text("")
    assert run_keys(Workspace.load(workspace_file)) is None


def test_the_name_of_the_one_hub_is_in_two_keys(workspace_file):
    text = workspace_file.read_text(encoding="utf-8")
    first = run_keys(Workspace.load(workspace_file))
    old = 'en = "Länsikeskus (made-up sample)"'
    assert old in text
    for new, same in (('en = "Elsewhere"', True), ('en = "E"', False)):  # the second is told to be hardly a name
        workspace_file.write_text(text.replace(old, new), encoding="utf-8")
        changed = run_keys(Workspace.load(workspace_file))
        assert (changed.but_for_retold == first.but_for_retold) is same
        assert changed.but_for_words != first.but_for_words
    second = '\n[[hubs]]\nname = { en = "Second" }\nentrances = [[23.6255, 61.5060]]\n'
    keys = set()
    for name in (old, 'en = "Elsewhere"'):
        workspace_file.write_text(text.replace(old, name) + second, encoding="utf-8")
        keys.add(run_keys(Workspace.load(workspace_file)).but_for_retold)
    assert len(keys) == 2  # tables name several hubs


def test_the_register_of_trials_and_its_plans_are_in_all_keys(workspace_file):
    workspace, keys = Workspace.load(workspace_file), []
    register, plan = (workspace_file.with_name(name) for name in ("trials.toml", "crossing.toml"))
    for text, planned in (("", 'name = "A"'), ('[trials.a]\nscenario = "crossing.toml"', 'name = "A"'), (None, "")):
        if text is not None:
            register.write_text(text)
        plan.write_text(planned)
        keys.append(run_keys(workspace))
    assert len({one.but_for_retold for one in keys}) == len({one.whole for one in keys}) == len(keys)
    assert len({one.beside for one in keys}) == len(keys)
    plan.write_text("name =")
    assert run_keys(workspace) is None


def test_the_day_matters_where_a_cohort_s_has_come(workspace_file):
    workspace = Workspace.load(workspace_file)

    def closing(*years):
        days = tuple(date(year, 1, 1) for year in years)
        return workspace.model_copy(update={"publish": workspace.publish.model_copy(update={"cohort_closes": days})})

    ahead = beside_layers(closing(9000, 9001))
    assert ahead == beside_layers(closing(9001)) == beside_layers(workspace)
    assert len({ahead, beside_layers(closing(2000, 9000)), beside_layers(closing(2000, 2001))}) == 3
    rounds = workspace.publish.model_copy(update={"cohort_closes": {"a": date(2000, 1, 1), "b": date(9000, 1, 1)}})
    assert beside_layers(workspace.model_copy(update={"publish": rounds})) == beside_layers(closing(2000))


def test_answers_are_not_among_files_of_the_place(workspace_file):
    workspace = Workspace.load(workspace_file)
    every, of_place = (file_digests(workspace, answers=answers) for answers in (True, False))
    left_out = {key for key, *_ in every} - {key for key, *_ in of_place}
    assert left_out == {"annotations.0.geometries", "annotations.0.respondents"}
