"""SVG and PDF of a figure, the same bytes for the same figure.

How matplotlib names the parts of a file, and how it writes letters, are settings of the whole process. Other threads
may draw meanwhile, so a process of its own has these settings and saves the figure.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.stills.tagged_pdf import tagged

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Names that follow from the content; letters that stay letters and can be searched for.
SETTINGS: Mapping[str, Any] = MappingProxyType(
    {"svg.hashsalt": "tesoma_geo", "svg.fonttype": "none", "pdf.fonttype": 42}
)

#: What the process does: it takes over the settings that the figure was drawn with, then lays its own over them.
_SAVE = """
import pickle, sys
import matplotlib
settings, figure, options = pickle.load(sys.stdin.buffer)
matplotlib.rcParams.update(settings)
figure.savefig(sys.stdout.buffer, **options)
"""


def write_vector(figure: "Figure", path: Path, kind: str, language: str = "und", told: str = "") -> None:
    """Write a figure as SVG or PDF, without a date; a PDF is tagged.

    Parameters
    ----------
    figure
        Its label is the title of the file.
    path
        Where to; its ending may be another.
    kind
        ``svg`` or ``pdf``.
    language
        Of the words in it: a tag such as ``fi``.
    told
        What a PDF tells who does not see it; its title unless given.

    Raises
    ------
    RuntimeError
        The process that saves the figure failed; its last words are in the message.
    """
    import matplotlib as mpl

    nothing = {"svg": ("Date", "Creator"), "pdf": ("CreationDate", "Creator", "Producer")}[kind]
    metadata: dict[str, Any] = {"Title": figure.get_label(), **dict.fromkeys(nothing, None)}
    settings: dict[str, Any] = {
        name: value for name, value in mpl.rcParams.items() if not name.startswith(("backend", "_"))
    }
    drawn = pickle.dumps(({**settings, **SETTINGS}, figure, {"format": kind, "metadata": metadata}))
    saved = subprocess.run(  # noqa: S603 - this Python, and code that stands above
        [sys.executable, "-c", _SAVE],
        input=drawn,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    if saved.returncode:
        raise RuntimeError(f"matplotlib could not write the {kind}: {saved.stderr.decode('utf-8', 'replace')[-500:]}")
    title = str(figure.get_label())
    path.write_bytes(saved.stdout if kind == "svg" else tagged(saved.stdout, title, language, told or title))
