"""What the wall and the phones are shown: everything that helps, and no key before its time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from quiz.core.content.grading import Chosen, Entered, Response
from quiz.core.drill.card_round import takes_cards
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import all_formats
from quiz.core.drill.room import Room
from quiz.core.drill.settings import Channel, DrillSettings, Stage
from quiz.core.session import InvalidTransition
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.web.shown import Resources
from quiz.web.states import States
from quiz.web.wall import Options
from tests.drills import TOLD
from tests.fakes import FakeClock, make_workspace
from tests.web.still_host import StillHost

TWO_KEYS = """\
format: 1
bank: secret
title: Secrets
notes: {{n: {{title: A note, text: Whoever reads SECRET{a} knows.}}}}
items:
  - {{id: a, stem: 'Which?', key: '{a}', distractors: ['1', {{text: '{b}', feedback: SECRET{a} it is.}}],
      rationale: SECRET{a}, cites: [n], hint: SECRET{a}, quote: SECRET{a}}}
  - {{id: b, kind: multiple-response, stem: 'Which two?', keys: ['1', '{a}'], distractors: ['{b}', '7'],
      rationale: SECRET{a}}}
  - {{id: c, kind: true-false, stem: 'So?', key: {truth}, rationale: SECRET{a}, feedback: SECRET{a}}}
  - {{id: d, kind: numeric, stem: 'How many?', key: {a}{a}, rationale: SECRET{a}}}
  - {{id: e, kind: short-answer, stem: 'A word?', key: SECRET{a}, accept: [SECRET{a}s], rationale: SECRET{a}}}
  - {{id: f, kind: flashcard, stem: 'Turn it?', back: SECRET{a}, rationale: SECRET{a}}}
  - {{id: g, kind: cloze, stem: 'Fill it.', text: 'The {{{{SECRET{a}}}}} is here.', rationale: SECRET{a}}}
