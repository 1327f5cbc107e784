"""Small banks for tests."""

SMALL = """\
format: 1
bank: small
title: A small bank
summary: Four items, one of each of four kinds.
sources:
  book: {title: The Book, by: Somebody, published: 2010}
topics:
  cities: Cities
  seas: Seas
notes:
  paris:
    title: Paris
    source: book
    where: page 3
    text: |
      The capital of France is **Paris**.
  oceans: {title: Oceans, source: book, text: The Pacific is the largest ocean.}
items:
  - id: capital
    topic: cities
    shuffle: false
    stem: Which city is the capital of France?
    key: Paris
    distractors: [{text: Lyon, feedback: Lyon is the third largest.}, Nice]
    rationale: It has been the seat of government for long.
    cites: [paris]
    hint: It lies on the Seine.
  - id: ocean
    kind: short-answer
    topic: seas
    stem: Which ocean is the largest?
    key: Pacific
    refuse: [{text: Atlantic, feedback: Half as large.}]
    rationale: It covers a third of the globe.
    cites: [oceans]
  - id: salt
    kind: true-false
    topic: cities
    stem: Paris lies by the sea.
    key: false
    rationale: It lies on a river.
    cites: [paris]
  - id: largest
    kind: multiple-response
    topic: seas
    shuffle: false
    stem: Which of these are oceans? Select all that apply.
    keys: [Pacific, Arctic]
    distractors: [Baltic]
    rationale: The Baltic is a sea.
    cites: [oceans]
"""

MARKUP = "x[i] [b] [/oops] [@click=app.quit]q[/]"
LINK = "]q["
"""The part of it that would be clicked on."""


def hostile() -> str:
    """Return a bank whose every text is Textual markup of the worst kind."""
    text = f"'{MARKUP}'"
    return f"""\
format: 1
bank: hostile
title: {text}
summary: {text}
sources:
  s: {{title: {text}, by: {text}, published: {text}}}
topics:
  t: {text}
notes:
  n: {{title: {text}, where: {text}, source: s, text: {text}}}
stimuli:
  m: {{title: {text}, text: {text}}}
items:
  - id: one
    topic: t
    stimulus: m
    stem: {text}
    key: {text}
    distractors: ['{MARKUP} 2', '{MARKUP} 3']
    rationale: {text}
    hint: {text}
    cites: [n]
"""


COURTSHIP = """\
format: 1
bank: courtship
title: Who is courting whom
topics:
  visit: The visit
notes:
  pitch:
    title: The pitch
    text: |
      Some words.
items:
  - id: who
    topic: visit
    stem: Who is asked home?
    key: Scientists
    distractors:
      - Diplomats
      - {text: Students, feedback: Not they.}
    weight: 2.5
    shuffle: false
    cites: [pitch]
"""
"""A bank with a note, and an item that uses most fields."""
