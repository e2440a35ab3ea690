"""``python -m make_sample [FOLDER]``: write the sample district, by default over the bundled one.

In another place than its own the folder becomes a workspace: ``tesoma.toml``, ``scenario.toml`` and ``sample/``.
"""

import sys
from pathlib import Path

from make_sample import PLACE
from make_sample.district import write_sample
from make_sample.place import PLACES
from make_sample.workspace import write_workspace

LAYERS = Path(__file__).parent.parent

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if PLACES["tesoma"] == PLACE:
        write_sample(folder or LAYERS / "sample")
    elif folder is None:
        sys.exit("Name a folder: the bundled sample lies in its own place")
    else:
        write_sample(folder / "sample")
        write_workspace(LAYERS, folder)
