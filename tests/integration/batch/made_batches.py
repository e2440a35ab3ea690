"""Batches over the areas of the bundled sample, small enough for tests."""

from pathlib import Path

from tesoma_geo.batch.file import Batch
from tests.workspaces import moved, of_profiles

#: Two areas with residents, and one where nobody is known to live.
CODES = ["900101", "900102", "900106"]


def sample_batch(workspace: Path, folder: Path, text: str = "") -> Batch:
    """The sample's areas as districts, on foot; further lines of the file's first table."""
    moved(workspace, folder, *of_profiles("walk"))
    lines = (
        f'template = "{workspace.name}"\n{text}\n[districts]\nid = "code"\nname = "name"\nwhere = "code in {CODES}"\n'
    )
    (folder / "batch.toml").write_text(lines, encoding="utf-8")
    return Batch.load(folder / "batch.toml")


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
