"""An exam as a page to print, with questions for the class and a key for the teacher."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import ascii_uppercase

from quiz.core.content.images import option_images
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Sort
from quiz.core.content.item import Image
from quiz.core.exam.form_code import FormCode
from quiz.core.exam.marking import key_line
from quiz.core.exam.paper import PaperQuestion
from quiz.core.item_result import points_text
from quiz.core.text.language_tag import main_language
from quiz.core.text.markup import Markup, pieces_of
from quiz.exchange.printed_page import SIZES, printed_page
from quiz.exchange.rendering import picture_address

WORDS = {
    "en": {
        "name": "Name", "class": "Class", "points": "Points", "form": "form", "key": "Key",
        "point": "point", "many": "points", "of": "of", "page": "page", "several": "Tick all that apply.",
        "order": "Write the letters in the right order.",
    },
    "de": {
        "name": "Name", "class": "Klasse", "points": "Punkte", "form": "Form", "key": "Lösung",
        "point": "Punkt", "many": "Punkte", "of": "von", "page": "Seite",
        "several": "Kreuze alles an, was zutrifft.",
        "order": "Schreib die Buchstaben in der richtigen Reihenfolge auf.",
    },
}  # fmt: skip
"""The texts on the paper, by the bank's language; other languages get English."""
USUAL_POINT, LARGE_POINT = 11, 18
_PLACE = '<span class="place"></span>'
"""A place for a letter."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An exam to be printed."""

    title: str
    language: str
    class_name: str
    forms: Mapping[FormCode, Sequence[PaperQuestion]]
    """The questions of each form."""
    pictures: Mapping[tuple[str, str], bytes]
    """Pictures, by the id of their bank and the name of their file."""
    is_large: bool = False
    size: str = "a4"
    has_grid: bool = False
    """Whether an answer sheet follows each form."""
    marked_with: str = ""
    """The command that marks the papers, for the key."""

    @property
    def words(self) -> dict[str, str]:
        """The texts on the paper, in its language."""
        return WORDS.get(main_language(self.language), WORDS["en"])


def exam_page(paper: Paper) -> str:
    """Return the forms of an exam as one self-contained page, each form on its own sheets."""
    forms = []
    for code, questions in paper.forms.items():
        out_of = points_text(sum(question.points for question in questions))
        fields = [
            paper.words["name"],
            f"{paper.words['class']} {_text(paper.class_name)}",
            f"{paper.words['points']} ____ {paper.words['of']} {out_of}",
        ]
        who = "".join(f"<span>{field}</span>" for field in fields)
        heading = f"{_text(paper.title)} · {paper.words['form']} {code.letter}"
        body = "".join(_questions(paper, questions))
        grid = _grid(paper, code, questions) if paper.has_grid else ""
        forms.append(
            f'{_section(paper, code)}<header><h1>{heading}</h1><div class="who">{who}</div></header>{body}'
            f"<footer><small>{code}</small></footer></section>{grid}"
        )
    return _page(paper, paper.title, "".join(forms))


def key_page(paper: Paper) -> str:
    """Return the key of an exam's forms: letters, points and rationales."""
    forms = []
    for code, questions in paper.forms.items():
        rows = "".join(_key_of(paper, question) for question in questions)
        title = f"{paper.words['key']}: {_text(paper.title)} · {paper.words['form']} {code.letter}"
        forms.append(
            f"{_section(paper, code)}<header><h1>{title}</h1><p><code>{code}</code></p>"
            f"<p><code>{code.letter} {_text(key_line(questions))}</code></p>"
            f"<p><code>{_text(paper.marked_with)}</code></p></header>{rows}</section>"
        )
    return _page(paper, f"{paper.words['key']}: {paper.title}", "".join(forms))


def _section(paper: Paper, code: FormCode) -> str:
    """Return the tag that begins the sheets of a form."""
    return f'<section class="form form-{code.letter}" aria-label="{paper.words["form"]} {code.letter}">'


