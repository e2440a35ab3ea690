"""``tesoma-geo store``: copies of the store of annotations, the way back to one, and upgrades."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.cli.options import console_options, open_workspace, workspace_option

if TYPE_CHECKING:
    from tesoma_geo.workspace import Workspace


@click.group("store")
def command() -> None:
    """Check, copy, restore and upgrade the store of annotations.

    The store is one file beside the workspace (moderation.store). Every command that opens it looks whether it
    is whole. A copy holds the same personal data: keep it as you keep the store. The one beside the store is written
    anew when somebody is erased or a text is redacted; copies elsewhere are yours to renew. The key is not copied.

    \b
    Examples:
      tesoma-geo store check
      tesoma-geo store backup
      tesoma-geo store restore
      tesoma-geo store migrate
    """


@command.command("check")
@workspace_option
@console_options
def check_command(workspace_file: Path | None, console: Console) -> None:
    """Tell whether the store is whole: its pages, and every row."""
    from contextlib import closing

    from tesoma_geo.annotations.store_location import open_store
    from tesoma_geo.errors import InputError

    workspace = open_workspace(workspace_file, console)
    path = _path(workspace)
    if not path.is_file():
        raise InputError(f"there is no store {path}", "Run tesoma-geo annotations import first")
    with closing(open_store(workspace).database) as database:
        count = len(database.query("SELECT 1 FROM annotations")) if database.has_tables() else 0
    click.echo(f"{path} is whole: {count:,} annotations")


@command.command("backup")
@workspace_option
@click.option("--out", metavar="FILE", type=LOCAL_PATH, help="The copy.  [default: beside the store]")
@console_options
def backup_command(workspace_file: Path | None, out: Path | None, console: Console) -> None:
    """Copy the store, while it may be in use; an earlier copy is replaced, and nothing else."""
    from tesoma_geo.annotations.store_backup import back_up, backup_path

    workspace = open_workspace(workspace_file, console)
    path = _path(workspace)
    copy = out or backup_path(path)
    count = back_up(path, copy, workspace.district.crs)
    console.info(f"{count:,} annotations copied; keep the key as well: {path.with_suffix('.key')}")
    click.echo(copy)


@command.command("restore")
@workspace_option
@click.option("--from", "copy", metavar="FILE", type=click.Path(path_type=Path),
              help="The copy.  [default: beside the store]")  # fmt: skip
@console_options
def restore_command(workspace_file: Path | None, copy: Path | None, console: Console) -> None:
    """Put a copy in the place of the store, which is kept under another name.

    Who was erased since the copy was made is erased again, where the former store can still tell.
    """
    from tesoma_geo.annotations.store_backup import backup_path, restore

    workspace = open_workspace(workspace_file, console)
    path = _path(workspace)
    done = restore(path, copy or backup_path(path), workspace.district.crs)
    console.info(f"{path} holds {done.annotations:,} annotations")
    if done.aside is not None:
        console.info(f"The former store is {done.aside}: it holds personal data; remove it when you are done with it")
    if done.erased is None:
        console.info("The former store cannot tell who was erased since the copy was made: erase them again")
    elif done.erased:
        console.info(f"{done.erased} respondents who were erased since are erased again")


@command.command("migrate")
@workspace_option
@console_options
def migrate_command(workspace_file: Path | None, console: Console) -> None:
    """Bring a store of an older version up to this one; a copy is made before.

    Tables that are not there are made, and what was published before there were cohorts becomes a closed cohort with
    exactly those figures. Commands that publish do the same by themselves. Called again, it changes nothing.
    """
    from contextlib import closing

    from tesoma_geo.annotations.store_backup import back_up, backup_path
    from tesoma_geo.annotations.store_cohorts import migrate
    from tesoma_geo.annotations.store_location import open_store
    from tesoma_geo.annotations.store_path import in_database, store_path
    from tesoma_geo.cli.moderation import name_of
    from tesoma_geo.errors import InputError

    workspace = open_workspace(workspace_file, console)
    if not in_database(workspace):
        path = store_path(workspace)
        if not path.is_file():
            raise InputError(f"there is no store {path}", "Run tesoma-geo annotations import first")
        back_up(path, backup_path(path), workspace.district.crs)
        console.info(f"A copy was made: {backup_path(path)}")
    store = open_store(workspace)
    with closing(store.database) as database:
        if not database.has_tables():
            raise InputError("there is no store in the database", "Run tesoma-geo annotations import first")
        with store.writing():
            database.create(store.crs)
        migrate(store, workspace.publish, who=name_of(None))
        count = len(store.annotations())
    click.echo(f"The store is up to date: {count:,} annotations")


def _path(workspace: "Workspace") -> Path:
    """The file of the store."""
    from tesoma_geo.annotations.store_path import in_database, store_path
    from tesoma_geo.errors import InputError

    if in_database(workspace):
        raise InputError("the store is a database of a server", "Copy it with the tools of the server, such as pg_dump")
    return store_path(workspace)
