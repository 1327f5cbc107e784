"""Exams on paper: composing one, and finding the questions for a form's code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.exam.blueprint import drawn
from quiz.core.exam.form_code import FormCode, form_code
from quiz.core.exam.paper import PaperQuestion, paper_questions, unprintable
from quiz.core.exam.settings import ExamSettings
from quiz.errors import BankError, QuizError, UsageError
from quiz.services.exam.start import check_choice, header_of_form, with_code
from quiz.services.nothing_to_ask import nothing_in_exam

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class PaperForms(NamedTuple):
    """The forms of an exam on paper."""

    banks: tuple[Bank, ...]
    settings: ExamSettings
    forms: Mapping[FormCode, tuple[PaperQuestion, ...]]


def paper_forms(
    workspace: Workspace, bank_ids: Sequence[str], settings: ExamSettings, seed: int, letters: Sequence[str]
) -> PaperForms:
    """Return forms of an exam with the same questions, each in its own order.

    Raises UsageError where the settings leave nothing to ask or name what does not exist, or where a question
    has more answers than there are letters; BankError for a bank with errors.
    """
    banks = workspace.whole_banks(bank_ids)
    check_choice(banks, settings)
    first = form_code(banks, settings, seed)
    lookup = workspace.lookup(banks)
    forms = {}
    for code in (first.of_form(letter) for letter in letters):
        items = drawn(banks, settings.blueprint, code.seed)
        forms[code] = paper_questions(items, lookup, code.seed, with_weights=settings.weights)
    questions = next(iter(forms.values()))
    if not questions:
        raise nothing_in_exam(workspace, bank_ids)
    too_long = unprintable(questions)
    if too_long:
        named = ", ".join(str(question.ref) for question in too_long)
        raise UsageError(f"There are more answers than letters: {named}.", "Leave them out, by topic or tag.")
    return PaperForms(tuple(banks), settings, forms)


def forms_of_code(
    workspace: Workspace,
    code: FormCode,
    bank_ids: Sequence[str],
    settings: ExamSettings,
    letters: Sequence[str],
) -> PaperForms:
    """Return the forms of a code, from the named banks or from those that it was made of.

    Without any named these are the banks of the form on record, all together, or each by itself. Raises
    UsageError where none is as it was then, BankError where the named ones have errors.
    """
    known = header_of_form(workspace, code)
    every = [(summary.id,) for summary in workspace.library.summaries() if summary.is_whole]
    tried = [tuple(bank_ids)] if bank_ids else [*([known.banks] if known else []), (), *every]
    refused: QuizError | None = None
    for banks in tried:
        try:
            told = with_code(workspace, banks, settings, code)
        except (UsageError, BankError) as error:
            refused = refused or error
            continue
        return paper_forms(workspace, banks, told, code.seed, letters)
    if refused is not None and (bank_ids or known):
        raise refused
    raise UsageError(
        f"The code {code} does not belong to any of your banks as they are now.",
        "Name its banks, and the topics, tags and counts if it was made with any.",
    )


def left_out(banks: Sequence[Bank]) -> list[str]:
    """Return the items that cannot be asked on paper, as “bank/item”: those that learners rate themselves."""
    return [f"{bank.bank}/{item.id}" for bank in banks for item in bank.items if item.is_self_graded]


def pictures_for(workspace: Workspace, banks: Sequence[Bank]) -> dict[tuple[str, str], bytes]:
    """Return the pictures of some banks that can be read, by bank and file."""
    from quiz.services.exporting import media_of

    folders = {summary.id: Path(summary.path).parent for summary in workspace.library.usable()}
    return {
        (bank.bank, name): data
        for bank in banks
        for name, data in media_of(bank, folders[bank.bank])[0].items()
    }