def _page(paper: Paper, title: str, body: str) -> str:
    filling = {
        "__SIZE__": SIZES[paper.size],
        "__POINT__": str(LARGE_POINT if paper.is_large else USUAL_POINT),
    }
    style = files("quiz.exchange").joinpath("paper_page.css").read_text(encoding="utf-8")
    style = re.sub("|".join(filling), lambda found: filling[found[0]], style)
    style += "".join(_footer(paper, code) for code in paper.forms)
    return printed_page(paper.language, title, style, body)


def _footer(paper: Paper, code: FormCode) -> str:
    """Return the style of a form's sheets, each with the form, its code and the number of the page."""
    name, words = f"form-{code.letter}", paper.words
    return (
        f".{name} {{ page: {name}; }}\n"
        f"@page {name} {{ counter-increment: {name};"
        f' @bottom-left {{ content: "{words["form"]} {code.letter} · {code}"; font: 8pt sans-serif; }}'
        f' @bottom-right {{ content: "{words["page"]} " counter({name}); font: 8pt sans-serif; }} }}\n'
    )


def _questions(paper: Paper, questions: Sequence[PaperQuestion]) -> Iterator[str]:
    shown = ""
    for question in questions:
        stimulus = question.bank_item.item.stimulus
        if stimulus and f"{question.ref.bank}/{stimulus}" != shown:
            shown = f"{question.ref.bank}/{stimulus}"
            yield _material(paper, question)
        yield _question(paper, question)


def _question(paper: Paper, question: PaperQuestion) -> str:
    bank, item = question.bank_item.bank, question.bank_item.item
    points = f'<span class="points">({_points(paper, question)})</span>'
    picture = _picture(paper, bank.bank, item.image)
    stem = f"<div>{_marked(item.stem, bank.reads)}{picture}</div>"
    answers = _answers(paper, question)
    return f'<article><div class="stem"><b>{question.number}.</b>{stem}{points}</div>{answers}</article>\n'


def _material(paper: Paper, question: PaperQuestion) -> str:
    bank = question.bank_item.bank
    stimulus = bank.stimuli.get(question.bank_item.item.stimulus)
    if stimulus is None:
        return ""
    head = f"<h2>{_text(stimulus.title)}</h2>" if stimulus.title else ""
    body = f"<p>{_marked(stimulus.text, bank.reads)}</p>" if stimulus.text else ""
    body += f"<pre>{_text(stimulus.code)}</pre>" if stimulus.code else ""
    if stimulus.table:
        rows = [
            "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in row) + "</tr>"
            for row, tag in zip(stimulus.table, ["th", *["td"] * len(stimulus.table)], strict=False)
        ]
        body += f"<table>{''.join(rows)}</table>"
    return f'<div class="material">{head}{body}{_picture(paper, bank.bank, stimulus.image)}</div>\n'


def _answers(paper: Paper, question: PaperQuestion) -> str:
    """Return the places to tick, to number or to write on."""
    markup = question.bank_item.bank.reads
    match question.asked:
        case Choose(options):
            return _ticked(paper, question, options)
        case Order(entries):
            listed = _list("ol", [(_letter(k), _marked(text, markup)) for k, text in enumerate(entries)])
            return f'{listed}<p class="why">{paper.words["order"]} {_PLACE * len(entries)}</p>'
        case Match(places, choices) | Sort(places, choices):
            left = _list("ul", [(_PLACE, _marked(text, markup)) for text in places])
            right = _list("ul", [(_letter(k), _marked(text, markup)) for k, text in enumerate(choices)])
            return f'<div class="columns">{left}{right}</div>'
    return _written(question.asked, markup)


def _ticked(paper: Paper, question: PaperQuestion, options: Sequence[str]) -> str:
    pictures = option_images(question.bank_item.item)
    shape = "box round" if question.is_single else "box"
    rows = []
    for place, text in enumerate(options):
        picture = _picture(paper, question.ref.bank, pictures.get(text))
        shown = _marked(text, question.bank_item.bank.reads)
        rows.append((f'<span class="{shape}"></span>{_letter(place)}', shown + picture))
    hint = "" if question.is_single else f'<p class="why">{paper.words["several"]}</p>'
    return hint + _list("ol", rows)


