"""The file of a batch, ``batch.toml``: many workspaces, or one template over a table of districts or hubs."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.workspace import Source
from tesoma_geo.workspace.faults import faults_of
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.toml import read_toml

EXAMPLE = "docs/batch.md has an example"
#: What makes a pattern of a file's name.
WILD = "*?["


class Districts(FrozenModel):
    """The table of districts: a row of areas is a district, or each point the hub of the template's district.

    Attributes
    ----------
    source
        A file of polygons or of points, such as CSV, or an address, which ``fetch --batch`` downloads; None takes the
        areas of the template's own district.
    layer
        Which layer of the file.
    where
        Which rows, such as ``"major_area == 'Keskinen'"``.
    id
        Column that names a district: areas of the same value are one district, points the entrances of one hub.
    name
        Column of what it is called; the id where it is None.
    lon, lat
        Columns of the hub's place, WGS 84; of a table of hubs without geometry also metres, or guessed by name.
    """

    source: Source | None = None
    layer: str | None = None
    where: str | None = None
    id: Annotated[str, Field(min_length=1)]
    name: str | None = None
    lon: str | None = None
    lat: str | None = None

    @model_validator(mode="after")
    def _hub_has_both(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise PydanticCustomError("needs", "names one of lon and lat without the other", {})
        return self


class Batch(FrozenModel):
    """The file of a batch, checked; make one with :meth:`load` or :meth:`of_workspaces`.

    Attributes
    ----------
    path
        The file it was read from; what it names is relative to its folder.
    template
        A workspace file that holds for every district but for its district and its hub.
    districts
        The table that the template is laid over.
    workspaces
        Workspace files, or patterns of them, in place of a template.
    hub
        ``centre``: the home cell that the district's residents have the fewest metres to, as the crow flies;
        ``template``: the template's hub for all.
    profiles
        Ways of moving in place of the workspaces' own.
    memory_gb
        What all processes of the batch may use together, GB (10⁹ bytes).
    """

    path: Path
    template: str | None = None
    districts: Districts | None = None
    workspaces: tuple[str, ...] = ()
    hub: Literal["centre", "template"] = "centre"
    profiles: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    memory_gb: Annotated[float, Field(gt=0)] = 8.0

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if (self.template is None) == (not self.workspaces):
            raise PydanticCustomError("one_of", "names neither or both of template and workspaces", {})
        if (self.template is None) != (self.districts is None):
            raise PydanticCustomError("needs", "names one of template and [districts] without the other", {})
        return self

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read and check the file of a batch.

        Parameters
        ----------
        path
            The TOML file.

        Returns
        -------
        Batch

        Raises
        ------
        WorkspaceError
            With every fault of the file.
        """
        file = Path(path)
        content = read_toml(file, WorkspaceError, "file of a batch", f"Write one: {EXAMPLE}")
        try:
            return cls.model_validate({**content, "path": file.absolute()})
        except ValidationError as error:
            raise WorkspaceError(faults_of(error.errors(), cls, "batch", EXAMPLE)) from None

    @classmethod
    def of(cls, files: Sequence[str]) -> Self:
        """A batch as a command names it: the file of one, or workspaces.

        Parameters
        ----------
        files
            One file of a batch, or workspace files and patterns of them. A file with ``[district]`` is a workspace.

        Returns
        -------
        Batch

        Raises
        ------
        WorkspaceError
            A file alone cannot be read, or is a batch with faults.
        """
        if len(files) == 1 and not any(sign in files[0] for sign in WILD):
            content = read_toml(Path(files[0]), WorkspaceError, "file of a batch", f"Write one: {EXAMPLE}")
            if "district" not in content:
                return cls.load(files[0])
        return cls.of_workspaces(files)

    @classmethod
    def of_workspaces(cls, files: Sequence[str]) -> Self:
        """A batch of workspace files, without a file of its own.

        Parameters
        ----------
        files
            Workspace files, or patterns of them; relative to the folder the program was called in.

        Returns
        -------
        Batch
        """
        return cls(path=Path.cwd() / "batch.toml", workspaces=tuple(files))
