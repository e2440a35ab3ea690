"""Packages that only some uses need, and that are installed with an extra of the project."""

from importlib import import_module
from types import ModuleType
from typing import Literal, TypeAlias

from tesoma_geo.errors import TesomaError

#: The extras of ``pyproject.toml`` that bring packages which the code imports when they are needed.
Extra: TypeAlias = Literal["annotations", "fetch", "location", "pdf", "postgis", "stills"]

_PURPOSES: dict[Extra, str] = {
    "annotations": "Reading spreadsheets, photos and patterns of annotations",
    "fetch": "Downloading layers",
    "location": "Location-allocation",
    "pdf": "The report as PDF",
    "postgis": "A store in PostGIS",
    "stills": "Drawing a still picture",
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
        missing = (error.name or module).partition(".")[0]
        raise TesomaError(
            f"{_PURPOSES[extra]} needs the package {missing}, which is not installed",
            f"Install it: pip install 'tesoma-geo[{extra}]'",
        ) from None
