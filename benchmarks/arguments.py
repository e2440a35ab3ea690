"""What a benchmark is told on its command line, with help and one plain line where it is told something else."""

import argparse
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

#: Name, what makes the value of the text, and what it is.
Wanted = tuple[str, Callable[[str], Any], str]

#: Real Tampere, beside this repository.
DATA = Path(__file__).parent.parent.parent / "shared" / "data"


def there(text: str) -> Path:
    """A path at which something is."""
    path = Path(text)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"there is no {path}")
    return path


def choice_of(names: Collection[str]) -> Callable[[str], str]:
    """Lets a word through that is one of several."""

    def chosen(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"{text} is none of {', '.join(names)}")
        return text

    return chosen


def arguments(
    told: str | None, *wanted: Wanted, optional: Wanted | None = None, many: Wanted | None = None
) -> list[Any]:
    """The values of a command line, in their order; a line that lacks one, or ``--help``, tells what is wanted.

    Parameters
    ----------
    told
        What the benchmark does: its docstring.
    wanted
        Name, what makes the value of the text, and what it is.
    optional
        The same of what may stand behind them; left out where it is not told.
    many
        The same of what may stand behind all, as often as one likes.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{Path(sys.argv[0]).stem}",
        description=told,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, kind, what in wanted:
        parser.add_argument(name, type=kind, help=what)
    if optional is not None:
        parser.add_argument(optional[0], type=optional[1], help=optional[2], nargs="?")
    if many is not None:
        parser.add_argument(many[0], type=many[1], help=many[2], nargs="*", default=[])
    found = vars(parser.parse_args())
    values = [found[name] for name, _, _ in wanted]
    once = [] if optional is None or found[optional[0]] is None else [found[optional[0]]]
    return [*values, *once, *([] if many is None else found[many[0]])]


OSM = ("OSM", there, "streets, such as tampere.osm.pbf of the shared data")
ELEVATION = ("ELEVATION", there, "heights, such as tampere_dem_50m.tif of the shared data")
OUT = ("OUT", Path, "folder to write into; made where it is not there")
WORKSPACE = ("WORKSPACE", there, "a workspace file, such as tesoma.toml of the shared data")
FOLDER_OF_DATA = ("DATA", there, "folder of the shared data: tampere.osm.pbf, areas, heights")
