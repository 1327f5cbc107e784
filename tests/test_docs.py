"""Pages that are made from the code are those that the code makes."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.cli.commands import all_commands
from quiz.cli.main import parser_of
from scripts import architecture, formats_page, man_page, reference

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_the_page_on_the_format_is_up_to_date() -> None:
    page = (DOCS / "bank-format.md").read_text(encoding="utf-8")
    assert reference.format_page(page) == page, "run scripts/reference.py"


def test_the_page_on_foreign_formats_is_up_to_date() -> None:
    written = formats_page.PAGE.read_text(encoding="utf-8")
    assert formats_page.page(written) == written, "run scripts/formats_page.py"


def test_the_ids_of_keys_are_up_to_date() -> None:
    assert reference.key_ids() == reference.KEY_IDS.read_text(encoding="utf-8"), "run scripts/reference.py"


def test_the_page_on_keys_is_up_to_date() -> None:
    assert reference.keys_page() == (DOCS / "keys.md").read_text(encoding="utf-8"), "run scripts/reference.py"


def test_the_manual_page_is_up_to_date() -> None:
    assert man_page.page() == man_page.PAGE.read_text(encoding="utf-8"), "run scripts/man_page.py"


def test_the_manual_page_tells_every_command_and_option_in_ascii() -> None:
    page = man_page.page()
    assert page.isascii()
    plain = page.replace("\\-", "-")
    for name, command in all_commands().items():
        assert f".SS quiz {name}" in plain
        for option in _options(parser_of(command)):
            assert re.search(rf"^\.(B|BI) .*{option}\b", plain, re.MULTILINE), (name, option)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _options(inner)
        elif action.dest != "help" and action.help != argparse.SUPPRESS:
            yield from action.option_strings


def test_the_page_on_the_architecture_is_up_to_date() -> None:
    written = architecture.PAGE.read_text(encoding="utf-8")
    assert architecture.page(written) == written, "run scripts/architecture.py"


def test_every_block_is_made() -> None:
    page = (DOCS / "bank-format.md").read_text(encoding="utf-8")
    empty = re.sub(r"(<!-- generated: \w+ -->).*?(<!-- end -->)", r"\1\n\2", page, flags=re.DOTALL)
    assert empty != page
    assert reference.format_page(empty) == page


def test_a_stale_page_is_found_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    for name in ("FORMAT_PAGE", "KEYS_PAGE", "KEY_IDS"):
        page = tmp_path / getattr(reference, name).name
        monkeypatch.setattr(reference, name, page)
        page.write_text("<!-- generated: bank -->\nold\n<!-- end -->\n", encoding="utf-8")
    assert reference.main(["--check"]) == 1
    assert capsys.readouterr().err.count("is stale: run scripts/reference.py.") == 3
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0
    assert "`title` | required" in (tmp_path / "bank-format.md").read_text(encoding="utf-8")


def test_every_key_of_a_screen_can_be_another_one_and_says_what_it_does() -> None:
    bound = list(reference._bound())
    assert {"BaseApp", "HomeScreen", "DrillKeys", "PreviewScreen", "RowList", "RowsResponse"} <= {
        cls.__name__ for cls, _ in bound
    }
    for cls, bindings in bound:
        assert len(bindings) == len(vars(cls)["BINDINGS"]), cls.__name__
        for binding in bindings:
            assert binding.id, (cls.__name__, binding.key)
            assert binding.tooltip, (cls.__name__, binding.key)
            assert binding.description, (cls.__name__, binding.key)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_files_that_are_named_are_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for name in re.findall(r"`((?:quiz|tests|scripts|docs)/[\w/.-]+|test_\w+\.py)`", text):
        assert (ROOT / name).exists() or (ROOT / "tests" / "resilience" / name).exists(), name


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (page.parent / target.partition("#")[0]).exists(), target
