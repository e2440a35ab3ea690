"""Records that hold arrays or tables compare by identity: ``==`` of arrays is an array, not an answer."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "tesoma_geo"

#: Types without one answer to ``==``, and the names that rooms give them.
ARRAYS = re.compile(
    r"\b(NDArray|ArrayLike|Array|Floats?(32|64)?|U?Ints?(8|16|32|64)|Bools?|ndarray"
    r"|(Geo)?(DataFrame|Series)|STRtree|Hierarchy|EdgeCosts|Positions|Streets|StreetNetwork)\b"
)


def dataclasses(source: str):
    """The dataclasses of a file: name, whether they compare by identity, and the fields that hold arrays."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        marks = [ast.unparse(mark) for mark in node.decorator_list]
        if not any(mark.split("(")[0].endswith("dataclass") for mark in marks):
            continue
        fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
        types = {ast.unparse(field.target): ast.unparse(field.annotation) for field in fields}
        held = [name for name, kind in types.items() if ARRAYS.search(kind) and not kind.startswith("Callable")]
        yield node.name, any("eq=False" in mark for mark in marks), held


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_records_that_hold_arrays_compare_by_identity(path):
    wrong = {name: held for name, same, held in dataclasses(path.read_text(encoding="utf-8")) if held and not same}
    assert wrong == {}, "write @dataclass(frozen=True, eq=False)"


def test_they_are_seen():
    source = "@dataclass(frozen=True)\nclass A:\n    x: 'NDArray[np.int64]'\n    n: int\n"
    assert list(dataclasses(source)) == [("A", False, ["x"])]
    assert list(dataclasses(source.replace("True)", "True, eq=False)"))) == [("A", True, ["x"])]
