"""Which typed answers pass, which pass as slips, and which must not."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quiz.core.text.answer_matching import ENDINGS, OPPOSITES, MatchKind, find, normalised
from tests.sampling import tries
from tests.strategies import ABSURD, LETTERS, any_text, steady, words

languages = st.sampled_from(["en", "de", "fr", "it", "ja"])
EXACT, NEAR, NONE = MatchKind.EXACT, MatchKind.NEAR, MatchKind.NONE


def fit(typed: str, meant: str, *refused: str, language: str = "en") -> MatchKind:
    return find(typed, [meant], refused=refused, language=language).fit


# --------------------------------------------------------------------------- what makes no difference


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pacific", "Pacific"), ("PACIFIC", "Pacific"), ("  Pacific  ", "Pacific"), ("Pacific\t", "Pacific"),
        ("Pacific.", "Pacific"), ('"Pacific"', "Pacific"), ("Silicon   Valley", "Silicon Valley"),
        ("the Pacific", "Pacific"), ("Pacific", "the Pacific"), ("a cat", "the cat"), ("an owl", "owl"),
        ("startup", "start-up"), ("start-up", "start up"), ("start up", "startup"), ("start‑up", "startup"),
        ("e-mail", "email"), ("co–operation", "cooperation"), ("time line", "timeline"),
        ("resume", "résumé"), ("Zurich", "Zürich"), ("Sao Paulo", "São Paulo"), ("Skłodowska", "Sklodowska"),
        ("Malmo", "Malmö"), ("smorrebrod", "smørrebrød"), ("Strasse", "Straße"), ("STRASSE", "Straße"),
        ("oeuvre", "œuvre"), ("Aether", "Æther"), ("Istanbul", "İstanbul"), ("Diyarbakir", "Diyarbakır"),
        ("don't", "don’t"), ("dont", "don’t"), ("'tis", "‘tis"), ("“hello”", '"hello"'),
        ("O'Brien", "O’Brien"),
        ("ＡＢＣ", "abc"), ("ﬁsh", "fish"), ("Pac\u00adific", "Pacific"), ("Pacific\u200b", "Pacific"),
        ("\ufeffPacific", "Pacific"), ("e\u0301tude", "\u00e9tude"), ("H2O", "H₂O"), ("CO2", "CO₂"),
        ("Boeing747", "Boeing 747"), ("boeing-747", "Boeing 747"), ("1,500 people", "1500 people"),
        ("1 500 people", "1,500 people"), ("12:30", "12.30"), ("2010/06/23", "2010-06-23"), ("-5", "−5"),
        ("−5 °C", "-5 °C"), ("10^2", "10²"), ("10^-3", "10⁻³"), ("C++", "c++"), ("R&D", "r & d"), ("A", "a"),
        ("an A", "A"),
        ("Москва", "москва"), ("ΣΊΣΥΦΟΣ", "Σίσυφος"), ("東京", "東京"), ("...", "..."), ("+", "+"),
    ],
)  # fmt: skip
def test_it_is_the_same(typed: str, meant: str) -> None:
    assert fit(typed, meant) is EXACT
    assert fit(meant, typed) is EXACT


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("de", "Eiffelturm", "der Eiffelturm"), ("de-AT", "ein Haus", "das Haus"), ("fr", "l'eau", "eau"),
        ("fr", "L’Oréal", "oreal"), ("es", "los Andes", "Andes"), ("it", "gli Stati Uniti", "Stati Uniti"),
        ("pt-BR", "o Brasil", "Brasil"), ("nl", "het huis", "huis"), ("de", "1.500 Leute", "1500 Leute"),
    ],
)  # fmt: skip
def test_it_is_the_same_in_its_language(language: str, typed: str, meant: str) -> None:
    assert fit(typed, meant, language=language) is EXACT
    assert fit(typed, meant, language="zz") is not EXACT


# --------------------------------------------------------------------------- slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Pacfic", "Pacific"), ("Paciffic", "Pacific"), ("Pacifik", "Pacific"), ("Pacfiic", "Pacific"),
        ("Missisippi", "Mississippi"), ("Misissipi", "Mississippi"), ("entrepeneur", "entrepreneur"),
        ("Silicon Vally", "Silicon Valley"), ("Pacfic Ocaen", "Pacific Ocean"),
        ("Sillicon Valey", "Silicon Valley"),
        ("definately", "definitely"),
        ("recieve", "receive"), ("seperate", "separate"), ("goverment", "government"),
        ("acommodate", "accommodate"),
        ("Medvedyev", "Medvedev"), ("Dimitry", "Dmitry"), ("Skolkova", "Skolkovo"), ("Koeln", "Köln"),
        ("Mueller", "Müller"), ("independant", "independent"), ("rythm", "rhythm"), ("diaspera", "diaspora"),
    ],
)  # fmt: skip
def test_it_is_a_slip(typed: str, meant: str) -> None:
    assert fit(typed, meant) is NEAR


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # the opposite, or the counterpart
        ("decrease", "increase"), ("export", "import"), ("illegal", "legal"), ("legal", "illegal"),
        ("exclude", "include"), ("hypotension", "hypertension"), ("intrastate", "interstate"),
        ("proscribe", "prescribe"), ("microeconomics", "macroeconomics"), ("underestimate", "overestimate"),
        ("immigrate", "emigrate"), ("employee", "employer"), ("lessee", "lessor"), ("careless", "careful"),
        ("unusual", "usual"), ("usual", "unusual"), ("inimitable", "imitable"), ("nonfiction", "fiction"),
        ("endothermic", "exothermic"), ("minimum", "maximum"), ("minimise", "maximise"),
        ("antibody", "antebody"),
        ("adduction", "abduction"), ("absorption", "adsorption"), ("hydrophobic", "hydrophilic"),
        ("output", "input"), ("downstream", "upstream"), ("implicit", "explicit"), ("inflation", "deflation"),
        # numbers, and anything with a digit
        ("1900", "1990"), ("1917", "1918"), ("B-52", "B-51"), ("H2O2", "H2O"), ("42", "24"), ("15", "1.5"),
        ("1230", "12:30"), ("12", "1/2"), ("5", "-5"), ("-5", "5"), ("102", "10²"), ("1500", "15 00"),
        ("3 4", "34"), ("10^3", "10^2"), ("20 km", "2.0 km"),
        # short words
        ("cat", "cut"), ("an", "on"), ("Ian", "Iran"), ("EU", "UN"), ("USS", "USA"), ("no", "not"),
        ("ear", "era"), ("for", "four"), ("four", "for"),
        # negations, and words too many or too few
        ("not guilty", "guilty"), ("guilty", "not guilty"), ("without tax", "with tax"), ("klein", "kein"),
        ("kein", "klein"), ("Nacht", "nicht"), ("newer", "never"), ("never", "newer"), ("never", "ever"),
        ("north", "north pole"), ("Pacific Rim", "Pacific"), ("no one", "one"),
        # another first letter, other symbols, too many slips
        ("bacific", "Pacific"), ("C", "C++"), ("C#", "C"), ("R", "R&D"), ("$5", "5"), ("50", "50%"),
        ("<", ">"),
        ("Pcfic", "Pacific"), ("Pcfic Ocean", "Pacific Ocean"), ("Misispi", "Mississippi"),
        ("Austria", "Australia"),
        ("Slovenia", "Slovakia"), ("cxxrxxt", "current"), ("Atlantic", "Pacific"),
        ("silicone valleys", "Silicon Valley Area"),
        # an article that is a name
        ("vitamin", "Vitamin A"), ("hepatitis B", "Hepatitis A"), ("plan", "Plan A"),
        # nothing
        ("", "Pacific"), (" ", "Pacific"), ("?", "Pacific"), ("the", "Pacific"), ("-", "Pacific"),
    ],
)  # fmt: skip
def test_it_is_something_else(typed: str, meant: str) -> None:
    assert fit(typed, meant) is NONE


@pytest.mark.parametrize(
    ("typed", "meant", "refused"),
    [
        ("desert", "dessert", "desert"),
        ("Iraq", "Iran", "Iraq"),
        ("the iraq", "Iran", "Iraq"),
        ("Monet", "Manet", "Monet"),
        ("Mnet", "Manet", "Monet"),
        ("stalagmite", "stalactite", "stalagmite"),
        ("Lake Ladoga", "Lake Ladogo", "Lake Ladoga"),
    ],
)
def test_what_says_or_nearly_says_a_refused_text_is_no_slip(typed: str, meant: str, refused: str) -> None:
    assert fit(typed, meant) is not NONE
    assert fit(typed, meant, refused) is NONE
    assert fit(typed, meant, "something else", refused) is NONE


def test_a_refused_text_far_away_changes_nothing() -> None:
    assert fit("Pacfic", "Pacific", "Atlantic", "Indian") is NEAR
    assert fit("Pacific", "Pacific", "Pacifik") is EXACT


def test_a_refused_text_that_is_a_variant_as_well_changes_nothing() -> None:
    assert fit("evaporatoin", "evaporation", "Evaporation") is NEAR


def test_the_variant_found_is_the_one_meant() -> None:
    variants = ["Pacific", "Pacific Ocean", "Mar del Sur"]
    assert find("mar del sur", variants) == (EXACT, 2)
    assert find("pacific oceann", variants) == (NEAR, 1)
    assert find("pacfic", variants) == (NEAR, 0)
    assert find("x", variants) == (NONE, -1)
    assert find("pacific", ["pacifik", "pacific"]) == (EXACT, 1)
    assert find("pacifica", ["pacificccc", "pacificat", "atlantic"]) == (NEAR, 1)


def test_without_forgiving_a_slip_is_wrong() -> None:
    assert find("Pacfic", ["Pacific"], strict=frozenset({"spelling"})).fit is NONE
    assert find("the pacific", ["Pacific"], strict=frozenset({"spelling"})).fit is EXACT


@pytest.mark.parametrize("language", ["en", "de", "fr", "und", "", "tlh-Latn"])
def test_it_never_raises_on_absurd_texts(language: str) -> None:
    for text in ABSURD:
        assert find(text, ["Pacific", text], refused=["Atlantic"], language=language).fit in MatchKind
        assert find("Pacific", [text], refused=[text], language=language).fit in MatchKind


@settings(steady, max_examples=tries(150))
@given(text=st.text(st.characters(max_codepoint=127)), language=st.sampled_from(["en", "de", "ja"]))
@example(text="The 1,234 a -5 U.S.A. 2-3", language="en")
@example(text="Der 1.234 an - 5", language="de")
def test_plain_letters_are_read_like_all_others(text: str, language: str) -> None:
    assert normalised(f"{text} fin", language) == normalised(f"{text} \ufb01n", language)


@settings(steady, max_examples=tries(150))
@given(typed=any_text, meant=st.lists(any_text, max_size=3), refused=st.lists(any_text, max_size=3))
def test_it_never_raises_and_finds_what_is_there(typed: str, meant: list[str], refused: list[str]) -> None:
    found = find(typed, meant, refused=refused)
    assert (found.fit is NONE) == (found.place == -1)
    assert -1 <= found.place < len(meant)


@settings(steady, max_examples=tries(150))
@given(text=words, others=st.lists(words, max_size=3), language=languages)
def test_the_text_itself_is_always_found(text: str, others: list[str], language: str) -> None:
    found = find(text, [*others, text], refused=others, language=language)
    assert found.fit is EXACT
    assert normalised(found_text := [*others, text][found.place], language) == normalised(text, language) or (
        normalised(found_text, language).replace(" ", "") == normalised(text, language).replace(" ", "")
    )


@settings(steady, max_examples=tries(150))
@given(text=any_text, language=languages)
def test_normalising_twice_is_normalising_once(text: str, language: str) -> None:
    once = normalised(text, language)
    assert normalised(once, language) == once


short_words = st.text(LETTERS[:26], min_size=1, max_size=3)
long_words = st.text(LETTERS[:26], min_size=8, max_size=16)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """Return a long word and the same with one slip in its middle."""
    word = draw(long_words)
    place = draw(st.integers(2, len(word) - 3))
    letter = draw(st.sampled_from(LETTERS[:26]))
    made = draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    return word, made


def is_turned(one: str, other: str) -> bool:
    """Say whether two words are each other's opposites by their beginnings or endings."""
    pairs = [(f"{a}", f"{b}") for a, b in OPPOSITES] + [(b, a) for a, b in OPPOSITES]
    ends = [*ENDINGS, *((b, a) for a, b in ENDINGS)]
    return any(other == b + one.removeprefix(a) for a, b in pairs if one.startswith(a)) or any(
        other == one.removesuffix(a) + b for a, b in ends if one.endswith(a)
    )


