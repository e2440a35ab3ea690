"""A new workspace: complete, correct, and never over another one."""

import re
import tomllib
from importlib import resources

from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.workspace import District, Network, Workspace

TEMPLATE = resources.files("tesoma_geo.cli").joinpath("workspace.toml").read_text(encoding="utf-8")


def switched_on(text: str) -> str:
    """The template with every key switched on."""
    return re.sub(r"^#(?=[\w\[])", "", text, flags=re.MULTILINE)


def keys(content, prefix="") -> set[str]:
    if isinstance(content, list):
        return set().union(*(keys(item, prefix) for item in content if isinstance(item, dict)))
    return {f"{prefix}{key}" for key in content}.union(
        *(keys(value, f"{prefix}{key}.") for key, value in content.items() if isinstance(value, dict | list))
    )


def schema_keys(node: dict, sections: dict, prefix="") -> set[str]:
    """The keys that a JSON schema knows and that stay, sections of sections included."""
    found = set()
    for part in (node, *node.get("anyOf", ()), node.get("items", {})):
        part = sections[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        for name, inner in part.get("properties", {}).items():
            if inner.get("deprecated"):
                continue
            found |= {f"{prefix}{name}"} | schema_keys(inner, sections, f"{prefix}{name}.")
    return found


def make_files(folder, text):
    for name in re.findall(r'"([\w./]+\.(?:gpkg|pbf|zip|tif|csv|geojson))"', text):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_writes_a_workspace_that_loads_once_its_files_are_there(tmp_path):
    result = CliRunner().invoke(commands, ["init", str(tmp_path / "new")])
    path = tmp_path / "new" / "tesoma.toml"
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    make_files(path.parent, TEMPLATE)
    assert Workspace.load(path).hub.entrances == ((23.6275, 61.5052),)


def test_every_key_that_can_be_switched_on_is_known(tmp_path):
    text = switched_on(TEMPLATE)
    # These stand in the place of a file.
    text = re.sub(r"^(overpass|wfs_layer) = .*\n", "", text, flags=re.MULTILINE)
    make_files(tmp_path, text)
    path = tmp_path / "tesoma.toml"
    path.write_text(text, encoding="utf-8")
    workspace = Workspace.load(path)
    assert workspace.transit is not None
    assert workspace.annotations[0].questions[0].kind == "barrier"


def test_the_template_shows_every_key_there_is():
    shown = keys(tomllib.loads(switched_on(TEMPLATE)))
    # What every layer of a file may say is shown once, with [population] and [[services.files]].
    per_layer = re.compile(
        r"(district\.area|hubs?\.area|basemap\.water|nature\.areas)\.(layer|where|licence|source)|[a-z_.]+\.as_of"
    )
    schema = Workspace.model_json_schema()
    missing = {key for key in schema_keys(schema, schema["$defs"]) - shown if not per_layer.fullmatch(key)}
    assert missing == {"path"}


def test_switching_on_a_key_that_has_a_default_changes_nothing():
    shown = tomllib.loads(switched_on(TEMPLATE))
    for section in ("access", "moderation", "publish"):
        default = Workspace.model_fields[section].default
        assert type(default).model_validate(shown[section]) == default
    assert District.model_fields["made_up"].default is shown["district"]["made_up"]
    assert Network.model_fields["licence"].default == shown["network"]["licence"]


def test_refuses_to_write_over_a_workspace(tmp_path):
    (tmp_path / "tesoma.toml").write_text("mine")
    result = CliRunner().invoke(commands, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (tmp_path / "tesoma.toml").read_text() == "mine"
