"""Asking in lines what to do where the record is gone."""

from __future__ import annotations

from quiz.errors import RecordError
from quiz.plain.console import Console, Leave
from quiz.services.missing_record import MissingRecord, described


def ask_in_lines(missing: MissingRecord, console: Console) -> bool:
    """Ask until there is a record again or the person leaves; return whether there is one."""
    console.say(missing.said)
    while True:
        if missing.copies:
            console.say(f"  r  restore the newest: {described(missing.copies[0])}")
            console.say("  l  list all copies")
        console.say("  n  begin an empty record; the copies stay")
        console.say("  q  leave quiz and change nothing")
        try:
            said = console.ask("What is to be done").strip().lower()
        except Leave:
            return False
        try:
            if said == "q":
                return False
            if said == "n":
                missing.begin_anew()
                return True
            if said == "r" and missing.copies:
                missing.restore(missing.copies[0])
                return True
            if said == "l":
                _list_copies(missing, console)
            elif said.isdecimal() and 1 <= int(said[:9]) <= len(missing.copies):
                missing.restore(missing.copies[int(said) - 1])
                return True
        except RecordError as error:
            console.say(str(error))


def _list_copies(missing: MissingRecord, console: Console) -> None:
    for number, copy in enumerate(missing.copies, 1):
        console.say(f"  {number}  {described(copy)}")
    console.say("A number restores that copy.")
