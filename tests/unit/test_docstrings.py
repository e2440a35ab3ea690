"""Every public function, class and method says what it takes, gives and raises, in numpydoc.

The faults of one room, as lines: ``python tests/unit/test_docstrings.py network/streets``.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "tesoma_geo"

#: Modules whose docstrings are still to be written. The list only shrinks.
NOT_YET: tuple[str, ...] = ()

SECTIONS = (
    "Parameters", "Attributes", "Returns", "Yields", "Raises", "Warns", "See Also", "Notes", "References", "Examples",
)  # fmt: skip
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_modules() -> list[str]:
    """Every module of the package whose own name and folders are public, as a path below the package."""
    paths = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    return sorted(
        path.as_posix()
        for path in paths
        if all(not part.startswith("_") for part in path.with_suffix("").parts if part != "__init__")
    )


def read_modules() -> list[str]:
    """All modules, whatever their own names begin with: as paths below the package."""
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@dataclass(frozen=True)
class Documented:
    """A public name, and what its docstring fails to say."""

    name: str
    line: int
    faults: tuple[str, ...]


@cache
def documented(module: str) -> tuple[Documented, ...]:
    """Every public name of a module, in order."""
    return tuple(_documented_in(ast.parse((PACKAGE / module).read_text(encoding="utf-8")), ""))


def _documented_in(parent: ast.Module | ast.ClassDef, prefix: str) -> Iterator[Documented]:
    for node in parent.body:
        if not isinstance(node, _Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield Documented(prefix + node.name, node.lineno, tuple(_class_faults(node)))
            yield from _documented_in(node, f"{prefix}{node.name}.")
        elif not decorators(node) & {"overload", "setter"}:
            yield Documented(prefix + node.name, node.lineno, tuple(_function_faults(node, bool(prefix))))


def decorators(node: _Function | ast.ClassDef) -> set[str]:
    """Last names of the decorators: ``cached_property`` for ``@functools.cached_property``."""
    calls = (decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list)
    return {call.attr if isinstance(call, ast.Attribute) else call.id for call in calls if hasattr(call, "ctx")}


def sections_of(docstring: str) -> dict[str, list[str]]:
    """The lines below each underlined title; what stands before the first is under an empty one."""
    sections: dict[str, list[str]] = {"": []}
    lines, title = docstring.splitlines(), ""
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if line and re.fullmatch(r"-{3,}", following):
            title = line
            sections[title] = []
        elif not (title and re.fullmatch(r"-{3,}", line)):
            sections[title].append(line)
    return sections


def named_in(section: list[str]) -> list[str]:
    """Names at the left edge of a section: ``a, b : int`` names two."""
    heads = [re.split(r"\s+:|:\s|:$", line)[0] for line in section if line and not line[0].isspace()]
    return [name.strip(" `*\\") for head in heads for name in head.split(",")]


def _common_faults(docstring: str | None) -> Iterator[str]:
    if not docstring:
        yield "no docstring"
        return
    sections = sections_of(docstring)
    summary = " ".join(sections[""]).strip().split("  ")[0]
    if not summary.rstrip("`)").endswith((".", "?", ":")):
        yield "the summary is no sentence"
    yield from (f"unknown section {title!r}" for title in sections if title and title not in SECTIONS)
    order = [SECTIONS.index(title) for title in sections if title in SECTIONS]
    if order != sorted(order):
        yield "sections are not in the order of numpydoc"


def _class_faults(node: ast.ClassDef) -> Iterator[str]:
    docstring = ast.get_docstring(node)
    yield from _common_faults(docstring)
    made = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == "__init__"]
    bases = {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
    if made:
        wanted, titles = _arguments(made[0], True), ("Parameters",)
    elif "dataclass" in decorators(node) or "NamedTuple" in bases:
        wanted, titles = _fields(node), ("Attributes", "Parameters")
    else:
        return
    sections = sections_of(docstring or "")
    given = [name for title in titles for name in named_in(sections.get(title, []))]
    yield from _difference(titles[0], wanted, given)


def _fields(node: ast.ClassDef) -> list[str]:
    fields = (item for item in node.body if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name))
    return [
        item.target.id
        for item in fields
        if isinstance(item.target, ast.Name)
        and not item.target.id.startswith("_")
        and not ast.unparse(item.annotation).startswith("ClassVar")
    ]


def _arguments(node: _Function, method: bool) -> list[str]:
    taken = node.args
    names = [argument.arg for argument in (*taken.posonlyargs, *taken.args)]
    if method and "staticmethod" not in decorators(node):
        names = names[1:]
    names += [argument.arg for argument in (taken.vararg, *taken.kwonlyargs, taken.kwarg) if argument]
    return [name for name in names if not name.startswith("_")]


def _difference(title: str, wanted: list[str], given: list[str]) -> Iterator[str]:
    if missing := [name for name in wanted if name not in given]:
        yield f"{title} lacks {', '.join(missing)}"
    if extra := [name for name in given if name not in wanted]:
        yield f"{title} names {', '.join(extra)}, which is not there"


def _function_faults(node: _Function, method: bool) -> Iterator[str]:
    docstring = ast.get_docstring(node)
    yield from _common_faults(docstring)
    kinds = decorators(node)
    if kinds & {"property", "cached_property"} or kinds & {"command", "group", "result_callback"}:
        return  # an attribute; a command of the command line, whose docstring is its help
    sections = sections_of(docstring or "")
    yield from _difference("Parameters", _arguments(node, method), named_in(sections.get("Parameters", [])))
    gives = node.returns is not None and ast.unparse(node.returns) not in ("None", "NoReturn", "Never")
    if gives and not {"Returns", "Yields"} & sections.keys():
        yield "no Returns"
    if not gives and {"Returns", "Yields"} & sections.keys():
        yield "Returns, but it returns nothing"
    raised = set(_raised(node.body))
    documented_errors = named_in(sections.get("Raises", []))
    if raised and not documented_errors:
        yield f"no Raises ({', '.join(sorted(raised))})"
    elif missing := sorted(name for name in raised if name[0].isupper() and name not in documented_errors):
        yield f"Raises lacks {', '.join(missing)}"


def _raised(body: list[ast.stmt]) -> Iterator[str]:
    """Names of what is raised on purpose: not what is caught and passed on, nor what inner functions raise."""
    for node in body:
        if isinstance(node, _Function | ast.ClassDef):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = error.attr if isinstance(error, ast.Attribute) else getattr(error, "id", "an error")
            if (isinstance(node.exc, ast.Call) or name[0].isupper()) and name != "NotImplementedError":
                yield name
        for inner in ("body", "orelse", "finalbody"):
            yield from _raised(getattr(node, inner, []))
        for inner in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from _raised(inner.body)


def fault_lines(module: str) -> list[str]:
    """The faults of a module as lines that an editor can jump to."""
    return [
        f"tesoma_geo/{module}:{entry.line}: {entry.name}: {'; '.join(entry.faults)}"
        for entry in documented(module)
        if entry.faults
    ]


@pytest.mark.parametrize("module", read_modules())
def test_every_public_name_says_what_it_takes_gives_and_raises(module):
    faults = fault_lines(module)
    if faults and module.startswith(NOT_YET):
        pytest.xfail(f"{len(faults)} docstrings are still to be written")
    assert faults == [], "\n" + "\n".join(faults)


def test_the_list_of_modules_still_to_be_done_names_modules_that_are():
    assert [name for name in NOT_YET if not any(module.startswith(name) for module in read_modules())] == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f(a): 'What.'", "Parameters lacks a"),
        ("def f(a: int) -> int:\n '''What.\n\n Parameters\n ----------\n b\n  Such.\n '''", "names b"),
        ("def f() -> int: 'What.'", "no Returns"),
        ("def f() -> None:\n 'What.'\n if 1:\n  raise ValueError('no')", "no Raises (ValueError)"),
        (
            "def f() -> None:\n '''What.\n\n Raises\n ------\n OSError\n  If.\n '''\n raise ValueError('no')",
            "lacks Val",
        ),
        ("def f() -> None: 'What'", "no sentence"),
        ("class C:\n 'What.'\n def m(self, a): 'What.'", "Parameters lacks a"),
        ("@dataclass\nclass C:\n 'What.'\n a: int", "Attributes lacks a"),
        ("def f(): pass", "no docstring"),
    ],
)
def test_a_docstring_that_does_not_say_it_all_is_found(source, fault):
    faults = [text for entry in _documented_in(ast.parse(source), "") for text in entry.faults]
    assert any(fault in text for text in faults), faults


if __name__ == "__main__":
    chosen = [name for name in read_modules() if not sys.argv[1:] or any(map(name.startswith, sys.argv[1:]))]
    entries = [entry for name in chosen for entry in documented(name)]
    complete = sum(not entry.faults for entry in entries)
    print("\n".join(line for name in chosen for line in fault_lines(name)))
    print(f"{complete} of {len(entries)} public names are documented in full ({100 * complete / len(entries):.1f} %)")
