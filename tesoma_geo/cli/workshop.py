"""``tesoma-geo workshop``: a charrette at the map."""

import gc
from contextlib import suppress
from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import NORMAL, Console
from tesoma_geo.cli.options import console_options, open_workspace, workspace_option


@click.command("workshop")
@workspace_option
@click.option("--session", "name", metavar="NAME", default="workshop", show_default=True, help="Which workshop it is.")
@click.option("--bind", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="0.0.0.0 lets phones in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@click.option(
    "--address", metavar="URL", help="What a proxy before it is called, such as https://example.org/charrette."
)
@console_options
def command(
    workspace_file: Path | None, name: str, bind: str, port: int, address: str | None, console: Console
) -> None:
    """Hold a charrette at the map: a wall for plans, and phones.

    Prints an address for the wall, one for the host, and one for phones, with its QR code and three words that can be
    read out. What residents say goes into the workspace's store of annotations, what is drawn into scenario files in
    workshop/NAME beside it. Runs until ctrl-C or until it is told to end, which is no failure; the same session goes on
    where it stopped.

    \b
    Examples:
      tesoma-geo workshop
      tesoma-geo workshop --workspace tampere/tesoma.toml --session spring --bind 0.0.0.0
    """
    from tesoma_geo._extras import require_installed

    for package in ("starlette", "uvicorn", "segno"):
        require_installed(package, extra="workshop")
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.workshop.addresses import door_at, door_lines
    from tesoma_geo.workshop.app import application
    from tesoma_geo.workshop.district import DistrictToday
    from tesoma_geo.workshop.plan_process import PlanProcess
    from tesoma_geo.workshop.room import open_room
    from tesoma_geo.workshop.serve import listening_socket, qr_lines, server_of
    from tesoma_geo.workshop.session import open_session

    workspace = open_workspace(workspace_file, console)
    listening = listening_socket(bind, port)
    door = door_at(bind, listening.getsockname()[1], address)
    session = open_session(workspace, name)
    with compile_notice(console), console.progress() as tell:
        district = DistrictToday.of(read_kept_inputs(workspace), tell)
    room = open_room(session, district, PlanProcess(district, console.info))

    def started() -> None:
        click.echo("\n".join(door_lines(door, session.keys)))
        if console.verbosity >= NORMAL and not console.as_json:
            click.echo(qr_lines(door.address("join", session.keys.room)), err=True)
        console.info("Stop it with ctrl-C")

    app = application(room, door)
    gc.collect()
    gc.freeze()  # the layers stay as they are: a phone that waits need not wait until they are looked through
    with suppress(KeyboardInterrupt):  # raised again by the server once it has answered and closed
        server_of(app, started).run(sockets=[listening])
    console.info("Stopped; everything that was acknowledged is in the store")
