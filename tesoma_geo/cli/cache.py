"""``tesoma-geo cache``: what is kept on disk to be faster next time, and its size."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option

if TYPE_CHECKING:
    from tesoma_geo._cache import CacheEntry


@click.group("cache")
def command() -> None:
    """What is kept on disk, and its size.

    Networks and timetables are kept to be faster next time; all of it can be made again. It lies in the
    user's cache folder: TESOMA_GEO_CACHE names another one, and TESOMA_GEO_CACHE_LIMIT_MB the most that
    it may take in megabytes (5000; 0 keeps nothing). What was not used for longest goes first.

    \b
    Examples:
      tesoma-geo cache info
      tesoma-geo cache clear
    """


@command.command("info")
@json_option
@console_options
def info(as_json: bool, console: Console) -> None:  # noqa: ARG001 - of all commands
    """Tell where the cache lies, what it holds, and how large it is and may be.

    \b
    Examples:
      tesoma-geo cache info
      tesoma-geo cache info --json
    """
    import json

    from tesoma_geo._cache import entries, limit_bytes
    from tesoma_geo._files import cache_folder

    kept, limit, folder = entries(), limit_bytes(), cache_folder()
    by_kind = _by_kind(kept)
    total = sum(size for _, size in by_kind.values())
    if as_json:
        kinds = {kind: {"entries": count, "bytes": size} for kind, (count, size) in by_kind.items()}
        click.echo(json.dumps({"folder": str(folder), "limit_bytes": limit, "bytes": total, "kinds": kinds}, indent=2))
        return
    click.echo(folder)
    for kind, (count, size) in by_kind.items():
        click.echo(f"{kind:<12}{count:>6}{size / 1e6:>10.1f} MB")
    click.echo(f"{'total':<12}{len(kept):>6}{total / 1e6:>10.1f} MB of at most {limit // 1_000_000} MB")


@command.command("clear")
@console_options
def clear(console: Console) -> None:
    """Remove everything that is kept; other files in the folder stay.

    \b
    Examples:
      tesoma-geo cache clear
    """
    from tesoma_geo._cache import shrink

    dropped = shrink(0)
    size = sum(entry.size_bytes for entry in dropped)
    console.info(f"{len(dropped)} entries removed, {size / 1e6:.1f} MB")


def _by_kind(kept: "list[CacheEntry]") -> dict[str, tuple[int, int]]:
    """Number and bytes of the entries of each kind, in the order of the alphabet."""
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for entry in kept:
        counts[entry.kind] += 1
        sizes[entry.kind] += entry.size_bytes
    return {kind: (counts[kind], sizes[kind]) for kind in sorted(counts)}
