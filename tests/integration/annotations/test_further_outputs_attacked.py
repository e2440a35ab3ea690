"""Every byte that leaves, read by an attacker: what a release does not hold, after somebody left and others joined.

Lines, trend, a trial's report, the report as PDF, stills, what other sites show of a link, tables, dated runs, metrics,
lines for programs, and the folder of what is kept to be faster; `test_run_attacks.py` and `test_reader_attacks.py` have
the others.
"""

import gzip
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from made_annotations import copied_sample, said

from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.cli import commands
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

pytestmark = pytest.mark.slow

#: What time and a machine's load change: moments, seconds, memory.
CHANGING = re.compile(
    rb'"made_at": "[^"]*"|"(?:seconds|(?:peak_)?memory_mb|time)": [^,}]*|\d+(\.\d+)? (s|ms|MB)\b'
    rb"|tesoma_geo_\w*(?:seconds|bytes|timestamp)\w*(?:\{[^}]*\})? .*\n"  # of memory, each step that was done has one
)
CANARY = "KANARIALINTU"
PLAN = """
name = { en = "A library" }
[[services]]
kind = "library"
name = "Library"
lon = 23.6300
lat = 61.4995
[trial]
begins = 2026-05-01
who = "The city"
question = "Do people come?"
within_m = 2000
"""


def printed(workspace_file: Path, *arguments: object) -> str:
    file = workspace_file.with_name("timetable.toml") if arguments[0] == "lines" else workspace_file
    named = () if "--results" in arguments or arguments[0] == "trend" else ("--workspace", str(file))
    done = CliRunner().invoke(commands, [*map(str, arguments), *named])
    assert done.exit_code == 0, (arguments, done.output)
    return done.stdout + done.stderr


def further_outputs(workspace_file: Path, folder: Path) -> dict[str, bytes]:
    """What is printed and written, by name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    lines: dict[str, tuple[object, ...]] = {}
    for year in (2026, 2027):
        out = folder / "runs" / f"{year}-10-01"
        lines[f"run {year}"] = (
            "run", "--keep-inputs", "--as-of", f"{year}-10-01", "--out", out, "--metrics", folder / f"{year}.prom",
            "--log-format", "json", "-vv",
        )  # fmt: skip
    lines |= {
        "trend": ("trend", "--series", folder / "runs", "--out", folder / "trend", "--json", "--log-format", "json"),
        "lines": ("lines", "--json", "--log-format", "json", "-vv"), "lines of text": ("lines",),
        "trial": ("trial", "report", "--out", folder / "trials", "--log-format", "json"),
        "area": ("table", "--results", folder / "runs" / "2026-10-01", "--out", folder / "area.xlsx"),
        "service": ("table", "--results", folder / "runs" / "2026-10-01", "--by", "service", "--format", "csv"),
        "two": ("table", "--results", folder / "runs" / "2026-10-01", "--against", folder / "runs" / "2027-10-01"),
        "report": ("report", "--results", folder / "runs" / "2026-10-01", "--out", folder / "report.pdf"),
        "picture": ("still", "--results", folder / "runs" / "2026-10-01", "--out", folder / "still.png"),
        "drawing": ("still", "--results", folder / "runs" / "2026-10-01", "--out", folder / "still.pdf"),
        "cards": ("site", "--out", folder / "site", "--address", "https://example.fi/map/"),
    }  # fmt: skip
    told = {name: printed(workspace_file, *line).encode() for name, line in lines.items()}
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {**files, **told}


def differing_lines(before: bytes, after: bytes) -> list[bytes]:
    """The first few lines of one and of the other that the other does not have."""
    one, other = before.splitlines(), after.splitlines()
    return [*[line for line in one if line not in other][:3], *[line for line in other if line not in one][:3]]


def opened(name: str, content: bytes) -> Iterator[bytes]:
    """A file, and what is packed in it."""
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(one) for one in packed.namelist())
    if content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content)
    if name.endswith(".parquet"):
        yield pq.read_table(io.BytesIO(content)).to_pandas().to_csv().encode()


@pytest.fixture
def workspace_file(tmp_path, monkeypatch):
    """The sample on foot in one language with answers in a store, each with a word of its own, and a trial."""
    for name, folder in (("TESOMA_GEO_CACHE", "cache"), ("TMPDIR", "tmp")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    path = moved(copied_sample(tmp_path), tmp_path, *of_profiles("walk"), (r"^languages = .*$", 'languages = ["fi"]'))
    with_buses = path.read_text(encoding="utf-8").replace('profiles = ["walk"]', 'profiles = ["walk", "transit"]')
    path.with_name("timetable.toml").write_text(with_buses, encoding="utf-8")
    printed(path, "annotations", "import")
    reading = said(12, seed=9)
    words = [f"{CANARY}{number}" for number in range(len(reading.annotations))]
    reading.annotations["text"] = words
    store = open_store(Workspace.load(path))
    store.import_reading(reading, "me")
    store.database.close()
    (tmp_path / "library.toml").write_text(PLAN, encoding="utf-8")
    printed(path, "trial", "start", tmp_path / "library.toml", "--on", "2026-05-01")
    return path


def test_no_further_output_tells_who_left_joined_or_hid_something(workspace_file, tmp_path, monkeypatch):
    before = further_outputs(workspace_file, tmp_path / "out")
    store = open_store(Workspace.load(workspace_file))
    told = store.annotations()
    leaver = told[told["kind"] == "barrier"]["respondent"].iloc[0]
    stayed = told[(told["kind"] != "barrier") & (told["respondent"] != leaver)]
    store.erase(leaver, who="me", why="asked")
    store.set_state([stayed["annotation_id"].iloc[-1]], "hidden", who="me", why="spam")
    store.import_reading(said(9), "me")
    store.import_reading(said(9, seed=3), "me")  # and they changed their minds
    secrets = {store.key.secret, store.key.secret.hex().encode()}
    store.database.close()
    (tmp_path / "other cache").mkdir()
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "other cache"))
    after = further_outputs(workspace_file, tmp_path / "out")
    one, other = ({name: CHANGING.sub(b"", content) for name, content in outputs.items()}
                  for outputs in (before, after))  # fmt: skip
    differing = [name for name in one | other if one.get(name) != other.get(name)]
    assert [(name, differing_lines(one.get(name, b""), other.get(name, b""))) for name in differing] == []
    assert {"lines", "trend", "trial", "2026.prom", "area.xlsx", "report.pdf", "still.png", "still.pdf"} <= set(before)
    assert {"site/oembed-fi.json", "site/assets/card-0-fi.png", "site/embed-fi.html"} <= set(before)

    words = {CANARY.encode(), *(text.encode() for text in told["text"].dropna() if len(text) > 12), *secrets}
    words |= {
        str(name).encode() for column in ("respondent", "annotation_id") for name in told[column] if len(name) > 5
    }
    kept = {
        str(path.relative_to(tmp_path)): path.read_bytes()
        for place in ("cache", "other cache", "tmp") for path in sorted((tmp_path / place).rglob("*")) if path.is_file()
    }  # fmt: skip
    assert len(words) > 60
    assert len(kept) > 3
    found = [
        (name, word) for name, content in {**before, **after, **kept}.items() for piece in opened(name, content)
        for word in words if word in piece
    ]  # fmt: skip
    assert found == []
