"""A bank with every kind that can be printed."""

from __future__ import annotations

from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank

EVERY_KIND = """\
format: 1
bank: every
title: Every kind
language: en
topics: {a: A}
stimuli:
  poem: {title: A poem, text: Roses are red.}
  program: {code: "print(1)", language: python}
  numbers: {table: [[x, y], [1, 2]]}
items:
  - {id: choice, topic: a, stem: Which is a metal?, key: Iron, distractors: [Wood, Glass], weight: 2}
  - {id: several, kind: multiple-response, stem: Which are metals?, keys: [Iron, Gold], distractors: [Wood]}
  - {id: truth, kind: true-false, stem: Iron is a metal., key: true, stimulus: poem}
  - {id: short, kind: short-answer, stem: Name the symbol of iron., key: Fe, stimulus: program}
  - {id: number, kind: numeric, stem: How many is a dozen?, key: 12, unit: eggs, weight: 3}
  - {id: gaps, kind: cloze, stem: Fill in., text: "Iron is a {{metal}}."}
  - {id: list, kind: listing, stem: Name two metals., keys: [Iron, Gold, Tin], ask_for: 2, stimulus: numbers}
  - {id: order, kind: ordering, stem: Put them in order., order: [one, two, three, four]}
  - {id: pairs, kind: matching, stem: Match them., pairs: {Fe: iron, Au: gold, Sn: tin}, distractors: [lead]}
  - {id: bins, kind: sorting, stem: Sort them., categories: {metals: [iron, gold], others: [wood]}}
  - {id: card, kind: flashcard, stem: Iron, back: Fe}
"""


def every_kind() -> Bank:
    bank = read_bank_text(EVERY_KIND.encode(), "every.yaml").bank
    assert bank is not None
    return bank
