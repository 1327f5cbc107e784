"""Moodle XML and QTI: what other programs write that we do not write ourselves."""

from __future__ import annotations

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.numeric import Numeric
from quiz.exchange.archive import Archive, packed
from quiz.exchange.declaration import ForeignFile, Imported
from quiz.exchange.formats import all_formats, recognised
from tests.exchange.formats.samples import bank_of
from tests.strategies import example_of

MOODLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/A//B/C</text></category></question>
<question type="multichoice"><name><text>thirds</text></name>
 <questiontext format="html">
 <text><![CDATA[<p>Which&nbsp;<b>three</b>? <img src="@@PLUGINFILE@@/x.png"></p>]]></text></questiontext>
 <generalfeedback format="html"><text>Because.</text></generalfeedback><single>false</single>
 <answer fraction="33.33333"><text>a</text><feedback><text>yes</text></feedback></answer>
 <answer fraction="33.33333"><text>b</text></answer><answer fraction="33.33333"><text>c</text></answer>
 <answer fraction="-50"><text>d &lt; e</text></answer>
 <tags><tag><text>two words</text></tag></tags></question>
<question type="numerical"><name><text>n</text></name><questiontext><text>How far?</text></questiontext>
 <answer fraction="100"><text>12.5</text><tolerance>0.5</tolerance></answer>
 <units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit>
 <unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units></question>