def _written(asked: Interaction, markup: Markup) -> str:
    """Return the lines or gaps to write on."""
    if not isinstance(asked, Enter):
        return ""
    if not asked.around:
        lines = (f'<div class="line">{_text(field.unit)}</div>' for field in asked.fields)
        return "".join(lines)
    pieces = []
    for place, text in enumerate(asked.around):
        pieces.append(_marked(text, markup))
        if place < len(asked.fields):
            options = asked.fields[place].options
            told = " / ".join(f"{_letter(k)} {_text(option)}" for k, option in enumerate(options))
            pieces.append('<span class="gap">&nbsp;</span>' + (f" ({told})" if told else ""))
    return f'<p class="why">{"".join(pieces)}</p>'


def _grid(paper: Paper, code: FormCode, questions: Sequence[PaperQuestion]) -> str:
    rows = []
    for question in questions:
        if question.is_open:
            bubbles = '<div class="line"></div>'
        elif question.is_single or isinstance(question.asked, Choose):
            shown = range(len(question.lettered()))
            bubbles = "".join(f'<span class="bubble">{ascii_uppercase[k]}</span>' for k in shown)
        else:
            bubbles = _PLACE * question.places
        rows.append(f"<tr><th>{question.number}</th><td>{bubbles}</td></tr>")
    who = f"<span>{paper.words['name']}</span><span>{paper.words['class']} {_text(paper.class_name)}</span>"
    return (
        f'<section class="grid form-{code.letter}">'
        f"<header><h1>{_text(paper.title)} · {paper.words['form']} {code.letter}</h1>"
        f'<div class="who">{who}</div></header><table>{"".join(rows)}</table>'
        f"<footer><small>{code}</small></footer></section>"
    )


def _key_of(paper: Paper, question: PaperQuestion) -> str:
    bank, item = question.bank_item.bank, question.bank_item.item
    letters = f"<b>{question.key_letters}</b> " if question.key_letters else ""
    told = f"{letters}{_marked(question.key_text, bank.reads)}"
    parts = question.parts
    per_part = f" = {parts} × {points_text(question.points / parts)}" if parts > 1 else ""
    points = f'<span class="points">({_points(paper, question)}{per_part})</span>'
    why = f'<p class="why">{_marked(item.rationale, bank.reads)}</p>' if item.rationale else ""
    stem = f'<div class="stem"><b>{question.number}.</b><div>{told}</div>{points}</div>'
    return f"<article>{stem}{why}</article>\n"


def _points(paper: Paper, question: PaperQuestion) -> str:
    return f"{points_text(question.points)} {paper.words['point' if question.points == 1 else 'many']}"


def _list(tag: str, rows: Sequence[tuple[str, str]]) -> str:
    body = "".join(f"<li>{before}<div>{text}</div></li>" for before, text in rows)
    return f"<{tag}>{body}</{tag}>"


def _letter(place: int) -> str:
    return f"<b>{ascii_uppercase[place]}</b>"


def _picture(paper: Paper, bank: str, image: Image | None) -> str:
    """Return a picture with its alternative text, or the text alone if the picture is missing."""
    if image is None:
        return ""
    credit = f"<figcaption>{_text(image.credit)}</figcaption>" if image.credit else ""
    data = paper.pictures.get((bank, image.file))
    if data is None:
        return f"<figure>[{_text(image.alt)}]{credit}</figure>"
    return f'<figure><img src="{picture_address(data)}" alt="{html.escape(image.alt)}">{credit}</figure>'


def _marked(text: str, markup: Markup) -> str:
    """Return a text with its code and formulas as markup, and everything else escaped."""
    tags = {"code": "code", "block": "pre"}
    return "".join(
        f"<{tags[piece.kind]}>{_text(piece.shown)}</{tags[piece.kind]}>" if piece.kind in tags
        else _text(piece.shown)
        for piece in pieces_of(text, markup)
    )  # fmt: skip


def _text(text: str) -> str:
    return html.escape(text)