"""


def frames(live: LiveDrill[Any], pupil: str) -> list[bytes]:
    """Return the frames of the wall and of a phone."""
    host: Any = StillHost(live)
    states = States(host, Resources(lambda *_: "", lambda *_: []))
    room, member = Room(session="s", secret="ab" * 32, pin="123456", is_lan=True).with_member(pupil)
    states.renew(room, ("http://10.0.0.4:80/",), Options(with_names=True, with_join=True), 1)
    return [states.of_wall()[1], states.of_phone(member)[1]]


def wrong_answer(drill: Drill) -> Response | None:
    """Return an answer that is wrong whatever the key is, if there is one."""
    if drill.options:
        wrong = next((option for option in "71" if option in drill.options), None)
        return None if wrong is None else Chosen((wrong,))
    return Entered(("nothing",))


def steps(live: LiveDrill[Any]) -> Iterator[None]:
    """Do to a drill what its format can, one thing after another, and never show a key before the end."""
    name = live.drill.name
    commands: dict[str, Sequence[Callable[[Any, int], Any]]] = {
        "vote": [
            lambda d, at: d.count(0, 3, at), lambda d, at: d.close(at), lambda d, at: d.vote_again(at),
            lambda d, at: d.close(at), lambda d, at: d.reveal(at), lambda d, at: d.next(at),
        ],
        "everyone": [lambda d, at: d.close(at), lambda d, at: d.reveal(at), lambda d, at: d.next(at)],
        "hot-seat": [
            lambda d, at: d.draw(at), lambda d, at: d.reveal(at), lambda d, at: d.judge(at, is_right=False),
            lambda d, at: d.next(at),
        ],
        "buzz": [
            lambda d, at: d.buzz("team-1", at), lambda d, at: d.judge(at, is_right=False),
            lambda d, at: d.reveal(at), lambda d, at: d.next(at),
        ],
        "sprint": [lambda d, at: d.judge(at, is_right=False)],
    }  # fmt: skip
    live.append(live.drill.start(live.now()))
    yield
    for _ in live.drill.header.items:
        for command in commands[name]:
            drill = live.drill
            wrong = wrong_answer(drill) if drill.takes_answers and drill.here else None
            if wrong is not None:
                live.take_answers([(drill.here[0], wrong, Channel.PHONE)])
                yield
            with suppress(InvalidTransition):  # not every command fits every item
                live.append(command(live.drill, live.now()))
            yield
            if live.drill.stage is Stage.FINISHED:
                return


@pytest.mark.parametrize("which", list(all_formats()))
def test_no_frame_depends_on_the_key_before_it_is_shown(
    which: str, tmp_path: Path, bank_file: Callable[..., Path]
) -> None:
    lives = []
    told = {"pupils": ("#1", "#2")} if which == "everyone" else dict(TOLD.get(which, {}))
    for place, (a, b, truth) in enumerate([("2", "3", "true"), ("3", "2", "false")]):
        (tmp_path / str(place)).mkdir()
        bank = bank_file(TWO_KEYS.format(a=a, b=b, truth=truth), f"{place}.yaml")
        workspace = make_workspace(tmp_path / str(place), bank, clock=FakeClock())
        settings = DrillSettings(format=which, **told)
        lives.append(start_drill(workspace, DrillPlan(settings=settings, seed=5)))
    seen, hidden = 0, 0
    for _ in zip(steps(lives[0]), steps(lives[1]), strict=True):
        drills = [live.drill for live in lives]
        pupil = (drills[0].here or ("#1",))[0]
        one, other = (frames(live, pupil) for live in lives)
        if drills[0].is_revealed and drills[0].stage is not Stage.FINISHED:
            seen += one != other
            continue
        hidden += 1
        assert one == other
        assert b"SECRET" not in b"".join(one + other)
    assert hidden >= 7
    assert seen or which == "sprint"
    for live in lives:
        live.record.close()


def test_a_frame_says_who_is_missing_by_name_only_if_asked(
    tmp_path: Path, bank_file: Callable[..., Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(TWO_KEYS.format(a="2", b="3", truth="true")))
    live = start_drill(
        workspace, DrillPlan(settings=DrillSettings(format="everyone", pupils=("#1", "#2")), seed=5)
    )
    live.append(live.drill.start(live.now()))
    states = States(StillHost(live), Resources(lambda *_: "", lambda *_: []))  # type: ignore[arg-type]
    room = Room(session="s", secret="ab" * 32, pin="123456", is_lan=True)
    for with_names in (False, True):
        states.renew(room, (), Options(with_names=with_names), 0)
        told = json.loads(states.of_wall()[1])["own"]
        assert (told["here"], told["missing"]) == (2, 2)
        assert told["names"] == (["Pupil 1", "Pupil 2"] if with_names else [])
    assert told["join"] is None
    workspace.record.close()


def test_the_wall_shows_whose_cards_are_read_by_numbers_and_never_what(
    tmp_path: Path, bank_file: Callable[..., Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(TWO_KEYS.format(a="2", b="3", truth="true")))
    listed = workspace.record.class_lists.add("7b", ["Ada", "Bo", "Cy", "Di"]).class_list
    workspace.record.class_lists.forget_pupils([listed.pupils[1].id])
    pupils = tuple(pupil.id for pupil in listed.pupils if pupil.name != "Bo")
    plan = DrillPlan(settings=DrillSettings(format="everyone", pupils=pupils, class_list=listed.id), seed=5)
    live = start_drill(workspace, plan)
    live.append(live.drill.start(live.now()))
    while not takes_cards(live.drill):
        live.append(live.drill.skip(live.now()))
    answer = Chosen(live.drill.options[:1])

    def read() -> str:
        return str(json.loads(frames(live, pupils[0])[0])["own"]["read"])

    live.answer(pupils[0], answer, Channel.DESK)
    assert read() == ""
    live.answer(pupils[1], answer, Channel.CARD)
    assert read() == "2 of 3; missing 4"
    live.append(live.drill.close(live.now()))
    assert read() == "2 of 3; missing 4"
    live.append(live.drill.reveal(live.now()))
    assert read() == ""
    workspace.record.close()


def test_true_and_false_are_said_in_the_language_of_the_wall(
    tmp_path: Path, bank_file: Callable[..., Path]
) -> None:
    bank = bank_file(
        "format: 1\nbank: tf\ntitle: Wahr?\nlanguage: de\nitems:\n"
        "  - {id: a, kind: true-false, stem: So?, key: true}\n"
    )
    workspace = make_workspace(tmp_path, bank, clock=FakeClock())
    live = start_drill(workspace, DrillPlan(settings=DrillSettings(format="everyone", pupils=("#1",))))
    for command in ("start", "close", "reveal"):
        live.append(getattr(live.drill, command)(live.now()))
    for frame in frames(live, "#1"):
        told = json.loads(frame)["all"]
        assert [one["text"][0][1] for one in told["item"]["options"]] == ["Wahr", "Falsch"]
        assert told["key"]["text"][0][1] == "Wahr"
    workspace.record.close()


def test_a_vote_has_no_board_on_the_wall(tmp_path: Path, bank_file: Callable[..., Path]) -> None:
    workspace = make_workspace(tmp_path, bank_file(TWO_KEYS.format(a="2", b="3", truth="true")))
    live = start_drill(workspace, DrillPlan(settings=DrillSettings(format="vote", pupils=("#1",)), seed=5))
    for _ in steps(live):
        told = json.loads(frames(live, "#1")[0])["own"]
        assert told["board"] is None
    assert live.drill.scores
    workspace.record.close()
