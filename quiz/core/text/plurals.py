"""Whether one word is another's plural, in English and German."""

from __future__ import annotations

from typing import Final

from quiz.core.text.language_tag import main_language

OWN_MEANING: Final = frozenset(
    {"arms", "arm", "customs", "custom", "glasses", "glass", "goods", "good", "means", "mean", "minutes"}
    | {"minute", "news", "new", "works", "work", "woods", "wood", "ashes", "ash", "spectacles", "spectacle"}
    | {"colours", "colors", "manners", "manner", "forces", "force", "waters", "water", "spirits", "spirit"}
    | {"reis", "reise", "bank", "banke", "banken", "lehr", "wirt", "wirte"}
)
"""Words whose plural or singular has another meaning."""

_IRREGULAR: Final = {
    "children": "child", "men": "man", "women": "woman", "people": "person", "feet": "foot", "teeth": "tooth",
    "geese": "goose", "mice": "mouse", "oxen": "ox", "criteria": "criterion", "phenomena": "phenomenon",
    "data": "datum", "media": "medium", "bacteria": "bacterium", "nuclei": "nucleus", "fungi": "fungus",
    "cacti": "cactus", "alumni": "alumnus", "matrices": "matrix", "vertices": "vertex", "indices": "index",
    "lives": "life", "wives": "wife", "knives": "knife", "leaves": "leaf", "halves": "half", "wolves": "wolf",
}  # fmt: skip
_GERMAN_ENDINGS: Final = ("e", "en", "n", "s", "nen", "se")
_UMLAUTS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_BY_ER: Final = frozenset(
    {
        "kind",
        "bild",
        "lied",
        "feld",
        "ei",
        "geist",
        "kleid",
        "brett",
        "licht",
        "schild",
        "nest",
        "geld",
        "weib",
    }
    | {
        "haus",
        "buch",
        "wort",
        "land",
        "dach",
        "mann",
        "volk",
        "rad",
        "blatt",
        "glas",
        "dorf",
        "schloss",
        "amt",
    }
    | {"loch", "wald", "rand", "bad", "band", "gut", "huhn", "kalb", "lamm", "tal", "tuch", "grab", "fass"}
)
"""German nouns, without umlauts, whose plural ends in -er."""


def is_plural(one: str, other: str, language: str) -> bool:
    """Return whether one of two lower-case words is the plural of the other, with the same meaning."""
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if not OWN_MEANING.isdisjoint({short, long}):
        return False
    match main_language(language):
        case "en":
            return any(_IRREGULAR.get(b) == a or _is_english(a, b) for a, b in ((short, long), (long, short)))
        case "de":
            return _is_german(short.translate(_UMLAUTS), long.translate(_UMLAUTS))
    return False


def _is_english(singular: str, plural: str) -> bool:
    if len(singular) < 3 or not (singular.isalpha() and plural.isalpha()):
        return False
    if singular.endswith("man"):
        return plural == f"{singular[:-3]}men"
    if singular.endswith("is"):
        return plural == f"{singular[:-2]}es"
    if singular.endswith("y") and singular[-2] not in "aeiou":
        return plural == f"{singular[:-1]}ies"
    if singular.endswith(("s", "x", "z", "ch", "sh")):
        return plural == f"{singular}es"
    return plural == f"{singular}s" or (singular.endswith("o") and plural == f"{singular}es")


def _is_german(singular: str, plural: str) -> bool:
    if len(singular) < 3 or not plural.startswith(singular):
        return False
    ending = plural[len(singular) :]
    return ending in _GERMAN_ENDINGS or (ending == "er" and singular in _BY_ER)
