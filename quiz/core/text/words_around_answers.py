"""Words that learners write around an answer, by language."""

from __future__ import annotations

from typing import Final

TITLES: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(
        {"president", "chancellor", "minister", "senator", "governor", "judge", "justice", "ambassador"}
        | {"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady"}
        | {
            "king",
            "queen",
            "emperor",
            "empress",
            "tsar",
            "czar",
            "prince",
            "princess",
            "duke",
            "count",
            "pope",
        }
        | {"general", "colonel", "captain", "major", "admiral", "marshal", "reverend", "rev", "saint", "st"}
    ),
    "de": frozenset(
        {
            "prasident",
            "prasidentin",
            "bundesprasident",
            "kanzler",
            "kanzlerin",
            "bundeskanzler",
            "dr",
            "doktor",
        }
        | {"bundeskanzlerin", "minister", "ministerin", "prof", "professor", "professorin", "herr", "frau"}
        | {"konig", "konigin", "kaiser", "kaiserin", "zar", "zarin", "furst", "graf", "herzog", "papst"}
        | {"general", "oberst", "hauptmann", "admiral", "sankt", "st", "sir", "lord", "lady"}
    ),
}
"""Titles that may precede a name, normalised."""

DETERMINERS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(
        {"their", "his", "her", "its", "our", "my", "your", "some", "this", "that", "these", "those"}
    ),
    "de": frozenset(
        f"{stem}{ending}"
        for stem in ("ihr", "sein", "unser", "mein", "dein", "euer", "eur", "dies")
        for ending in ("", "e", "en", "em", "er", "es")
    ),
}
"""Determiners, normalised."""

AMOUNTS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("lots of", "lot of", "plenty of", "great many", "great deal of", "many", "much"),
    "de": ("jede menge", "menge", "viele", "vielen", "vieler", "viel"),
}
"""Expressions for a large amount, normalised, longer ones first."""

YEAR_LEADS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("in year", "year", "in", "ad"),
    "de": ("im jahre", "im jahr", "jahr", "in", "im"),
}
"""What may precede a year, normalised."""

BESIDE_A_NUMBER: Final = frozenset(
    {"in", "year", "about", "around", "circa", "ca", "approximately", "roughly", "of", "im", "jahr", "jahre"}
    | {"etwa", "ungefahr", "rund", "ad", "ce", "it", "was", "is", "es", "war", "waren", "sind", "ist"}
)
"""Words that do not change a number."""

CHANGING: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(
        {
            "no",
            "not",
            "never",
            "without",
            "non",
            "neither",
            "nor",
            "none",
            "nothing",
            "nobody",
            "except",
            "but",
        }
        | {
            "instead",
            "rather",
            "hardly",
            "barely",
            "against",
            "before",
            "after",
            "until",
            "less",
            "more",
            "than",
        }
        | {"almost", "nearly", "opposite", "contrary", "former", "ex", "half", "anti", "counter", "pseudo"}
        | {"isn", "aren", "wasn", "weren", "don", "doesn", "didn", "isnt", "arent", "wasnt", "dont", "cannot"}
        | {"quasi", "semi", "un", "few", "fewer", "little", "lack", "absence"}
    ),
    "de": frozenset(
        {"kein", "keine", "keinen", "keinem", "keiner", "keines", "nicht", "nie", "niemals", "ohne", "weder"}
        | {"noch", "ausser", "statt", "gegen", "vor", "nach", "bis", "mehr", "weniger", "als", "fast", "kaum"}
        | {"nichts", "niemand", "anti", "halb", "ex", "gegenteil", "wenig", "wenige", "mangel"}
    ),
    "fr": frozenset(
        {"pas", "non", "ne", "sans", "jamais", "sauf", "contre", "avant", "apres", "moins", "plus"}
    ),
    "es": frozenset({"no", "sin", "nunca", "salvo", "contra", "antes", "despues", "menos", "mas"}),
    "it": frozenset({"non", "senza", "mai", "tranne", "contro", "prima", "dopo", "meno", "piu"}),
}
"""Words that change the meaning of an answer they stand with, normalised."""

LISTING: Final = frozenset(
    {"or", "and", "either", "maybe", "oder", "und", "ou", "et", "o", "y", "e", "vielleicht"}
)
"""Words that introduce several answers, normalised."""

PLACES: Final = frozenset(
    {"river", "ocean", "sea", "lake", "city", "town", "mountain", "mountains", "island", "islands", "desert"}
    | {"fluss", "ozean", "meer", "see", "stadt", "gebirge", "berg", "insel", "inseln", "wuste"}
)
"""Words after a name that only tell what kind of place it is, normalised."""
