"""Settings of single banks: what the learner set, and what the bank recommends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec

from quiz.core.content.bank_settings import BankSettings, NewOrder

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

STEPS: Final[dict[str, tuple[Any, ...]]] = {
    "new_per_day": (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100),
    "order": get_args(NewOrder),
    "retention": (0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.95, 0.97),
    "confidence": (False, True),
    "pass_mark": (50, 60, 70, 75, 80, 90, 100),
}


def stepped(name: str, value: Any, by: int) -> Any:
    """Return a setting's next value, or the one before. Numbers stop at their ends, others go round."""
    steps = STEPS[name]
    if name in {"order", "confidence"}:
        return steps[(steps.index(value) + by) % len(steps)]
    beyond = [step for step in steps if value is None or (step - value) * by > 0]
    if not beyond:
        return value
    return beyond[0] if by > 0 else beyond[-1]


def set_for_bank(workspace: Workspace, bank: str, name: str, value: Any) -> None:
    """Set something for one bank; None leaves it to what is set for all. Raises UsageError."""
    workspace.set(f"bank.{bank}.{name}", value)


def recommended(workspace: Workspace, bank: str) -> BankSettings:
    """Return what a bank's file recommends. Raises BankError for one that cannot be read."""
    return workspace.library.contents(bank).recommends


def take_recommended(workspace: Workspace, bank: str) -> bool:
    """Set for a bank all that its file recommends; say whether that is anything. Raises BankError."""
    told = msgspec.to_builtins(recommended(workspace, bank))
    for name, value in told.items():
        set_for_bank(workspace, bank, name, value)
    return bool(told)
