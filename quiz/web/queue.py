"""Joins and answers that arrive close together, taken in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.core.content.grading import Response
from quiz.core.session import InvalidTransition
from quiz.errors import QuizError
from quiz.web.line import Line
from quiz.web.protocol import AnswerFrame, Join

TOGETHER: Final = 0.01
"""Seconds within which what arrives shares one commit."""
MOST_ASKED: Final = 2000
"""How many may wait; beyond it they are refused at once."""


@dataclass(frozen=True)
class Asked:
    """What a phone asks for."""

    line: Line
    said: Join | AnswerFrame
    pupil: str = ""
    response: Response | None = None


class Queue:
    """Takes what waits, one batch after another, in the order in which it came."""

    def __init__(
        self,
        join: Callable[[Sequence[tuple[Line, Join]]], Awaitable[None]],
        answer: Callable[[Sequence[tuple[str, Response]]], Awaitable[list[str | None]]],
    ) -> None:
        self._join = join
        self._answer = answer
        self._waiting: list[Asked] = []
        self._task: asyncio.Task[None] | None = None
        self._is_over = False

    def put(self, asked: Asked) -> None:
        """Let something wait for the next batch."""
        if self._is_over or len(self._waiting) >= MOST_ASKED:
            _refuse([asked], "busy")
            return
        self._waiting.append(asked)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._take())

    def end(self) -> None:
        """Take nothing more. A batch that is being saved is saved."""
        self._is_over = True
        _refuse(self._waiting, "busy")
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    async def _take(self) -> None:
        while self._waiting:
            await asyncio.sleep(TOGETHER)
            batch, self._waiting = self._waiting, []
            joins = [asked for asked in batch if isinstance(asked.said, Join)]
            answers = [asked for asked in batch if isinstance(asked.said, AnswerFrame)]
            await self._try(self._let_in, joins)
            await self._try(self._save, answers)

    async def _try(self, step: Callable[[Sequence[Asked]], Awaitable[None]], batch: Sequence[Asked]) -> None:
        """Take a step for those who ask for it, if any do; if it fails, refuse them and nobody else."""
        try:
            if batch:
                await step(batch)
        except QuizError:
            _refuse(batch, "disk")
        except InvalidTransition:
            _refuse(batch, "closed")

    async def _let_in(self, joins: Sequence[Asked]) -> None:
        await self._join([(asked.line, asked.said) for asked in joins if isinstance(asked.said, Join)])

    async def _save(self, answers: Sequence[Asked]) -> None:
        given = [(asked.pupil, asked.response) for asked in answers if asked.response is not None]
        refused = await self._answer(given)
        for asked, why in zip(answers, refused, strict=True):
            if why is None:
                asked.line.tell("sent", n=_number(asked))
            else:
                _refuse([asked], "closed")


def _refuse(asked: Sequence[Asked], why: str) -> None:
    for one in asked:
        one.line.tell("no", n=_number(one), why=why)


def _number(asked: Asked) -> int:
    return asked.said.number if isinstance(asked.said, AnswerFrame) else 0
