"""What maps alone show of the street file, kept as it was read."""

from typing import TYPE_CHECKING

from tesoma_geo._files import sha256

if TYPE_CHECKING:
    from tesoma_geo._steps import Steps
    from tesoma_geo.inputs.inputs import Inputs


def read_map_layers(inputs: "Inputs", steps: "Steps") -> None:
    """Read buildings, railways and house numbers, or take them as they were read of the same file; layers keep them.

    Parameters
    ----------
    inputs
        The layers of an assessment.
    steps
        Takes what was kept, and keeps what is read.
    """
    workspace = inputs.workspace
    given = {"file": sha256(workspace.osm_path), "crs": workspace.district.crs, "within": inputs.study_area}
    found = steps.part("layers of maps", lambda: (inputs.ground, inputs.addresses), **given)
    inputs.__dict__["ground"], inputs.__dict__["addresses"] = found
