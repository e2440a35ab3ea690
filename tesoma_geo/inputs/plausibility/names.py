"""Whether what district and hubs are called is a name."""

from collections.abc import Iterator, Mapping

from tesoma_geo.errors import Doubt
from tesoma_geo.workspace import Workspace


def doubtful_names(workspace: Workspace) -> Iterator[Doubt]:
    """Names of district and hubs that are hardly names, or missing in a language.

    Parameters
    ----------
    workspace
        The workspace file.

    Yields
    ------
    Doubt
        With its key.
    """
    named: dict[str, Mapping[str, object]] = {"district.name": workspace.district.name, "hub.name": workspace.hub.name}
    named |= {f"hubs.{number}.name": hub.name for number, hub in enumerate(workspace.hubs)}
    for key, names in named.items():
        for language, name in {language: str(name) for language, name in names.items()}.items():
            if len(name.strip()) < 2 or name.strip() in ("…", "..."):
                yield Doubt(f"{key}.{language}", f"is {name!r}", "Write its name", name)
        missing = [language for language in workspace.district.languages if names and language not in names]
        if missing:
            problem = f"has no name in {', '.join(missing)}: another language's is shown"
            yield Doubt(key, problem, "Add the name, or take the language out of district.languages", missing[0])
