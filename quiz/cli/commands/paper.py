"""`quiz paper`: write an exam for printing, and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.core.exam.form_code import FormCode
    from quiz.core.exam.settings import ExamSettings

NAME = "paper"
HELP = "write an exam for printing, and its key to a second file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.commands.exam import add_form_arguments
    from quiz.cli.startup import add_bank_arguments, add_filter_arguments

    add_bank_arguments(parser)
    add_filter_arguments(parser)
    add_form_arguments(parser)
    add = parser.add_argument
    add("--forms", metavar="LETTERS", default="A", help="the same questions in several orders, such as AB")
    add("--class", metavar="CLASS", dest="class_name", default="", help="the class, for the head of the page")
    add("--title", default="", help="the title (default: the banks' titles)")
    add("--large", action="store_true", help="in 18 points instead of 11")
    add("--size", choices=["a4", "letter"], default="a4", help="the size of the sheets")
    add("--grid", action="store_true", help="add an answer sheet to each form")
    add(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="the file; the key is written beside it, as FILE-key",
    )


def run(args: argparse.Namespace) -> int:
    """Write the exam and its key.

    Raises:
        UsageError: a bank, topic or tag is not there, nothing is left to ask, or a file cannot be written.
    """
    import sys
    from pathlib import Path

    from quiz.cli.commands.exam import code_from, seed_from, settings_from
    from quiz.cli.render_diagnostics import print_lines
    from quiz.cli.startup import chosen_banks, flags_of, open_workspace
    from quiz.core.exam.marking import UnreadableMarks, forms_named
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError
    from quiz.exchange.paper_page import Paper, exam_page, key_page
    from quiz.services.exam import paper as papers
    from quiz.services.exam.start import new_seed, with_code
    from quiz.services.report_files import write_report

    settings, seed, code = settings_from(args), seed_from(args), code_from(args)
    try:
        letters = forms_named(args.forms)
    except UnreadableMarks as error:
        raise UsageError(str(error), "For example: --forms AB") from None
    page = Path(args.output)
    if not page.name:
        raise UsageError(f"“{args.output}” is not a file name.", "Name a new file.")
    with open_workspace(args.bank, args.banks, flags_of(args)) as workspace:
        bank_ids = chosen_banks(workspace, args.bank)
        if code is not None:
            settings, seed = with_code(workspace, bank_ids, settings, code), code.seed
        drawn = new_seed(workspace) if seed is None else seed
        made = papers.paper_forms(workspace, bank_ids, settings, drawn, letters)
        paper = Paper(
            title=args.title or ", ".join(bank.title for bank in made.banks),
            language=made.banks[0].language,
            class_name=args.class_name,
            forms=made.forms,
            pictures=papers.pictures_for(workspace, made.banks),
            is_large=args.large,
            size=args.size,
            has_grid=args.grid,
            marked_with=_marking_command(args, next(iter(made.forms)), settings),
        )
        record = workspace.record.path
        key = page.with_name(f"{page.stem}-key{page.suffix}")
        write_report(page, exam_page(paper), record)
        write_report(key, key_page(paper), record)
    out = papers.left_out(made.banks)
    if out:
        said = f"Flashcards cannot be asked on paper and were left out: {', '.join(out)}."
        sys.stderr.write(f"quiz: {one_line(said, 2000)}\n")
    questions = next(iter(made.forms.values()))
    print_lines(f"{page}: {count(len(questions), 'question')}", f"{key}: the key")
    print_lines(*(f"form {code.letter}: {code}" for code in made.forms))
    return EXIT_FINE


def _marking_command(args: argparse.Namespace, code: FormCode, settings: ExamSettings) -> str:
    """Return the command that marks the papers, with all that the code does not hold."""
    import shlex

    told = ["quiz", "mark", str(code), args.class_name or "CLASS", *args.bank]
    for flag, values in (
        ("--banks", args.banks),
        ("--topic", settings.topics),
        ("--tag", settings.tags),
        ("--count", [f"{topic}={number}" for topic, number in settings.counts.items()]),
    ):
        told += [word for value in values for word in (flag, value)]
    told += [] if settings.shuffle else ["--in-order"]
    return shlex.join(told if settings.weights else [*told, "--no-weights"])
