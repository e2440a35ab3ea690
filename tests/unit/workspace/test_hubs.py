"""Several hubs in a workspace file: which is the one of the pages, what names each, what is refused."""

import re

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.workspace import Workspace, hub_keys
from tesoma_geo.workspace.hubs import plain_name
from tests.workspaces import moved

PLACE = "entrances = [[23.63, 61.505]]"
FIRST = '[[hubs]]\nname = "Kaleva"\nentrances = [[23.63, 61.505]]\n'
SECOND = '[[hubs]]\nname = { fi = "Itäpää", en = "East" }\nentrances = [[23.635, 61.505]]\nattraction = 2\n'


@pytest.fixture
def load(sample_workspace, tmp_path):
    def write(hubs: str, *, hub: bool) -> Workspace:
        path = moved(sample_workspace, tmp_path)
        text = path.read_text(encoding="utf-8")
        if not hub:
            text = re.sub(r"\[hub\]\n(?:name|#|entrances).*\n(?:.*\n)*?entrances.*\n", "", text)
            assert "\n[hub]" not in text
        path.write_text(f"{text}\n{hubs}", encoding="utf-8")
        return Workspace.load(path)

    return write


def test_one_hub_stays_one(load):
    assert load("", hub=True).all_hubs == ()
    alone = load(FIRST, hub=False)
    assert alone.all_hubs == ()
    assert str(alone.hub.name["fi"]) == "Kaleva"


def test_further_hubs_stand_beside_the_first(load):
    beside = load(FIRST + SECOND, hub=True)
    assert hub_keys(beside.all_hubs)[1:] == ("kaleva", "itapaa")
    assert [hub.attraction for hub in beside.all_hubs] == [1, 1, 2]
    assert beside.all_hubs[0].entrances == beside.hub.entrances


def test_without_hub_the_first_that_is_there_is_the_one_of_the_pages(load):
    together = load(FIRST + "planned = true\n" + SECOND, hub=False)
    assert hub_keys(together.all_hubs) == ("itapaa", "kaleva")
    assert [hub.planned for hub in together.all_hubs] == [False, True]
    assert str(together.hub.name["fi"]) == "Itäpää"


@pytest.mark.parametrize("hub", [True, False])
def test_what_is_kept_of_a_workspace_says_the_same(load, hub):
    workspace = load(FIRST + SECOND, hub=hub)
    kept = workspace.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)
    assert Workspace.model_validate({**kept, "path": workspace.path}).all_hubs == workspace.all_hubs


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Itäpää", "itapaa"), ("São Paulo – Sé", "sao_paulo_se"), ("Ягодное", ""), ("  ", ""), ("A" * 90, "a" * 40)],
)
def test_names_in_plain_letters(name, plain):
    assert plain_name(name) == plain


def test_a_name_without_plain_letters_is_a_number(load):
    assert hub_keys(load(FIRST.replace("Kaleva", "Центр"), hub=True).all_hubs)[1] == "hub_2"


@pytest.mark.parametrize(
    ("hubs", "hub", "told"),
    [
        (FIRST + "planned = true\n", False, ["all planned", "Take planned = true from one"]),
        (FIRST + FIRST.replace("23.63,", "23.64,"), True, ["hubs: names two hubs kaleva", "its own id"]),
        (FIRST + FIRST.replace("Kaleva", "KALEVA!").replace("23.63,", "23.64,"), True, ["two hubs kaleva"]),
        (FIRST + FIRST.replace("Kaleva", "Toinen"), True, ["kaleva and toinen at the same place", "each place once"]),
        (FIRST.replace("[[", "[", 1).replace("]]", "]", 1), True, ["hubs:", "two brackets on each side"]),
        ('hubs = "Kaleva"\n', True, None),
        (FIRST.replace('name = "Kaleva"\n', ""), True, ["hubs.0.name: is missing"]),
        (FIRST.replace('name = "Kaleva"\n', ""), False, ["hubs.0.name: is missing"]),
        (FIRST.replace("entrances = [[23.63, 61.505]]\n", ""), True, ["hubs.0:", "neither entrances nor an area"]),
        (FIRST.replace("[[23.63, 61.505]]", "[23.63, 61.505]"), False, ["hubs.0.entrances", "brackets around"]),
        (FIRST.replace("61.505", "161.505"), False, ["hubs.0.entrances.0.1", "161.505"]),
        (FIRST + "attraction = 0\n", True, ["hubs.0.attraction: 0", "greater than 0"]),
        (FIRST + "attraction = -3.5\n", True, ["hubs.0.attraction: -3.5"]),
        (FIRST + "attraction = inf\n", True, ["hubs.0.attraction: inf"]),
        (FIRST + "attraction = nan\n", True, ["hubs.0.attraction: nan"]),
        (FIRST + 'attraction = "large"\n', True, ["hubs.0.attraction: 'large'"]),
        (FIRST + "atraction = 2\n", True, ["hubs.0.atraction", "Did you mean attraction?"]),
        (FIRST + 'planned = "perhaps"\n', True, ["hubs.0.planned: 'perhaps'"]),
        (FIRST + 'id = "Kaleva centre"\n', True, ["hubs.0.id: 'Kaleva centre'"]),
        (FIRST + 'id = ""\n', True, ["hubs.0.id: ''"]),
        (FIRST + "around_m = 900\n", True, ["hubs.0.around_m: 900"]),
        (FIRST.replace(PLACE, 'area = { source = "no.gpkg" }'), True, ["hubs.0.area", "no.gpkg"]),
        (FIRST + "[hub_choice]\nexponent = 0\n", True, ["hub_choice.exponent: 0"]),
        (FIRST + "[hub_choice]\nexponent = 40\n", True, ["hub_choice.exponent: 40"]),
        (FIRST + "[hub_choice]\nleast_min = 0\n", True, ["hub_choice.least_min: 0"]),
        (FIRST + "[hub_choice]\nexponnent = 2\n", True, ["hub_choice.exponnent", "Did you mean exponent?"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_where_it_stands(load, hubs, hub, told):
    if told is None:  # a key below a table belongs to that table
        with pytest.raises(WorkspaceError, match="hubs"):
            load(hubs, hub=hub)
        return
    with pytest.raises(WorkspaceError) as refused:
        load(hubs, hub=hub)
    for text in told:
        assert text in str(refused.value)
    assert " hub." not in str(refused.value)
