"""Choices of the command line that say which one was meant when one is misspelt."""

from typing import Any

import click

from tesoma_geo.near_names import did_you_mean


class NamedChoice(click.Choice[str]):
    """One of a few words; a misspelt one is told the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that was chosen.

        Parameters
        ----------
        value
            What was typed.
        param
            The option or argument.
        ctx
            What click knows of this call.

        Returns
        -------
        str
            One of the choices.

        Raises
        ------
        BadParameter
            It is none of them.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            near = did_you_mean(str(value), map(str, self.choices))
            if not near:
                raise
            raise click.BadParameter(f"{error.message} {near}", ctx, param) from None
