"""`quiz learner`: list, rename, merge and forget learners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.record.interface import Record
    from quiz.services.workspace import Workspace

NAME = "learner"
HELP = "list the learners on record, and rename, merge or forget them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands and their options."""
    actions = parser.add_subparsers(dest="action", metavar="list|rename|merge|forget", required=True)
    listed = actions.add_parser("list", help="list all learners on record")
    listed.add_argument("--json", action="store_true", help="print it as JSON")
    rename = actions.add_parser("rename", help="give a learner another name")
    rename.add_argument(
        "learner", metavar="LEARNER", help="a name, or an id where several learners have the name"
    )
    rename.add_argument("name", metavar="NAME", help="the new name")
    merge = actions.add_parser("merge", help="count everything that A did as B's, and forget the name of A")
    merge.add_argument("learner", metavar="A", help="a name, or an id where several learners have the name")
    merge.add_argument("into", metavar="B", help="a name, or an id where several learners have the name")
    forget = actions.add_parser("forget", help="forget a name for good, in every copy")
    forget.add_argument(
        "learner", metavar="LEARNER", help="a name, or an id where several learners have the name"
    )
    for lasting in (merge, forget):
        lasting.add_argument("--yes", action="store_true", help="do not ask for confirmation")


def run(args: argparse.Namespace) -> int:
    """Run a subcommand of `quiz learner`.

    Raises:
        UsageError: nobody has the name, or more than one; nobody can be asked.
        RecordError: the record cannot be used.
    """
    from quiz.cli.startup import open_workspace

    with open_workspace() as workspace:
        match args.action:
            case "list":
                _list(workspace.record, as_json=args.json)
            case "rename":
                _rename(workspace.record, args)
            case "merge":
                _merge(workspace, args)
            case _:
                _forget(workspace, args)
    return EXIT_FINE


def _list(record: Record, *, as_json: bool) -> None:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.safe_text import one_line

    classes = {
        pupil.id: class_list.name for class_list in record.class_lists.all() for pupil in class_list.pupils
    }
    named = [learner for learner in record.learners() if learner.name]
    days = {learner.id: len(record.days_active(learner.id)) for learner in named}
    if as_json:
        print_json(
            [
                {"id": one.id, "name": one.name, "class": classes.get(one.id), "days": days[one.id]}
                for one in named
            ]
        )
        return
    for learner in named:
        belongs = f", {one_line(classes[learner.id])}" if learner.id in classes else ""
        print_lines(f"{learner.id}  {one_line(learner.name)}{belongs}, {counted(days[learner.id], 'day')}")


def _rename(record: Record, args: argparse.Namespace) -> None:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.services.learners import learner_called, rename_learner

    learner = learner_called(record, args.learner)
    renamed = rename_learner(record, learner, args.name)
    print_lines(f"{one_line(learner.name)} is called {one_line(renamed.name)} from now on.")


def _merge(workspace: Workspace, args: argparse.Namespace) -> None:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.cli.startup import is_meant
    from quiz.core.text.safe_text import one_line
    from quiz.services.learners import learner_called, merge_learners

    source = learner_called(workspace.record, args.learner)
    target = learner_called(workspace.record, args.into)
    names = one_line(source.name), one_line(target.name)
    if not args.yes and not is_meant(f"Count everything that {names[0]} did as {names[1]}'s?"):
        return
    merged = merge_learners(workspace, source, target)
    print_lines(f"{counted(merged.sessions, 'session')} of {names[0]} count as {names[1]}'s now.")
    print_lines(*(one_line(f"{path} still holds the name {source.name}.") for path in merged.files))


def _forget(workspace: Workspace, args: argparse.Namespace) -> None:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.cli.startup import is_meant
    from quiz.core.text.safe_text import one_line
    from quiz.services.forgetting import forget_learners
    from quiz.services.learners import learner_called

    learner = learner_called(workspace.record, args.learner)
    said = one_line(learner.name, 80)
    if not args.yes and not is_meant(f"Forget {said} for good?"):
        return
    kept = forget_learners(workspace, [learner.id])
    print_lines(f"Forgotten: {said}. The answers still count in the figures, without a name.")
    print_lines(*(one_line(f"{path} still holds the name: remove it there, or the file.") for path in kept))
