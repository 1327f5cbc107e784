"""The explanation of a finding's code."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from quiz.core.content.diagnostics import Severity


class Family(StrEnum):
    """The subjects of codes, in the order in which authors meet them."""

    FILE = "the file"
    YAML = "YAML"
    FIELDS = "fields"
    BANK = "what does not fit together"
    QUALITY = "item writing"


class CodeExplanation(msgspec.Struct, frozen=True):
    """What `quiz explain` says of a code."""

    code: str
    family: Family
    severity: str
    why: str
    mend: str

    @property
    def can_stand(self) -> bool:
        """Whether an author may accept findings with this code."""
        return self.family is Family.QUALITY or self.severity != Severity.ERROR.value
