"""What other installed packages add: objects that they announce as entry points of a group.

A package announces a plugin in its own ``pyproject.toml``::

    [project.entry-points."tesoma_geo.measures"]
    my_measure = "my_package.my_measure:my_measure"

Nothing is imported until a plugin is asked for.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from tesoma_geo.errors import TesomaError

#: Functions with the arguments and the result of the functions in ``tesoma_geo.measures``.
MEASURES = "tesoma_geo.measures"
#: Readers of the exports of survey platforms.
PLATFORMS = "tesoma_geo.platforms"
#: Downloaders of layers.
FETCHERS = "tesoma_geo.fetchers"


def find_plugins(group: str) -> dict[str, EntryPoint]:
    """Plugins of a group by name, in the order of their names; none of them is imported.

    Parameters
    ----------
    group
        One of the groups of this module.

    Returns
    -------
    dict of str to importlib.metadata.EntryPoint

    Raises
    ------
    TesomaError
        When two packages announce the same name.
    """
    plugins: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        other = plugins.setdefault(entry.name, entry)
        if other.value != entry.value:
            raise TesomaError(
                f"Both {_package(other)} and {_package(entry)} add {entry.name!r} to {group}", "Uninstall one of them"
            )
    return plugins


def load_plugin(group: str, name: str) -> Any:
    """Import one plugin of a group.

    Parameters
    ----------
    group
        One of the groups of this module.
    name
        The plugin's name, as :func:`find_plugins` has it.

    Returns
    -------
    object
        What the entry point names.

    Raises
    ------
    TesomaError
        When no package announces the name, or the plugin cannot be imported.
    """
    plugins = find_plugins(group)
    if name not in plugins:
        names = ", ".join(plugins) or "none"
        raise TesomaError(f"No installed package adds {name!r} to {group}; there are: {names}", "Install the package")
    return _load(plugins[name])


def load_plugins(group: str) -> dict[str, Any]:
    """Import all plugins of a group.

    Parameters
    ----------
    group
        One of the groups of this module.

    Returns
    -------
    dict of str to object
        What the entry points name, by name in the order of the names.

    Raises
    ------
    TesomaError
        When two packages announce the same name, or a plugin cannot be imported.
    """
    return {name: _load(entry) for name, entry in find_plugins(group).items()}


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except Exception as error:
        raise TesomaError(
            f"The plugin {entry.name!r} of {_package(entry)} cannot be loaded from {entry.value}:"
            f" {type(error).__name__}: {error}",
            "Update the package, or uninstall it",
        ) from error


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value
