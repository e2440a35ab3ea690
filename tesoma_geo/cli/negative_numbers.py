"""Arguments that are negative numbers, such as a longitude west of Greenwich, which click takes for options."""

import re

import click

_NEGATIVE = re.compile(r"-(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


class NumbersCommand(click.Command):
    """A command whose arguments may be negative numbers, without ``--`` before them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, those that look like a negative number after the options.

        Parameters
        ----------
        ctx
            What click knows of this call.
        args
            What was typed after the name of the command.

        Returns
        -------
        list of str
            What click leaves over.
        """
        options, arguments = self._split(ctx, args)
        if any(_NEGATIVE.fullmatch(argument) for argument in arguments):
            args = [*options, "--", *arguments]
        return super().parse_args(ctx, args)

    def _split(self, ctx: click.Context, args: list[str]) -> tuple[list[str], list[str]]:
        """Options with their values, and the rest."""
        values = {
            name: parameter.nargs
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option) and not parameter.is_flag and not parameter.count
            for name in parameter.opts
        }
        options: list[str] = []
        arguments: list[str] = []
        rest = list(args)
        while rest:
            word = rest.pop(0)
            if word == "--":
                arguments += rest
                break
            if not word.startswith("-") or word == "-" or _NEGATIVE.fullmatch(word):
                arguments.append(word)
                continue
            taken = values.get(word, 0)
            options += [word, *rest[:taken]]
            del rest[:taken]
        return options, arguments
