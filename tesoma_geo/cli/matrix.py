"""``tesoma-geo matrix``: travel times between two point layers."""

import click


@click.command("matrix")
def command() -> None:
    """Travel times."""
