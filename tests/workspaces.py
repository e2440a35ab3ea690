"""Workspaces that tests make from the bundled one."""

import re
from pathlib import Path


def moved(workspace: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """The workspace in another folder with changes (pattern, replacement), its layers where they are."""
    text = workspace.read_text(encoding="utf-8").replace('"sample/', f'"{workspace.parent}/sample/')
    for old, new in changes:
        text, count = re.subn(old, new, text, flags=re.MULTILINE)
        assert count, old
    path = folder / workspace.name
    path.write_text(text, encoding="utf-8")
    return path


def of_profiles(*profiles: str) -> tuple[tuple[str, str], ...]:
    """Changes that leave only these ways of moving, and the targets that are theirs: what takes a part of the time."""
    names = ", ".join(f'"{profile}"' for profile in profiles)
    others = rf"^(?!(?:{'|'.join(profiles)})_within)\w+_within_\d+_min = .*\n"
    return (r"^profiles = .*$", f"profiles = [{names}]"), (others, "")
