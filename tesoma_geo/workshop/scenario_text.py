"""The scenario file of an alternative: the same bytes for the same changes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

#: The tables of a scenario file that a wall can write, in the order in which they are written and applied.
SECTIONS = (
    "ramps", "lighting", "paving", "winter_maintenance", "links", "costs", "services", "entrances", "homes", "headways",
    "stops", "lines",
)  # fmt: skip


def scenario_text(head: Mapping[str, Any], entries: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A scenario file.

    Parameters
    ----------
    head
        The keys before the tables.
    entries
        Table of :data:`SECTIONS` and entry, in the order in which they were made.

    Returns
    -------
    str
        TOML that ``tesoma-geo scenario`` reads.
    """
    lines = ["# Drawn at a workshop; tesoma-geo scenario reads it. docs/scenarios.md explains the keys."]
    lines += [f"{key} = {_value(value)}" for key, value in head.items()]
    for section in SECTIONS:
        for of, entry in entries:
            if of == section:
                lines += ["", f"[[{section}]]", *(f"{key} = {_value(value)}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # TOML's basic strings are JSON's, but for one more character that must be escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(one)}" for key, one in value.items()) + " }"
    return "[" + ", ".join(_value(one) for one in value) + "]"
