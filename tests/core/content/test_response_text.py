"""Responses on one line."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.content.response_text import response_text


@pytest.mark.parametrize(
    ("response", "text"),
    [
        (None, ""),
        (Chosen(("Paris", "Lyon")), "Paris; Lyon"),
        (Entered(("Moscow", " ", "cluster")), "Moscow; –; cluster"),
        (Entered((" ", "")), ""),
        (Ordered(("one", "two")), "one → two"),
        (Matched({"France": "Paris"}), "France — Paris"),
        (Sorted({"apple": "Fruit", "leek": "Greens", "pear": "Fruit"}), "Fruit: apple, pear; Greens: leek"),
        (Recalled(3), "Good"),
        (Recalled(0), ""),
    ],
)
def test_a_response_reads_on_one_line(response: Response | None, text: str) -> None:
    assert response_text(response) == text
