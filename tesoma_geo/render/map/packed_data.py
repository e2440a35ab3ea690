"""What the map's script reads: the contents of its layers, at once and when they are asked for."""

from collections.abc import Iterator, Sequence
from typing import Any

from tesoma_geo.render.map.content import Content
from tesoma_geo.render.text.escape import script_json


def map_data(contents: tuple[Content, ...]) -> str:
    """The data that the map's script reads, by layer: JSON that can stand in a script.

    Parameters
    ----------
    contents
        What the map shows, packed.

    Returns
    -------
    str
        JSON.
    """
    return script_json({layer.key: _layer_data(layer, layer.parts) for layer in contents})


def map_data_at_once(contents: tuple[Content, ...]) -> str:
    """The same without the parts that a map may never need; :func:`later_parts` has them.

    Parameters
    ----------
    contents
        What the map shows, packed.

    Returns
    -------
    str
        JSON.
    """
    return script_json(
        {
            layer.key: _layer_data(
                layer, [part if number < layer.at_once else None for number, part in enumerate(layer.parts)]
            )
            for layer in contents
        }
    )


def later_parts(contents: tuple[Content, ...]) -> Iterator[tuple[str, str]]:
    """Name and script of each part that ``scripts/data.js`` asks for when it is needed.

    Parameters
    ----------
    contents
        What the map shows, packed.

    Yields
    ------
    tuple
        Name of the file, and its script.
    """
    for layer in contents:
        for number in range(layer.at_once, len(layer.parts)):
            arguments = f"{script_json(layer.key)},{number},{script_json(layer.parts[number])}"
            yield f"{layer.key}-{number}.js", f"tesoma.arrive({arguments});\n"


def _layer_data(layer: Content, parts: Sequence[Any]) -> dict[str, Any]:
    return {"painter": layer.painter, "packed": layer.packed, "parts": list(parts)}
