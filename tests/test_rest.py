"""Knowing when an app under test has come to rest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.rest import IN_THREADS


def test_work_in_a_thread_is_waited_for_until_it_is_done_or_called_off() -> None:
    executor, go = ThreadPoolExecutor(1), Event()
    before = len(IN_THREADS)
    for _ in range(3):
        executor.submit(go.wait)
    assert len(IN_THREADS) == before + 3
    executor.shutdown(wait=False, cancel_futures=True)
    go.set()
    executor.shutdown()
    assert len(IN_THREADS) == before
