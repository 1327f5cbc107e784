"""From a text to a bank: outline, prompt, a stand-in's answer, findings, mending, review, study.

The text in `texts/candle.txt` is the beginning of Michael Faraday's lecture of 1860, which is in the public
domain. Another is read where QUIZ_ARTICLE names its file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.authoring.articles import article_of_text, read_article
from quiz.authoring.outline import names_in, numbers_in
from quiz.authoring.prompt import prompt
from quiz.cli.main import main
from quiz.errors import UsageError
from tests.cli.running import quiz

CANDLE = Path(__file__).parent / "texts" / "candle.txt"
NAMED = os.environ.get("QUIZ_ARTICLE", "")
TEXTS = [pytest.param(CANDLE, id="candle")]
if NAMED:
    TEXTS.append(pytest.param(Path(NAMED), id="named by QUIZ_ARTICLE"))


def answer_on(path: Path) -> list[dict[str, object]]:
    """Return what a stand-in for a writer answers: two sound items, and five with a fault each."""
    article = read_article(path)
    first, second = (one.text.split(". ")[0] for one in article.paragraphs[:2])
    sound = {"rationale": "The text says so.", "kind": "single-choice"}
    return [
        {**sound, "id": "sound", "stem": "What does its first paragraph say?", "key": "What is quoted",
         "distractors": ["Something else", "Its very opposite"], "quote": first},
        {**sound, "id": "another", "stem": "What does its second paragraph say?", "key": "Another thing",
         "distractors": ["Something else", "Its very opposite"], "quote": second},
        {**sound, "id": "no-options", "stem": "Which option is missing here?", "key": "All of them"},
        {**sound, "id": "same-twice", "stem": "Which one is it?", "key": "A", "distractors": ["A", "B"]},
        {**sound, "id": "repeat", "stem": "What does its first paragraph say?", "key": "what is quoted",
         "distractors": ["Nothing"]},
        {**sound, "id": "made-up", "stem": "What did nobody ever write?", "key": "This passage",
         "distractors": ["A letter", "A play"], "quote": "Forty purple otters signed the treaty at noon."},
        {**sound, "id": "wrong-count", "kind": "multiple-response", "stem": "Which two are there?",
         "keys": ["Ink", "Oil", "Wax"], "distractors": ["Tar"]},
    ]  # fmt: skip


FAULTS = {
    "missing-field": "no-options",
    "key-among-distractors": "same-twice",
    "duplicate-item": "repeat",
    "quote-not-found": "made-up",
    "count-mismatch": "wrong-count",
}


def mended(item: dict[str, object]) -> dict[str, object] | None:
    """Return an item as the stand-in mends it, None for one that it gives up."""
    match item["id"]:
        case "no-options":
            return {**item, "key": "Wax", "distractors": ["Ink", "Oil"]}
        case "same-twice":
            return {**item, "distractors": ["B", "C"]}
        case "made-up":
            return {name: value for name, value in item.items() if name != "quote"}
        case "wrong-count":
            return {**item, "keys": ["Ink", "Oil"]}
    return None


GERMAN = """\
Die Donau

Die Donau ist nach der Wolga der zweitlängste Fluss in Europa. Sie entspringt im Schwarzwald und mündet in das
Schwarze Meer; auf dem Weg dorthin fließt sie durch zehn Länder.

