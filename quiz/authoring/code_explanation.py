"""What is said of a code that a finding may have."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from quiz.core.content.diagnostics import Severity


class Family(StrEnum):
    """What sort of thing a code is about, in the order in which an author meets them."""

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
        """Whether an author may let it stand."""
        return self.family is Family.QUALITY or self.severity != Severity.ERROR.value
