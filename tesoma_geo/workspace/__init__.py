"""The workspace file of a district, checked.

``file`` is the whole, ``sections`` and ``annotations`` its tables, ``values`` what their keys may hold, ``faults``
what is said of a bad one, ``addresses`` where the named sources lie, ``location`` which file is used.
"""

from tesoma_geo.languages import LANGUAGES
from tesoma_geo.workspace.addresses import is_address, source_path
from tesoma_geo.workspace.file import Workspace, parse_target
from tesoma_geo.workspace.hubs import HubChoice, OneOfHubs, hub_keys
from tesoma_geo.workspace.location import bundled_folder, find_workspace
from tesoma_geo.workspace.model import stated, without_licences
from tesoma_geo.workspace.sections import (
    District,
    Hub,
    Layer,
    Network,
    Population,
    ServiceLayer,
    Winter,
)
from tesoma_geo.workspace.values import (
    ClockTime,
    InflectedName,
    Language,
    Latitude,
    Longitude,
    Minutes,
    Names,
    Source,
)

__all__ = [
    "LANGUAGES",
    "ClockTime",
    "District",
    "Hub",
    "HubChoice",
    "InflectedName",
    "Language",
    "Latitude",
    "Layer",
    "Longitude",
    "Minutes",
    "Names",
    "Network",
    "OneOfHubs",
    "Population",
    "ServiceLayer",
    "Source",
    "Winter",
    "Workspace",
    "bundled_folder",
    "find_workspace",
    "hub_keys",
    "is_address",
    "parse_target",
    "source_path",
    "stated",
    "without_licences",
]