@settings(steady, max_examples=tries(300))
@given(pair=slips())
def test_one_slip_in_the_middle_of_a_long_word_passes_unless_refused(pair: tuple[str, str]) -> None:
    word, slip = pair
    assume(word != slip and not is_turned(word, slip))
    assert fit(slip, word) is NEAR
    assert fit(word, slip) is NEAR
    assert fit(slip, word, slip) is NONE


@settings(steady, max_examples=tries(100))
@given(pair=slips(), digit=st.sampled_from("0123456789"))
@example(pair=("abcdefgh", "abcdegh"), digit="1")
def test_no_slip_passes_in_what_holds_a_digit(pair: tuple[str, str], digit: str) -> None:
    word, slip = (text + digit for text in pair)
    assume(word != slip)
    assert fit(slip, word) is NONE


@settings(steady, max_examples=tries(100))
@given(typed=short_words, meant=st.text(LETTERS[:26], min_size=1, max_size=5))
def test_short_words_are_right_or_wrong(typed: str, meant: str) -> None:
    same = normalised(typed) == normalised(meant)
    assert fit(typed, meant) is (EXACT if same else NONE)
    assert fit(meant, typed) is (EXACT if same else NONE)


@settings(steady, max_examples=tries(150))
@given(one=words, other=words, capitals=st.booleans())
def test_being_the_same_goes_both_ways(one: str, other: str, *, capitals: bool) -> None:
    there = find(one, [other], strict=frozenset({"case"} if capitals else ())).fit is EXACT
    back = find(other, [one], strict=frozenset({"case"} if capitals else ())).fit is EXACT
    assert there == back


@settings(steady, max_examples=tries(200))
@given(
    word=long_words, edits=st.lists(st.tuples(st.integers(1, 15), st.sampled_from(LETTERS[:26])), max_size=5)
)
def test_only_one_or_two_slips_pass(word: str, edits: list[tuple[int, str]]) -> None:
    typed = word
    for place, letter in edits:
        typed = typed[:place] + letter + typed[place + 1 :]
    slips = sum(one != other for one, other in zip(word, typed, strict=False)) + abs(len(word) - len(typed))
    assume(OSA.distance(word, typed) == slips and not is_turned(word, typed))
    most = 1 if len(word) < 10 else 2
    assert fit(typed, word) is (EXACT if slips == 0 else NEAR if slips <= most else NONE)
