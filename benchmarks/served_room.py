"""A room of a workshop for the benchmarks: served by the command, looked at by headless Chromium."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright


@contextmanager
def served_room(workspace: Path) -> Iterator[dict[str, str]]:
    """The addresses of a new room, with an empty store: ``Wall``, ``Moderation`` and ``Phones``."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tesoma_geo", "workshop", "--workspace", str(workspace), "--port", "0"]
        surroundings = {**os.environ, "TESOMA_GEO_ANNOTATIONS": folder, "PYTHONUNBUFFERED": "1"}
        server = subprocess.Popen([*command, "--quiet"], stdout=subprocess.PIPE, text=True, env=surroundings)
        try:
            found: dict[str, str] = {}
            assert server.stdout is not None
            for line in server.stdout:
                if match := re.match(r"(Wall|Moderation|Phones):\s+(\S+)", line):
                    found[match[1]] = match[2]
                if len(found) == 3:
                    break
            else:
                raise SystemExit("the server did not begin")
            yield found
        finally:
            server.terminate()
            server.wait()


def chromium(playwright: Playwright) -> Browser:
    """A browser without a window, of the system."""
    program = os.environ.get("TESOMA_GEO_CHROMIUM") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
