"""Reading out an item and asking for a response in lines, in any session."""

from __future__ import annotations

from quiz.core.content.grading import Confidence, Grade, Response
from quiz.core.content.images import in_words, option_images
from quiz.core.content.interaction import Interaction, Reveal
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import plain_text
from quiz.core.text.phrases import whole_per_cent
from quiz.plain.console import Console, Tone
from quiz.plain.response_forms import Unclear, response_of, steps

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Incorrect.", "skipped": "Skipped."}
TONES = {"correct": Tone.RIGHT, "partial": Tone.PARTLY, "incorrect": Tone.WRONG}
SURENESS = {"s": Confidence.SURE, "f": Confidence.FAIRLY, "g": Confidence.GUESS}


class CommandTyped(Exception):
    """A command was typed instead of an answer."""


def ask(console: Console, interaction: Interaction, *, is_read: bool = False) -> Response:
    """Ask until a response can be submitted, and return it. Raises CommandTyped, Leave.

    Options are read out once, and not at all if they were read out before.
    """
    while True:
        if not is_read:
            console.say(interaction.instruction)
        answers = []
        for lines, prompt in steps(interaction):
            is_back = isinstance(interaction, Reveal)
            for line in lines if is_back or not is_read else ():
                console.say(line)
            answers.append(_answer(console, prompt))
        is_read = True
        try:
            response = response_of(interaction, answers)
        except Unclear as unclear:
            console.say(str(unclear))
            continue
        if interaction.is_complete(response):
            return response
        console.say("Give an answer, or :skip.")


def _answer(console: Console, prompt: str) -> str:
    """Read a line. A colon begins a command, two colons an answer that begins with one."""
    answer = console.ask(prompt)
    if answer.startswith("::"):
        return answer[1:]
    if answer.startswith(":"):
        raise CommandTyped(answer[1:].strip().lower())
    return answer


def ask_confidence(console: Console) -> Confidence | None:
    """Ask how sure the learner is; an empty line gives None."""
    while True:
        said = console.ask("How sure? s sure, f fairly, g guess").strip().lower()[:1]
        if not said:
            return None
        if said in SURENESS:
            return SURENESS[said]


def say_item(console: Console, bank_item: BankItem) -> None:
    """Read out an item's material and its stem."""
    stimulus = bank_item.bank.stimuli.get(bank_item.item.stimulus)
    if stimulus is not None:
        console.say(f"Material: {stimulus.title}" if stimulus.title else "Material:")
        if stimulus.table:
            for row in stimulus.table:
                console.say(" | ".join(row))
        elif stimulus.image is not None:
            console.say(in_words(stimulus.image))
        else:
            console.say(plain_text(stimulus.text) if stimulus.text else stimulus.code)
        console.say()
    console.say(bank_item.item.stem, Tone.STRONG)
    if bank_item.item.image is not None:
        console.say(in_words(bank_item.item.image))
    for option, image in option_images(bank_item.item).items():
        console.say(f"{option}: {in_words(image)}")


def say_verdict(console: Console, bank_item: BankItem, grade: Grade) -> None:
    """Read out the verdict on a response."""
    share = f" {whole_per_cent(grade.score)} per cent." if grade.verdict.value == "partial" else ""
    console.say(WORDS[grade.verdict.value] + share, TONES.get(grade.verdict.value, Tone.PLAIN))
    for part in grade.parts if len(grade.parts) > 1 else ():
        given = part.given or "nothing"
        label = f"{part.label}: " if part.label else ""
        right = "right" if part.is_right else "close" if part.remark and not part.is_unread else "wrong"
        if part.expected and not part.is_right:
            right += f", it is {part.expected}"
        console.say(f"  {label}{given}: {right}.")
    if grade.score < 1:
        console.say(f"Correct answer: {bank_item.item.key_text()}", Tone.STRONG)
    for said in (grade.notice, *grade.feedback, bank_item.item.rationale):
        if said:
            console.say(said)


def say_notes(console: Console, bank_item: BankItem) -> None:
    """Read out the notes that an item cites."""
    for name in bank_item.item.cites:
        note = bank_item.bank.notes.get(name)
        if note is not None:
            console.say(note.title)
            console.say(plain_text(note.text))
            if note.image is not None:
                console.say(in_words(note.image))
            console.say(bank_item.bank.source_line(note))
