import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "arguments",
    [["list", "--\x1b]52;c;eA==\x07"], ["--\x1b[31mno"], ["exam", "--items", "\x1b[2J"], ["\x1b[31m.yaml"]],
)
def test_what_was_typed_wrong_is_shown_without_what_a_terminal_would_obey(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "quiz", *arguments], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr + done.stdout
    assert b"\x07" not in done.stderr + done.stdout
