"""Answers of one question into the fields of the schema, as the workspace says."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tesoma_geo.sources.annotations.labels import asks_private_place, severity_of, theme_of
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace.annotations import AnnotationQuestion

#: Sub-question → its answer: a text or number, or the options ticked.
Answers: TypeAlias = Mapping[str, str | Sequence[str]]

#: Category of an answer in own words, or of an option that the workspace does not map.
OTHER = "other"


@dataclass(frozen=True)
class QuestionReader:
    """One question of the workspace, ready to read answers; counts what it could not use.

    Attributes
    ----------
    settings
        The workspace's question.
    themes
        The workspace's own themes, label → code.
    unused
        Reason → how many answers could not be used; grows while reading.
    """

    settings: AnnotationQuestion
    themes: Mapping[str, str]
    unused: Counter[str] = field(default_factory=Counter)

    @property
    def title(self) -> str:
        """The title as in the survey."""
        return self.settings.title

    def fields(self, answers: Answers) -> dict[str, Any]:
        """Kind, category, severity, text, themes and all answers of one annotation.

        Parameters
        ----------
        answers
            Sub-question → answer.

        Returns
        -------
        dict
            Fields of ``ANNOTATIONS``; None unknown.
        """
        settings = self.settings
        return {
            "kind": settings.kind,
            "question": settings.title,
            "private": settings.private or asks_private_place(settings.title),
            "category": self._category(answers),
            "severity": self._severity(answers),
            "text": self._first(answers, settings.text),
            "themes": self._themes(answers),
            "answers": json.dumps(answers, ensure_ascii=False, sort_keys=True),
        }

    def left_out(self) -> list[LeftOut]:
        """What could not be used, with the reason.

        Returns
        -------
        list of LeftOut
            A reason each, those that occurred.
        """
        return [LeftOut("sub-answers", reason, count) for reason, count in sorted(self.unused.items())]

    def _first(self, answers: Answers, title: str | None) -> str | None:
        value = answers.get(title) if title else None
        text = value if isinstance(value, str) else next(iter(value or ()), None)
        return (text or "").strip() or None

    def _category(self, answers: Answers) -> str | None:
        asked = self.settings.category
        label = self._first(answers, asked.question) if asked else None
        if asked is None or label is None:
            return None
        by_label = {known.casefold(): code for known, code in asked.map.items()}
        return by_label.get(label.casefold(), OTHER)

    def _severity(self, answers: Answers) -> int | None:
        text = self._first(answers, self.settings.severity)
        severity = severity_of(text)
        if text is not None and severity is None:
            self.unused[f"{self.settings.severity}: not a number from 1 to 5"] += 1
        return severity

    def _themes(self, answers: Answers) -> list[str]:
        value = answers.get(self.settings.themes) if self.settings.themes else None
        labels = [value] if isinstance(value, str) else list(value or ())
        codes = [theme_of(label, self.themes) for label in labels]
        for label, code in zip(labels, codes, strict=True):
            if code is None:
                self.unused[f"theme {label!r} is not known: name it under [themes]"] += 1
        return [code for code in codes if code]
