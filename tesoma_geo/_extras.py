"""Packages that only some uses need, and that are installed with an extra of the project."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Literal, TypeAlias

from tesoma_geo.errors import TesomaError

#: The extras of ``pyproject.toml`` that bring packages which the code imports when they are needed.
Extra: TypeAlias = Literal[
    "annotations", "check", "cluster", "dp", "fetch", "location", "pages", "pdf", "postgis", "s3", "stills", "workshop"
]

_PURPOSES: dict[Extra, str] = {
    "annotations": "Reading spreadsheets, photos and patterns of annotations",
    "check": "Examining the pages in a browser",
    "cluster": "A cluster of Dask",
    "dp": "Differential privacy",
    "fetch": "Downloading layers, or a graph of osmnx,",
    "location": "Location-allocation",
    "pages": "A map or a page",
    "pdf": "The report as PDF",
    "postgis": "A store in PostGIS",
    "s3": "A store that speaks S3",
    "stills": "Drawing a still picture",
    "workshop": "A workshop",
}


def require(module: str, *, extra: Extra) -> ModuleType:
    """Import a module of a package that an extra installs.

    Parameters
    ----------
    module
        Full name of the module: ``"matplotlib.figure"``.
    extra
        The extra that has its package.

    Returns
    -------
    module

    Raises
    ------
    TesomaError
        When the package is not installed; the remedy names the extra.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise _missing(error.name or module, extra) from None


def require_installed(package: str, *, extra: Extra) -> None:
    """Make sure that a package of an extra is installed, without the time that importing it takes.

    Parameters
    ----------
    package
        The name that it is imported by.
    extra
        The extra that has it.

    Raises
    ------
    TesomaError
        When it is not installed; the remedy names the extra.
    """
    if not is_installed(package):
        raise _missing(package, extra)


def is_installed(package: str) -> bool:
    """Whether a package can be imported, told without the time that importing it takes.

    Parameters
    ----------
    package
        The name that it is imported by.

    Returns
    -------
    bool
    """
    try:
        return find_spec(package) is not None
    except ValueError:  # what find_spec raises for a module without a spec, such as a blocked one
        return False


def _missing(module: str, extra: Extra) -> TesomaError:
    return TesomaError(
        f"{_PURPOSES[extra]} needs the package {module.partition('.')[0]}, which is not installed",
        f"Install it: pip install 'tesoma-geo[{extra}]'",
    )
