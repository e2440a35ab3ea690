"""What each measure is: its unit, formula, edge cases and source, read from its own docstring."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any

from tesoma_geo import measures
from tesoma_geo._plugins import MEASURES, load_plugins
from tesoma_geo.errors import TesomaError
from tesoma_geo.measures import equity, location_allocation

#: The subjects of the dictionary, in its order, with their modules.
SUBJECTS: dict[str, ModuleType] = {"Measures": measures, "Fairness": equity, "Location-allocation": location_allocation}


@dataclass(frozen=True)
class MeasureEntry:
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


def all_measures() -> dict[str, Callable[..., Any]]:
    """The measures of the library, and those that other installed packages add as entry points.

    Returns
    -------
    dict of str to callable
        By name, in the order of the names.

    Raises
    ------
    TesomaError
        When a package adds a name that is there already, what is no function, or what cannot be imported.
    """
    own, added = functions(measures), load_plugins(MEASURES)
    for name, function in added.items():
        if name in own or not callable(function):
            raise TesomaError(
                f"An installed package adds the measure {name!r}, which is"
                f" {'a measure of tesoma_geo already' if name in own else 'no function'}",
                "Update the package, or uninstall it",
            )
    return dict(sorted({**own, **added}.items()))


def location_models() -> dict[str, Callable[..., Any]]:
    """The models that choose places: their result is :class:`~tesoma_geo.measures.location_allocation.Sites`.

    Returns
    -------
    dict of str to callable
        By name, in the order of the names.
    """
    return functions(location_allocation)


def entries(module: ModuleType) -> tuple[MeasureEntry, ...]:
    """The entries of a subject's public functions, by name.

    Parameters
    ----------
    module
        One of :data:`SUBJECTS`.

    Returns
    -------
    tuple of MeasureEntry
    """
    return tuple(entry(function) for function in functions(module).values())


def functions(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The public functions of a subject, by name.

    Parameters
    ----------
    module
        One of :data:`SUBJECTS`.

    Returns
    -------
    dict of str to callable
        In the order of the names.
    """
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    values = {name: getattr(module, name) for name in sorted(names)}
    return {
        name: value
        for name, value in values.items()
        if inspect.isfunction(value) and value.__module__.startswith(module.__name__)
    }


def entry(function: Callable[..., Any]) -> MeasureEntry:
    """The entry of a function; a part that its docstring lacks is empty.

    Parameters
    ----------
    function
        With a docstring of paragraphs that begin with ``Unit:``, ``Formula:``, ``Edge cases:``, ``Source:``
        and ``In a sentence:``.

    Returns
    -------
    MeasureEntry
    """
    paragraphs = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    parts = {}
    for paragraph in paragraphs[1:]:
        match = re.match(r"(Unit|Formula|Edge cases|Source|In a sentence): (.+)", paragraph, re.DOTALL)
        if match:
            parts[match[1].lower().replace(" ", "_").replace("in_a_sentence", "meaning")] = " ".join(match[2].split())
    texts = {field.name: parts.get(field.name, "") for field in fields(MeasureEntry)[2:]}
    return MeasureEntry(function.__name__, " ".join(paragraphs[0].split()), **texts)