<question type="cloze"><name><text>c</text></name><questiontext format="html">
 <text>The {1:SHORTANSWER:=sun~%100%Sun~%50%star#nearly~%0%moon} is {2:MULTICHOICE:hot~=very hot}.</text>
 </questiontext></question>
<question type="truefalse"><name><text>t</text></name><questiontext><text>Is it?</text></questiontext>
 <answer fraction="0"><text>true</text><feedback><text>No.</text></feedback></answer>
 <answer fraction="100"><text>false</text></answer></question>
<question type="essay"><name><text>e</text></name><questiontext><text>Write.</text></questiontext></question>
<question type="stack"><name><text>s</text></name><questiontext><text>Odd.</text></questiontext></question>
</quiz>
"""


def read(data: str | bytes, name: str, expected: str) -> Imported:
    source = ForeignFile(name, data if isinstance(data, bytes) else data.encode())
    form = recognised(source)
    assert form is not None
    assert form.name == expected
    assert form.read is not None
    return form.read(source)


def bank_in(imported: Imported) -> Bank:
    assert imported.bank is not None, imported.refusals
    return imported.bank


def test_moodle_xml() -> None:
    imported = read(MOODLE, "some.xml", "moodle-xml")
    choice, number, cloze, truth = bank_in(imported).items
    assert choice.grade(Chosen(("a", "b", "c"))).score == 1
    assert choice.tags == ("two-words",)
    assert bank_in(imported).topics[choice.topic] == "A/B › C"
    assert isinstance(number, Numeric)
    assert (number.key, number.tolerance, number.unit) == ("12.5", "0.5", "km")
    assert isinstance(cloze, Cloze)
    assert cloze.text == "The {{sun}} is {{very hot}}."
    assert cloze.grade(Entered(("sun", "very hot"))).score == 1
    assert cloze.grade(Entered(("moon", "hot"))).score == 0
    assert truth.key_text() == "False"
    assert [refusal.place for refusal in imported.refusals] == ["question 5 (e)", "question 6 (s)"]
    assert "“stack”" in imported.refusals[1].why
    assert {loss.what for loss in imported.losses} >= {
        "the picture x.png",
        "units of another size",
        "partial credit",
    }


def qti2(declaration: str, body: str, name: str = "one") -> str:
    space = "http://www.imsglobal.org/xsd/imsqti_v2p1"
    head = f'<assessmentItem xmlns="{space}" identifier="{name}" title="{name}">'
    return f"{head}{declaration}<itemBody>{body}</itemBody></assessmentItem>"


def declared(values: str, cardinality: str = "single", name: str = "R", kind: str = "identifier") -> str:
    shown = "".join(f"<value>{value}</value>" for value in values.split(","))
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">'
        f"<correctResponse>{shown}</correctResponse></responseDeclaration>"
    )


def tagged(tag: str, **texts: str) -> str:
    return "".join(f'<{tag} identifier="{name}">{text}</{tag}>' for name, text in texts.items())


def interaction(kind: str, inner: str) -> str:
    return f'<{kind}Interaction responseIdentifier="R">{inner}</{kind}Interaction>'


def test_qti_2_interactions() -> None:
    options = tagged("simpleChoice", a="a", b="b", c="c")
    pairs = declared("l1 r1,l2 r2", "multiple", kind="directedPair")
    sets = "".join(
        f"<simpleMatchSet>{tagged('simpleAssociableChoice', **side)}</simpleMatchSet>"
        for side in ({"l1": "France", "l2": "Italy"}, {"r1": "Paris", "r2": "Rome"})
    )
    words = tagged("gapText", w1="sun", w2="moon")
    inline = interaction("inlineChoice", tagged("inlineChoice", i1="moon", i2="sun"))
    documents = {
        "c": (declared("b"), interaction("choice", f"<prompt>Which?</prompt>{options}")),
        "e": (declared("sun", kind="string"), f"<p>What shines? {interaction('textEntry', '')}</p>"),
        "o": (declared("b,a,c", "ordered"), interaction("order", f"<prompt>Order.</prompt>{options}")),
        "m": (pairs, interaction("match", f"<prompt>Match.</prompt>{sets}")),
        "g": (
            declared("w1 g1", "multiple", kind="directedPair"),
            interaction("gapMatch", f'{words}<p>The <gap identifier="g1"/> shines.</p>'),
        ),
        "i": (declared("i2"), f"<p>The {inline} is hot.</p>"),
        "h": (declared("a"), interaction("hotspot", "")),
    }
    files = {f"{name}.xml": qti2(*parts, name).encode() for name, parts in documents.items()}
    package = packed({"imsmanifest.xml": b"<manifest/>", **files})
    imported = read(package, "some.zip", "qti")
    assert {item.id: (item.kind, item.key_text()) for item in bank_in(imported).items} == {
        "c": ("single-choice", "b"),
        "e": ("short-answer", "sun"),
        "o": ("ordering", "b → a → c"),
        "m": ("matching", "France — Paris; Italy — Rome"),
        "g": ("cloze", "The sun shines."),
        "i": ("cloze", "The sun is hot."),
    }
    (refusal,) = imported.refusals
    assert "hotspot" in refusal.why


def test_a_package_of_qti_says_what_it_is_called() -> None:
    form = all_formats()["qti"]
    assert form.write
    assert form.read
    bank = msgspec.structs.replace(bank_of(example_of("true-false")), title="Rivers & seas", summary="Wet.")
    data = form.write(bank, {}).data
    told = Archive(data).read("a-bank/assessment_meta.xml").decode()
    assert "<title>Rivers &amp; seas</title><description>Wet.</description>" in told
    back = form.read(ForeignFile("x.zip", data)).bank
    assert back is not None
    assert back.title == "Rivers & seas"


def test_blanks_may_be_graded_by_what_is_typed() -> None:
    """As qti-package-maker writes them for Canvas."""
    gaps = "".join(
        f'<response_lid ident="response_{name}"><material><mattext>{name}</mattext></material><render_choice>'
        f'<response_label ident="{name}1"><material><mattext>{key}</mattext></material></response_label>'
        "</render_choice></response_lid>"
        for name, key in (("a", "sky"), ("b", "blue"))
    )
    graded = "".join(
        f'<respcondition><conditionvar><varequal respident="response_{name}">{key}</varequal></conditionvar>'
        '<setvar action="Add" varname="SCORE">50</setvar></respcondition>'
        for name, key in (("a", "sky"), ("b", "blue"))
    )
    source = (
        '<questestinterop><item ident="i"><itemmetadata><qtimetadata><qtimetadatafield>'
        "<fieldlabel>question_type</fieldlabel><fieldentry>fill_in_multiple_blanks_question</fieldentry>"
        "</qtimetadatafield></qtimetadata></itemmetadata><presentation><material>"
        f'<mattext texttype="text/html">The [a] is [b].</mattext></material>{gaps}</presentation>'
        f"<resprocessing>{graded}</resprocessing></item></questestinterop>"
    )
    form = all_formats()["qti"]
    assert form.read
    bank = form.read(ForeignFile("x.xml", source.encode())).bank
    assert bank is not None
    assert bank.items[0].text == "The {{sky}} is {{blue}}."  # type: ignore[attr-defined]