Am 13. Juli 1888 wurde der Kanal bei Wien eröffnet. Otto Wagner hat auch die Wehre und Schleusen entworfen,
die nicht nur vor Hochwasser schützen.
"""


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("a.txt", GERMAN, "de"),
        ("a.txt", CANDLE.read_text(encoding="utf-8"), "en"),
        ("a.md", "Il fiume nasce nel nord e non è navigabile per la maggior parte del suo corso.", "it"),
        ("a.txt", "Öl, Gas, Kohle.", "en"),
        ("a.html", f"<html lang='de-AT'><p>{CANDLE.read_text(encoding='utf-8')}</p></html>", "de-AT"),
        ("a.html", f'<html><main class=x lang="nl"><p>{GERMAN}</p></main></html>', "nl"),
        ("a.html", f'<html lang=""><p>{GERMAN}</p></html>', "de"),
    ],
)
def test_a_texts_language_is_that_of_its_bank_and_of_what_is_asked(
    name: str, text: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, bank = tmp_path / name, tmp_path / "made.yaml"
    source.write_text(text, encoding="utf-8")
    assert main(["new", str(bank), "--from", str(source)]) == 0
    assert f"\nlanguage: {language}\n" in bank.read_text(encoding="utf-8")
    capsys.readouterr()
    for named in ([str(bank)], [str(bank), "--from", str(source)], ["--from", str(source)]):
        assert main(["prompt", *named]) == 0
        assert f"in the language “{language}”, of these kinds" in capsys.readouterr().out


def test_a_german_outline_says_where_in_german(tmp_path: Path) -> None:
    (tmp_path / "donau.txt").write_text(GERMAN, encoding="utf-8")
    assert main(["new", str(tmp_path / "donau"), "--from", str(tmp_path / "donau.txt")]) == 0
    made = (tmp_path / "donau.yaml").read_text(encoding="utf-8")
    assert "where: Absätze 1–2" in made
    assert "Otto Wagner [2]" in made
    assert "13. Juli 1888 [2]" in made
    assert "Fluss [1]" not in made


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_becomes_a_bank(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "made", "--from", str(path)]) == 0
    outlined = (tmp_path / "made.yaml").read_text(encoding="utf-8")
    assert "[1] " in outlined
    assert "where: paragraph" in outlined
    capsys.readouterr()
    assert main(["prompt", "made.yaml", "--from", str(path), "--items", "7"]) == 0
    asked = capsys.readouterr().out
    assert "Write 7 items" in asked
    assert read_article(path).paragraphs[-1].text[-40:] in asked
    answer = answer_on(path)
    (tmp_path / "answer").write_text(
        f"Here you are:\n\n```json\n{json.dumps(answer)}\n```\n", encoding="utf-8"
    )
    assert main(["add", "made.yaml", "answer", "--source", str(path)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["code"]: one["item"] for one in told["findings"]} == FAULTS
    assert told["added"] == ["sound", "another", "made-up", "wrong-count"]
    again = [better for item in answer if (better := mended(item)) is not None]
    (tmp_path / "again").write_text(json.dumps(again), encoding="utf-8")
    assert main(["add", "made.yaml", "again", "--source", str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "added": ["no-options", "same-twice"],
        "replaced": ["made-up", "wrong-count"],
        "findings": [],
    }
    held = (tmp_path / "made.yaml").read_text(encoding="utf-8")
    assert held.startswith(outlined.partition("items: []")[0])
    assert main(["check", "made.yaml", "--source", str(path)]) == 0
    out = capsys.readouterr().out
    assert {line.split("[")[1].split("]")[0] for line in out.splitlines() if ": warning[" in line} == {
        "note-never-asked",
        "unwritten-note",
        *(["thin-topic"] if "thin-topic" in out else []),
    }


def test_a_model_can_be_piped_in_and_its_drafts_reviewed_and_studied(tmp_path: Path) -> None:
    home, bank = tmp_path / "home", tmp_path / "made.yaml"
    quiz(home, "new", str(bank), "--from", str(CANDLE))
    asked = quiz(home, "prompt", str(bank), "--from", str(CANDLE)).stdout
    stand_in = (
        "import sys; text = sys.stdin.read(); assert 'What makes a good item' in text;"
        "print('- stem: Who gave the lecture?\\n  kind: short-answer\\n  key: Faraday\\n  rationale: R.')"
    )
    written = subprocess.run(
        [sys.executable, "-c", stand_in], input=asked, capture_output=True, text=True, check=True
    ).stdout
    added = quiz(home, "add", str(bank), "-", typed=written)
    assert json.loads(added.stdout) == {"added": ["lecture"], "replaced": [], "findings": []}
    left = quiz(home, "study", "--plain", str(bank)).stdout
    assert "holds nothing but drafts so far (1 question). “quiz drafts" in left
    refused = quiz(home, "exam", "--plain", str(bank))
    assert (refused.returncode, "nothing but drafts so far" in refused.stderr) == (2, True)
    mine = quiz(home, "study", "--plain", "--set", "drafts=yes", str(bank), typed="\n").stdout
    assert "Who gave the lecture?" in mine
    reviewed = quiz(home, "drafts", "--plain", str(bank), typed="a\n").stdout
    assert "Draft 1 of 1: lecture, short-answer" in reviewed
    assert "status" not in bank.read_text(encoding="utf-8").partition("items:")[2]
    assert "Who gave the lecture?" in quiz(home, "study", "--plain", str(bank), typed="\n").stdout


# --------------------------------------------------------------------------- texts


def test_paragraphs_are_numbered_beneath_their_headings() -> None:
    article = article_of_text("A title\n\nOne. Two.\n\nA heading\n\nThree\nlines.\n\nFour.\n")
    assert article.title == "A title"
    assert [(one.number, one.heading, one.text) for one in article.paragraphs] == [
        (1, "", "One. Two."),
        (2, "A heading", "Three lines."),
        (3, "A heading", "Four."),
    ]


def test_markdown_and_pages_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nA **bold** [word](http://x.y).\n\n## H\nMore `code`.\n", "utf-8")
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><nav><p>Menu.</p></nav><article>"
        "<h1>T</h1><p>A <b>bold</b> word.</p><h2>H</h2><p>More &amp; more.</p></article><footer>End</footer>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    told = [read_article(tmp_path / name) for name in ("a.md", "a.html")]
    assert [article.title for article in told] == ["T", "T"]
    assert [[(one.heading, one.text) for one in article.paragraphs] for article in told] == [
        [("", "A bold word."), ("H", "More code.")],
        [("", "A bold word."), ("H", "More & more.")],
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [("gone.txt", None), ("a.doc", b"x"), ("empty.txt", b" \n"), ("a.pdf", b"%PDF-1.4 no"), ("b.pdf", b"")],
)
def test_a_file_that_holds_no_text_is_refused(name: str, data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError):
        read_article(path)


@pytest.mark.parametrize(("error", "said"), [("DependencyError", "is encrypted"), ("EOFError", "as a PDF")])
def test_a_pdf_that_its_reader_fails_on_is_refused(
    error: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pypdf = pytest.importorskip("pypdf")

    def fail(_: Path) -> None:
        raise getattr(pypdf.errors, error, EOFError)

    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(pypdf, "PdfReader", fail)
    with pytest.raises(UsageError, match=said):
        read_article(tmp_path / "a.pdf")


def test_names_numbers_and_dates_have_their_paragraphs() -> None:
    article = article_of_text(
        "She met Ada Lovelace in May 1843.\n\nThen 40 million came. Ada Lovelace had 7.5% of it.\n"
    )
    first = names_in(article)[0]
    assert (first.text, first.paragraphs) == ("Ada Lovelace", (1, 2))
    assert [one.text for one in numbers_in(article)] == ["40 million", "7.5%"]


def test_what_begins_a_sentence_is_no_name_and_names_are_found_there_too() -> None:
    article = article_of_text(
        "While Ada slept, nobody spoke.\n\nIt was Ada's aunt.\n\nAda woke for a day. For the U.S., no.\n"
    )
    assert [(one.text, one.paragraphs) for one in names_in(article)] == [("Ada", (1, 2, 3)), ("U.S.", (3,))]


def test_a_prompt_is_short_beside_its_text_and_names_what_is_asked() -> None:
    from tests.authoring.banks import bank_of, single

    notes = "notes: {n: {title: N, where: paragraph 7, text: To be written.}}\n"
    bank = bank_of(single("Which river is it?", "Po", "Oder"), notes)
    told = prompt(bank, None, kinds=["cloze", "numeric"], levels=["apply"])
    assert "“cites” is a list of the notes" in told
    assert "* n: N (paragraph 7)" in told
    assert len(told.encode()) < 4096
    assert "Which river is it? → Po" in told
    assert "level-apply" in told
    assert "kind: cloze" in told
    assert "kind: matching" not in told
