"""Shows the package's docstrings well: cross-references become links, prose below ``Returns`` stays prose."""

import re

import griffe

ROLE = re.compile(r":(?:func|class|meth|mod|data|attr|exc):`~?\.?([\w.]+)`")
#: Rooms that have no reference page of their own; the commands describe themselves.
WITHOUT_PAGE = ("tesoma_geo.cli", "tesoma_geo.__main__")


class Docstrings(griffe.Extension):
    """Rewrites docstrings after a package was read, when every name in it is known."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Rewrite the docstrings of all modules, classes and functions of a package."""
        _describe_constants(pkg)
        _rewrite(pkg)


def _describe_constants(module: griffe.Module) -> None:
    """Take the comments ``#:`` above constants as their docstrings."""
    for member in module.members.values():
        if isinstance(member, griffe.Module):
            _describe_constants(member)
        elif isinstance(member, griffe.Attribute) and member.docstring is None and member.lineno:
            comment: list[str] = []
            for line in reversed(module.lines[: member.lineno - 1]):
                if not line.startswith("#: "):
                    break
                comment.insert(0, line.removeprefix("#: "))
            if comment:
                member.docstring = griffe.Docstring("\n".join(comment), parent=member)


def _rewrite(thing: griffe.Object) -> None:
    if thing.docstring is not None:
        text = ROLE.sub(lambda match: _reference(thing, match.group(1)), thing.docstring.value)
        text = _one_by_one(text)
        thing.docstring.value = _with_types(thing, text) if isinstance(thing, griffe.Function) else text
    for member in thing.members.values():
        if isinstance(member, griffe.Object):
            _rewrite(member)


def _reference(thing: griffe.Object, name: str) -> str:
    """A link to what a docstring names, or only its name where there is no page about it."""
    target = _resolved(thing, name)
    shown = name.removeprefix("tesoma_geo.")
    public = target and not any(part.startswith("_") for part in target.split("."))
    return f"[`{shown}`][{target}]" if public and not target.startswith(WITHOUT_PAGE) else f"`{shown}`"


def _resolved(thing: griffe.Object, name: str) -> str | None:
    scope: griffe.Object | None = thing
    while scope is not None:
        try:
            return _described(scope.get_member(name.split(".")))
        except (KeyError, griffe.AliasResolutionError, griffe.CyclicAliasError):
            scope = scope.parent
    try:
        return _described(thing.modules_collection[name])
    except (KeyError, griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None


def _described(found: griffe.Object | griffe.Alias) -> str | None:
    """The full name of what was found, if the reference describes it."""
    target = found.final_target if isinstance(found, griffe.Alias) else found
    return str(target.path) if target.docstring is not None or not target.is_attribute else None


def _one_by_one(text: str) -> str:
    """The docstring with an entry for each of the arguments that share one, so that each has its own type."""
    lines, result = text.split("\n"), []
    number = 0
    while number < len(lines):
        line = lines[number]
        below = number + 1
        while below < len(lines) and (lines[below].startswith("    ") or not lines[below]):
            below += 1
        if re.fullmatch(r"\w+(, \w+)+", line) and below > number + 1:
            for name in line.split(", "):
                result += [name, *lines[number + 1 : below]]
            number = below
        else:
            result.append(line)
            number += 1
    return "\n".join(result)


def _with_types(function: griffe.Function, text: str) -> str:
    """The docstring with the annotation as the type where ``Returns`` or ``Yields`` is prose alone."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        if line not in ("Returns", "Yields") or not re.fullmatch("-+", lines[number + 1]):
            continue
        end = next(
            (n - 1 for n in range(number + 3, len(lines)) if re.fullmatch("-{3,}", lines[n])),
            len(lines),
        )
        body = lines[number + 2 : end]
        if function.returns is not None and not any(line.startswith(" ") for line in body):
            prose = [f"    {line}" if line else line for line in body]
            return "\n".join([*lines[: number + 2], str(function.returns), *prose, *lines[end:]])
    return text
