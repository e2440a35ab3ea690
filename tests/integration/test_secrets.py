"""Canaries in addresses: neither results, pages, reports, nor anything that a command says may show one."""

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_annotations import copied_sample

from tesoma_geo.assessment.outputs import manifest
from tesoma_geo.cli import commands
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

CANARY = "kanarie7QX"
LIBRARIES = f"https://anna:{CANARY}@127.0.0.1:9/libraries.csv?id=5&token={CANARY}"


def said(*arguments: object) -> tuple[int, str]:
    """The code with which a command ends, and all that it says."""
    done = CliRunner().invoke(commands, [*map(str, arguments)])
    return done.exit_code, done.output + done.stderr


@pytest.fixture
def workspace_file(sample_workspace: Path, tmp_path: Path) -> Path:
    """The sample with a layer behind a password and a token, fetched already."""
    changes = (("^source = .*libraries.csv.*$", f'source = "{LIBRARIES}"'), *of_profiles("walk"))
    path = moved(sample_workspace, tmp_path, *changes)
    kept = Workspace.load(path, fetched=False).resolve(LIBRARIES)
    kept.parent.mkdir()
    shutil.copy(sample_workspace.parent / "sample" / "libraries.csv", kept)
    return path


@pytest.mark.slow
def test_no_byte_of_any_output_and_no_line_holds_a_secret(workspace_file, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    lines = []
    for command in (
        ("check", "--json"), ("run", "-vv", "--out", folder / "run"), ("hub", "--json"),
        ("site", "-v", "--out", folder / "site"), ("report", "--out", folder / "report.html"),
        ("annotations", "publish", "--out", folder / "voices"), ("embed", "--site", "https://example.fi/map"),
    ):  # fmt: skip
        code, text = said(*command, "--workspace", workspace_file)
        assert code == 0, text
        lines.append(text)
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert len(written) > 10
    assert [str(path) for path, content in written.items() if CANARY.encode() in content or CANARY in path.name] == []
    assert [text for text in lines if CANARY in text] == []
    assert "127.0.0.1" in json.dumps(json.loads((folder / "run" / "manifest.json").read_text())["parameters"])


@pytest.mark.slow
def test_no_other_command_tells_a_secret_whatever_it_is_asked_to_say(workspace_file, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    lines = (
        ("annotations", "import"), ("annotations", "list"), ("annotations", "summary", "--json"),
        ("annotations", "cohorts", "list"), ("annotations", "budget"), ("annotations", "erase", "nobody"),
        ("annotations", "lived", "--out", folder / "lived"), ("annotations", "paper", "--out", folder / "paper"),
        ("links", "--out", folder / "links.gpkg"), ("explain", "23.6252", "61.5069"), ("explain", "0", "0"),
        ("still", "--out", folder / "still.svg"), ("cache", "list"), ("scenario", folder / "none.toml"),
    )  # fmt: skip
    told = {line[:2]: said(*line, "-vv", "--workspace", workspace_file) for line in lines}
    assert [line for line, (_, text) in told.items() if CANARY in text] == []
    assert len([code for code, _ in told.values() if code == 0]) >= 8
    written = {path: path.read_bytes() for path in tmp_path.rglob("out/**/*") if path.is_file()}
    assert len(written) > 5
    assert [str(path) for path, content in written.items() if CANARY.encode() in content] == []


def test_no_download_that_fails_tells_one(workspace_file):
    kept = Workspace.load(workspace_file).resolve(LIBRARIES)
    kept.unlink()
    for command in (("fetch", "-v"), ("fetch", "-vv"), ("check", "--json"), ("run", "-vv")):
        code, text = said(*command, "--workspace", workspace_file)
        assert (code, CANARY in text) == (1, False), text


@pytest.mark.parametrize(
    "store",
    [
        f"postgresql://anna:{CANARY}@127.0.0.1:9/tesoma", f"postgresql://127.0.0.1:9/tesoma?password={CANARY}",
        f"postgresql://anna:%{CANARY}@127.0.0.1:9/tesoma", f"postgres://anna:a/{CANARY}@127.0.0.1:9/tesoma",
    ],
)  # fmt: skip
def test_a_database_that_does_not_answer_tells_no_password(tmp_path, store):
    path = copied_sample(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\n[moderation]\nstore = "{store}"\n')
    code, text = said("annotations", "list", "-vv", "--workspace", path)
    assert (code, CANARY in text) == (1, False), text


def test_the_manifest_of_a_workspace_with_a_database_holds_no_password(sample_assessment):
    workspace = sample_assessment.workspace
    moderation = workspace.moderation.model_copy(update={"store": f"postgresql://anna:{CANARY}@db.example.org/tesoma"})
    changed = dataclasses.replace(
        sample_assessment,
        inputs=dataclasses.replace(
            sample_assessment.inputs, workspace=workspace.model_copy(update={"moderation": moderation})
        ),
    )
    content = json.dumps(manifest(changed))
    assert CANARY not in content
    assert "db.example.org/tesoma" in content
