"""One word as the plural of another, in English and German."""

from __future__ import annotations

import pytest

from quiz.core.text.plurals import is_plural

ENGLISH = """
dog dogs|city cities|day days|key keys|box boxes|buzz buzzes|bus buses|church churches|dish dishes
potato potatoes|piano pianos|analysis analyses|businessman businessmen|child children|mouse mice|wife wives
cat cats|toy toys|sky skies|basis bases|index indices|person people
"""
NOT_ENGLISH = """
dog dogges|city citys|day daies|box boxs|church churchs|analysis analysises|businessman businessmans
at ats|ox ox2|a1b a1bs|dog doges|glass glasses|arm arms|dog cat|men women|boy boies|policy policys
"""
GERMAN = """
hund hunde|frau frauen|auto autos|katze katzen|stadt städte|kind kinder|haus häuser|mann männer
lehrerin lehrerinnen|zeugnis zeugnisse|name namen|tag tage
"""
NOT_GERMAN = """
fisch fischer|reis reise|hund hunder|katze kater|lauf laufer|bank banken|hund hundx|ei eis2
"""
IRREGULAR = """
women woman|feet foot|teeth tooth|geese goose|oxen ox|criteria criterion|phenomena phenomenon|data datum
media medium|bacteria bacterium|nuclei nucleus|fungi fungus|cacti cactus|alumni alumnus|lives life
matrices matrix|vertices vertex|knives knife|leaves leaf|halves half|wolves wolf
"""
OWN = """
arms arm|customs custom|glasses glass|goods good|means mean|minutes minute|works work|woods wood|news new
ashes ash|spectacles spectacle|colours colour|colors color|manners manner|forces force|waters water
spirits spirit
"""
EIGENE = "reis reise|bank banke|bank banken|banke banken|lehr lehre|wirt wirte|wirte wirten"
"""Words with a meaning of their own, which are no plurals."""


def pairs(words: str) -> list[tuple[str, str]]:
    return [
        (pair.split()[0], pair.split()[1]) for line in words.strip().splitlines() for pair in line.split("|")
    ]


@pytest.mark.parametrize(
    ("language", "words", "is_one"),
    [
        ("en", ENGLISH, True), ("en", IRREGULAR, True), ("en", NOT_ENGLISH, False), ("en", OWN, False),
        ("de", GERMAN, True), ("de", NOT_GERMAN, False), ("de", EIGENE, False),
    ],
)  # fmt: skip
def test_a_plural_is_one_in_its_language_whichever_comes_first(
    language: str, words: str, is_one: bool
) -> None:
    for one, other in pairs(words):
        for tag in (language, f"{language}-XX"):
            assert is_plural(one, other, tag) is is_one, (one, other)
            assert is_plural(other, one, tag) is is_one, (other, one)
        assert not is_plural(one, other, "fr")
