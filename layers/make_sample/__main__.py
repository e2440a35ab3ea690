"""``python -m make_sample [FOLDER]``: write the sample district, by default over the bundled one."""

import sys
from pathlib import Path

from make_sample.district import write_sample

if __name__ == "__main__":
    write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "sample")
