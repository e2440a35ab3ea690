"""The documentation is true: its commands and its code run, in order, as a reader would run them."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from forked_commands import forked_commands

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: Runs the cells that it is told, each after its length in characters, and says after each whether it failed.
NOTEBOOK = """
import sys, traceback
names = {"__name__": "__main__"}
while length := sys.stdin.readline():
    failed = 0
    try:
        exec(compile(sys.stdin.read(int(length)), "<cell>", "exec"), names)
    except BaseException:
        traceback.print_exc()
        failed = 1
    print(f"\\nthe cell is done: {failed}", flush=True)
"""

#: Folders that come first on a reader's path.
COMMANDS: list[str] = []
PAGES = ["docs/tutorial.md", "docs/scenarios.md", "docs/transit.md"]
ALL_PAGES = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + list((ROOT / "docs").rglob("*.md"))
)
GUIDES = sorted(path.name for path in (ROOT / "docs" / "howto").glob("*.md") if path.name != "index.md")


def run(command: list[str], folder: Path) -> tuple[int, str]:
    """Exit code and all that was printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=reader_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def reader_environment() -> dict[str, str]:
    """What a reader's shell knows: the commands on its path, none of the tests' own settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TESOMA_GEO_")}
    environment["PATH"] = os.pathsep.join([*COMMANDS, str(Path(sys.executable).parent), os.environ["PATH"]])
    return environment


@pytest.fixture(scope="module")
def commands_at_hand(tmp_path_factory):
    """Folder of a ``tesoma-geo`` that has its libraries loaded."""
    if not hasattr(socket, "send_fds"):
        yield None
        return
    with forked_commands(tmp_path_factory.mktemp("commands"), reader_environment()) as folder:
        yield str(folder)


@pytest.fixture
def commands(commands_at_hand, monkeypatch):
    """Who follows a page in this test need not wait for the libraries of each command."""
    if commands_at_hand is not None:
        monkeypatch.setattr(sys.modules[__name__], "COMMANDS", [commands_at_hand])


class Notebook:
    """The ``python`` blocks of a page, as cells of one notebook: each is run once and knows what those before made."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", NOTEBOOK],
            cwd=folder,
            env=reader_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, cell: str) -> tuple[int, str]:
        """Exit code and all that the cell printed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{len(cell)}\n{cell}")
        self.process.stdin.flush()
        printed = ""
        for line in self.process.stdout:
            if found := re.fullmatch(r"the cell is done: (\d)\n", line):
                return int(found[1]), printed
            printed += line
        return 1, printed

    def close(self) -> None:
        self.process.communicate()


def follow(page: Path, folder: Path) -> int:
    """Do what the page says, block by block; the number of blocks that were done.

    ``sh`` and ``python`` blocks must succeed. In a ``console`` block the lines below each ``$`` command must
    be printed by it, in their order, whatever stands between them. A ``toml`` block that begins with a comment
    of a file name is that file. The ``python`` blocks of a page are the cells of one notebook.
    """
    notebook = Notebook(folder) if "```python" in page.read_text(encoding="utf-8") else None
    try:
        return follow_blocks(page, folder, notebook)
    finally:
        if notebook is not None:
            notebook.close()


def follow_blocks(page: Path, folder: Path, notebook: Notebook | None) -> int:
    done = 0
    for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "sh":
            code, printed = run(["bash", "-euo", "pipefail", "-c", text], folder)
            assert code == 0, f"{text}\n{printed}"
        elif language == "python" and notebook is not None:
            code, printed = notebook.run(text)
            assert code == 0, f"{text}\n{printed}"
        elif language == "console":
            for command in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                line, _, expected = command.partition("\n")
                _, printed = run(["bash", "-c", line], folder)
                pattern = ".*".join(map(re.escape, expected.split()))
                assert re.search(pattern, printed, re.DOTALL), f"{line}\n{printed}"
        elif language == "toml" and (name := re.match(r"# (\S+\.toml)\n", text)):
            (folder / name.group(1)).write_text(text, encoding="utf-8")
        else:
            continue
        done += 1
    return done


def test_a_command_at_hand_says_and_ends_as_one_that_is_started(commands, tmp_path, monkeypatch):
    calls = [["tesoma-geo", *words.split()] for words in ("nothing", "--version", "check --workspace none.toml")]
    at_hand = [run(call, tmp_path) for call in calls]
    monkeypatch.setattr(sys.modules[__name__], "COMMANDS", [])
    assert at_hand == [run(call, tmp_path) for call in calls]
    assert [code for code, _ in at_hand] == [2, 0, 1]


def copy_layers(folder: Path) -> None:
    """Put the sample's layers into a folder: a copy, so that no page can change those of the checkout."""
    shutil.copytree(ROOT / "layers", folder / "layers")


def test_what_the_readme_says_can_be_done(tmp_path):
    copy_layers(tmp_path)
    assert follow(ROOT / "README.md", tmp_path) >= 4


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_says_can_be_done(name, tmp_path, commands):
    copy_layers(tmp_path)
    assert follow(ROOT / name, tmp_path) >= 4


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What the run left with which the guides begin."""
    folder = tmp_path_factory.mktemp("guides")
    copy_layers(folder)
    assert follow(ROOT / "docs" / "howto" / "index.md", folder) == 1
    return folder / "results"


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_says_can_be_done(name, results, tmp_path, commands):
    copy_layers(tmp_path)
    (tmp_path / "results").symlink_to(results)
    assert follow(ROOT / "docs" / "howto" / name, tmp_path) >= 1


def test_every_guide_is_listed():
    listed = (ROOT / "docs" / "howto" / "index.md").read_text(encoding="utf-8")
    assert len(GUIDES) >= 8
    assert [name for name in GUIDES if f"]({name})" not in listed] == []


def test_the_page_of_the_commands_is_their_help():
    page = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_cli.py"], capture_output=True, check=True, text=True
    ).stdout
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == page, "run make cli-docs"


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    made = re.compile(r"reference/.*")  # while the site is built
    assert [target for target in targets if not (page.parent / target).exists() and not made.fullmatch(target)] == []


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_that_pages_name_exist(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def test_the_tour_of_the_house_names_modules_that_exist():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = "|".join(path.name for path in (ROOT / "tesoma_geo").iterdir() if path.is_dir())
    named = re.findall(rf"`((?:tesoma_geo|{rooms})/[\w/.]*)`", text)
    assert named
    missing = [name for name in named if not any((base / name).exists() for base in (ROOT, ROOT / "tesoma_geo"))]
    assert missing == []


def test_the_tour_of_the_house_names_every_room():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.parent.name for path in (ROOT / "tesoma_geo").glob("*/__init__.py")]
    assert [room for room in rooms if f"`{room}/" not in text] == []
