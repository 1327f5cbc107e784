"""Change a module in every small way, one at a time, and say which changes no test notices.

    python scripts/mutate.py quiz/core/text/numbers.py tests/core/text tests/core/content/kinds
    python scripts/mutate.py quiz/core tests/core --sample 300 --seed 2

The tests are run once to see which of them reach which line (`mutation/reach.py`). Against a mutant
(`mutation/mutants.py`) only those that reach it are run, the quickest first, up to the first failure
(`mutation/runs.py`); a line that no test reaches is a survivor at once. Of what runs while modules are
imported (a constant, a default, a decorator), those tests are run that reach its module or name what it
defines: another may notice what is told as unnoticed.

Nothing is written into the tree, and nobody else should write there meanwhile: every mutant is tried with the
tests as they lie there. Survivors are printed with their line and what it became.

No mutants are made of docstrings, annotations and what is read by a type checker alone; of a raised error; of
tables, which is what a collection of more than eight constants is; of `__all__` and `__slots__`; of the size
of a cache; of `strict=`; of what a class is told about its instances (`frozen`, `slots`, `kw_only`, `gc`,
`dict`, `weakref`, `repr`); or of the descriptions of fields.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from mutation.mutants import changed_line, mutants_of
from mutation.reach import reached
from mutation.runs import SURVIVED, outcome

WARM = (
    "fsrs", "hypothesis", "hypothesis.stateful", "msgspec", "pytest", "rapidfuzz", "textual.app",
    "textual.pilot", "yaml",
)  # fmt: skip
"""What tests import that is never mutated."""


def main() -> int:
    """Mutate the module, or those of the folder, that was named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", type=Path, help="a module or a folder")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, help="only so many of all, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    options = parser.parse_args()
    sys.path.insert(0, str(Path.cwd()))
    for name in WARM:
        importlib.import_module(name)
    top: Path = options.module
    modules = sorted(top.rglob("*.py")) if top.is_dir() else [top]
    mutants = [mutant for module in modules for mutant in mutants_of(module)]
    print(f"{top}: {len(mutants)} mutants", flush=True)
    if options.sample is not None:
        mutants = Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "tests")
        with ProcessPoolExecutor(1, get_context("fork")) as apart:
            found = apart.submit(reached, modules, options.tests, folder).result()
        if found is None:
            raise SystemExit("The tests fail without any change.")
        if outcome(None, found.seconds, folder) != SURVIVED:
            raise SystemExit("The tests fail without any change, in another order.")
        for mutant in mutants:
            became = outcome(mutant, found.tests_for(mutant), folder)
            counts[became] += 1
            if became == SURVIVED:
                was = mutant.module.read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
                print(f"{mutant.module}:{mutant.line}: {was}\n    became  {changed_line(mutant)}", flush=True)
    noticed = len(mutants) - counts[SURVIVED]
    share = noticed / max(1, len(mutants))
    print(f"{top}: {len(mutants)} mutants, {noticed} noticed ({share:.1%}), {dict(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
