"""What holds for the repository as a whole: no addresses of registries, no paths of one machine, locks that fit."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]

#: Written so that this file does not find itself.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "conda." + "anaconda.org",
]
MACHINE_PATHS = [rf"(?<![\w.:/~-])/{folder}/\w" for folder in ("work", "farm", "home", "root", "Users")]


#: Pictures may show a real district, whose data is nobody's here to give: those of the bundled sample alone are kept.
PICTURES = ("docs/gallery/", "maps/templates/vendor/")
#: All folders at the top.
FOLDERS = {".ci", "benchmarks", "conda", "deploy", "docs", "layers", "maps", "requirements", "tesoma_geo", "tests"}


@pytest.fixture(scope="module")
def named() -> list[str]:
    """The files that are or would be committed."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def committed(named: list[str]) -> list[Path]:
    """The text files among them."""
    return [ROOT / name for name in named if b"\0" not in (ROOT / name).read_bytes()[:4096]]


def test_no_picture_lies_but_where_pictures_of_the_sample_do(named):
    pictures = [name for name in named if Path(name).suffix in {".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf"}]
    assert [name for name in pictures if not name.startswith(PICTURES)] == []
    assert {name.split("/")[0] for name in named if "/" in name} <= FOLDERS


@pytest.mark.parametrize("pattern", [*map(re.escape, REGISTRIES), *MACHINE_PATHS])
def test_no_file_names_a_registry_or_a_path_of_one_machine(committed, pattern):
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in committed
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


#: What `make demo` installs: pages with their pictures, the report as PDF, downloads, the workshop.
DEMO_EXTRAS = ("fetch", "pdf", "stills", "workshop")


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^ \\\n]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["run", "test", "bench"])
def test_every_dependency_is_pinned_within_its_range(name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"run": ["build"], "test": ["build", "test", "lint"], "bench": ["build", "bench"]}[name]
    wanted = project["project"]["dependencies"] + [
        line for group in groups for line in project["dependency-groups"][group]
    ]
    extras = project["project"]["optional-dependencies"]
    wanted += [line for extra in (*DEMO_EXTRAS, "pages") for line in extras[extra] if "tesoma-geo[" not in line]
    pinned = pins(name)
    for line in wanted:
        requirement = Requirement(line)
        assert requirement.specifier.contains(Version(pinned[requirement.name])), f"run make lock: {line}"


@pytest.mark.parametrize("name", ["run", "test", "bench"])
def test_every_pin_has_hashes_and_no_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)
    assert blocks[0].strip() == ""
    assert all("--hash=sha256:" in block for block in blocks[1:])
    assert "://" not in text


@pytest.mark.parametrize("name", ["test", "bench"])
def test_what_is_tested_and_measured_are_the_versions_that_users_get(name):
    tested = pins(name)
    assert {name: tested.get(name) for name in pins("run")} == pins("run")


def test_each_silenced_check_of_the_package_says_why():
    silenced = re.compile(r"#\s*(noqa|type: ignore|pragma)\b(?P<rest>.*)$")
    reason = re.compile(r"(: [A-Z]+\d+(, [A-Z]+\d+)* - |\[[\w,-]+\]  # )\S")
    bare = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sorted((ROOT / "tesoma_geo").rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if (found := silenced.search(line)) and not reason.match(found["rest"])
    ]
    assert bare == [], "write what is silenced, and why: noqa: S608 - our own names"
