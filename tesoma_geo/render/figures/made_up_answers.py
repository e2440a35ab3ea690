"""What pages say of answers that nobody gave."""

from dataclasses import dataclass

from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.workspace import Workspace


@dataclass(frozen=True)
class AnswersNote:
    """What stands beside the headline of answers.

    Attributes
    ----------
    title, text
        That they are made up, where the workspace says so; the title may be empty, and the text is then the licence's.
    """

    title: str
    text: str


def answers_note(workspace: Workspace, catalogue: Catalogue) -> AnswersNote | None:
    """What a page that tells answers says of answers that nobody gave.

    Parameters
    ----------
    workspace
        The workspace file. One that is made up as a whole has said it already.
    catalogue
        The language.

    Returns
    -------
    AnswersNote or None
        Where nothing is declared, the words of licences that say so, as they are; None where none does.
    """
    surveys = workspace.annotations
    if workspace.district.made_up:
        return None
    if any(survey.made_up for survey in surveys):
        whole = all(survey.made_up for survey in surveys)
        title = catalogue("made_up.answers") if whole else catalogue("made_up.some_answers")
        return AnswersNote(title, catalogue("made_up.answers_text"))
    said = dict.fromkeys(survey.licence for survey in surveys if survey.licence and survey.licensed_as_made_up)
    return AnswersNote("", catalogue("made_up.licence", licence="; ".join(said))) if said else None
