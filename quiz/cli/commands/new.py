"""`quiz new`: write a first bank to work from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

NAME = "new"
HELP = "write a sample bank to turn into your own, with an item of each kind you name"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.core.content.kinds import all_kinds

    parser.add_argument("name", metavar="NAME", help="the bank's name; the file is NAME.yaml")
    parser.add_argument(
        "--kind",
        metavar="KIND",
        nargs="+",
        action="extend",
        choices=list(all_kinds()),
        help=f"the kinds of its items (default: a few); one or more of: {', '.join(all_kinds())}",
    )
    parser.add_argument(
        "--from",
        metavar="FILE",
        dest="source",
        help="begin with an outline of this text (.txt, .md, .html, .pdf) in place of examples",
    )
    parser.add_argument("--title", metavar="TEXT", help="the bank's title (default: NAME)")


def run(args: argparse.Namespace) -> int:
    """Write a bank file that passes `quiz check`.

    Raises:
        UsageError: the file is there already, or cannot be written.
    """
    import shlex
    from pathlib import Path

    from quiz.authoring.articles import read_article
    from quiz.authoring.outline import outline
    from quiz.authoring.template import FIRST_KINDS, template
    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.ids import plain_id
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line

    path = _path(args.name)
    article = read_article(Path(args.source)) if args.source else None
    bank_id = plain_id(path.stem)[:80].strip("-")
    if not bank_id:
        raise UsageError(f"“{args.name}” has no letter that could stand in an id.", "Use letters a to z.")
    name = args.title or (article and article.title) or path.stem.replace("-", " ").replace("_", " ")
    title = " ".join(name.split())
    title = one_line(title[:1].upper() + title[1:])
    file = shlex.quote(one_line(str(path)))
    if article is not None:
        _write(path, outline(article, bank_id, title, file))
        print_lines(
            one_line(
                f"Wrote {path}: {count(len(article.paragraphs), 'paragraph')}, "
                f"{count(len(article.sections), 'section')}."
            ),
            one_line(
                f"What to give to a person or a model: quiz prompt {file} --from {shlex.quote(args.source)}"
            ),
        )
        return EXIT_FINE
    _write(path, template(bank_id, title, file, args.kind or FIRST_KINDS))
    print_lines(
        one_line(f"Wrote {path}."),
        one_line(f"Open it in an editor, and beside it: quiz preview {shlex.quote(str(path))}"),
    )
    return EXIT_FINE


def _path(name: str) -> Path:
    from quiz.paths import expanded

    path = expanded(name)
    if not path.name:
        raise UsageError(f"“{name}” is no name of a file.", "Name the bank, such as: capitals")
    return path if path.suffix.lower() in {".yaml", ".yml"} else path.with_name(f"{path.name}.yaml")


def _write(path: Path, text: str) -> None:
    """Write a new file, whole or not at all. Raises UsageError."""
    from quiz.private_files import write_new

    try:
        write_new(path, text.encode(), 0o666 & ~_mask())
    except FileExistsError as error:
        raise UsageError(f"{path} is there already.", "Choose another name, or delete it first.") from error
    except FileNotFoundError as error:
        raise UsageError(f"There is no folder “{path.parent}”.", "Make it first.") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}.") from error


def _mask() -> int:
    """Return the process's umask: the permissions that new files do not get."""
    import os

    mask = os.umask(0o077)
    os.umask(mask)
    return mask
