"""What WeasyPrint leaves out of the tags of a PDF: the scope of headers of tables, and page numbers as no content."""

from typing import Any


def completed(document: Any, pdf: Any) -> None:  # noqa: ARG001 - WeasyPrint gives it
    """Complete the structure of a PDF before it is written; WeasyPrint calls it as its ``finisher``.

    A header cell in the head of a table is that of its column, another one that of its row. What stands in the margin
    of a page, its number, is marked as an artifact (ISO 14289-1, 7.5 and 7.8).

    Parameters
    ----------
    document
        WeasyPrint's document.
    pdf
        The ``pydyf.PDF`` that it made of it.
    """
    objects = {one.reference: one for one in pdf.objects}
    elements = {name: one for name, one in objects.items() if isinstance(one, dict) and "S" in one and "P" in one}
    for cell in elements.values():
        if cell["S"] == "/TH" and "A" in cell:
            head = elements[elements[cell["P"]]["P"]]["S"] == "/THead"
            cell["A"]["Scope"] = "/Column" if head else "/Row"
    margins = {
        name: one
        for name, one in elements.items()
        if one["S"] == "/NonStruct" and elements.get(one["P"], {}).get("S") == "/Document"
    }
    for name, one in margins.items():
        inside = [elements[child] for child in one["K"]]
        if all(part["S"] == "/Span" and all(isinstance(number, int) for number in part["K"]) for part in inside):
            numbers = [number for part in inside for number in part["K"]]
            _as_artifact(objects, objects[one["Pg"]], numbers)
            siblings = elements[one["P"]]["K"]
            siblings[:] = [child for child in siblings if child != name]


def _as_artifact(objects: dict[bytes, Any], page: Any, numbers: list[int]) -> None:
    """What is marked with these numbers on a page belongs to no element of the structure."""
    lines = objects[page["Contents"]].stream
    for at in range(len(lines) - 2):
        marks = lines[at + 1]
        if lines[at + 2] == b"BDC" and isinstance(marks, dict) and marks.get("MCID") in numbers:
            lines[at : at + 2] = [b"/Artifact", b"<</Type /Pagination>>"]
    for table in objects.values():
        if isinstance(table, dict) and "Nums" in table:
            entries = table["Nums"]
            for key, parents in zip(entries[::2], entries[1::2], strict=True):
                if key == page["StructParents"] and isinstance(parents, list):
                    for number in numbers:
                        parents[number] = b"null"
