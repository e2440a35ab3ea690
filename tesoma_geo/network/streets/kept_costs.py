"""Costs of ways of moving kept on disk by the streets and the profile that they follow from."""

import hashlib
from pathlib import Path

import numpy as np

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo._content import Contents
from tesoma_geo._program import program
from tesoma_geo.network.streets.built_from import key_of
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.profiles import Profile


def kept_edge_costs(network: Streets, profile: Profile) -> EdgeCosts:
    """As :func:`~tesoma_geo.network.streets.impedance.edge_costs` finds them, from disk where they were found before.

    Parameters
    ----------
    network
        The streets. Where nothing tells what they were built from, their costs are found anew.
    profile
        Who travels how.

    Returns
    -------
    EdgeCosts

    Raises
    ------
    InputError
        The profile has a delay at a tag that nodes are not read for.
    """
    built = key_of(network)
    if built is None:
        return edge_costs(network, profile)
    # What tags mean is in the program: no version of it takes the costs of another.
    key = hashlib.sha256(program().encode() + built + Contents().digest(profile))
    return cached_entry("costs", key.digest(), _read, lambda: edge_costs(network, profile), _write)


def _write(folder: Path, costs: EdgeCosts) -> None:
    arrays = {"forward_s": costs.forward_s, "backward_s": costs.backward_s, "restricted": costs.restricted}
    if costs.opened is not None:
        arrays["opened"] = costs.opened
    if costs.passed is not None:
        arrays["passed"] = np.stack(costs.passed)
    save_arrays(folder, arrays)


def _read(folder: Path) -> EdgeCosts:
    arrays = load_arrays(folder)
    passed = arrays.pop("passed", None)
    return EdgeCosts(**arrays, passed=None if passed is None else (passed[0], passed[1]))
