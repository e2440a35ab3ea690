"""Whether what a workspace says of barriers leads anywhere: codes without a cost, mended streets that are not there."""

from collections.abc import Iterator

from tesoma_geo.analysis.barriers import cost_table
from tesoma_geo.errors import Doubt
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.network import StreetNetwork
from tesoma_geo.sources.annotations.answers import OTHER
from tesoma_geo.workspace import Workspace


def barrier_setting_doubts(workspace: Workspace, network: StreetNetwork) -> Iterator[Doubt]:
    """Codes of barriers that cost nothing, and streets put right that do not exist.

    Parameters
    ----------
    workspace
        The workspace, checked.
    network
        Its streets.

    Yields
    ------
    Doubt
        With the nearest name that exists.
    """
    known = [*cost_table(workspace.experience).costs, OTHER]
    for number, survey in enumerate(workspace.annotations):
        maps = {
            f"questions.{at}.category.map": question.category.map
            for at, question in enumerate(survey.questions)
            if question.kind == "barrier" and question.category is not None
        }
        kinds = {survey.kind, *survey.values.get("kind", {}).values()}
        if "barrier" in kinds:
            maps["values.category"] = survey.values.get("category", {})
        for key, codes in maps.items():
            for code in dict.fromkeys(codes.values()):
                if code not in known:
                    remedy = did_you_mean(code, known) or f"Use {', '.join(known)}, or write [experience.costs.{code}]"
                    problem = f"the category {code!r} costs nobody anything"
                    yield Doubt(f"annotations.{number}.{key}", problem, remedy, code)
    mended = [mended.street for mended in workspace.experience.mended if mended.street is not None]
    if mended:
        names = {str(name) for name in network.ways["name"].dropna()}
        for street in mended:
            if street not in names:
                remedy = did_you_mean(street, sorted(names)) or "Write its name as the street file has it, or name at"
                yield Doubt("experience.mended", f"no street here is called {street!r}", remedy, street)
