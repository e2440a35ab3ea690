"""What each measure is: its unit, formula, edge cases and source, read from its own docstring."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any

from tesoma_geo import measures
from tesoma_geo.measures import equity, location_allocation

#: The subjects of the dictionary, in its order, with their modules.
SUBJECTS: dict[str, ModuleType] = {"Measures": measures, "Fairness": equity, "Location-allocation": location_allocation}


@dataclass(frozen=True)
class Entry:
    """A measure in the data dictionary.

    Attributes
    ----------
    name
        Of the function.
    what
        A sentence.
    unit, formula, edge_cases, source
        As its docstring says.
    meaning
        An index in a sentence for everybody; empty where ``what`` is that already.
    """

    name: str
    what: str
    unit: str
    formula: str
    edge_cases: str
    source: str
    meaning: str = ""


def entries(module: ModuleType) -> tuple[Entry, ...]:
    """The entries of a module's public functions, by name."""
    return tuple(entry(function) for _, function in functions(module).items())


def functions(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The public functions of a subject, by name."""
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    found = {name: getattr(module, name) for name in sorted(names)}
    return {
        name: value
        for name, value in found.items()
        if inspect.isfunction(value) and value.__module__.startswith(module.__name__)
    }


def entry(function: Callable[..., Any]) -> Entry:
    """The entry of a function; a part that its docstring lacks is empty."""
    paragraphs = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    said = {}
    for paragraph in paragraphs[1:]:
        match = re.match(r"(Unit|Formula|Edge cases|Source|In a sentence): (.+)", paragraph, re.DOTALL)
        if match:
            said[match[1].lower().replace(" ", "_").replace("in_a_sentence", "meaning")] = " ".join(match[2].split())
    texts = {field.name: said.get(field.name, "") for field in fields(Entry)[2:]}
    return Entry(function.__name__, " ".join(paragraphs[0].split()), **texts)
