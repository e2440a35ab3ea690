"""Keys of a file that go with the next release: still taken, and told."""

from collections.abc import Iterator

from pydantic import BaseModel


def deprecated_keys(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The keys that somebody wrote into a file and that will go.

    Parameters
    ----------
    model
        A file or a table of it, checked. A field is going when it has a text as pydantic's ``deprecated``.
    prefix
        Key of the table, with a dot behind.

    Yields
    ------
    tuple of str
        The key, and what became of it.
    """
    for name, known in type(model).model_fields.items():
        if name not in model.model_fields_set:
            continue
        if isinstance(known.deprecated, str):
            yield f"{prefix}{name}", known.deprecated
            continue
        value = getattr(model, name)
        numbered = enumerate(value) if isinstance(value, tuple) else ()
        inner = [(name, value), *((f"{name}.{number}", one) for number, one in numbered)]
        for key, table in inner:
            if isinstance(table, BaseModel):
                yield from deprecated_keys(table, f"{prefix}{key}.")
