"""Calibration as lines of a width in cells."""

from __future__ import annotations

from textual.content import Content

from quiz.core.statistics.calibration import Calibration
from quiz.core.text.phrases import count
from quiz.tui.text import join, show
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.drawing import Trace

MUTED = "$foreground-muted"
WORDS = {"sure": "Sure", "fairly": "Fairly sure", "guess": "A guess"}


def reliability_trace(view: Calibration) -> Trace | None:
    """Return the reliability plot: recall against its prediction, in ten bins."""
    tenths = view.recall.tenths
    if not tenths:
        return None
    lowest = min(min(tenth.predicted, tenth.recalled) for tenth in tenths)
    low = max(0.0, min(0.5, int(lowest * 4) / 4))
    marks = tuple((share / 4, f"{share * 25} %") for share in range(int(low * 4), 5))
    return Trace(
        x_limits=(low, 1.0),
        y_limits=(low, 1.0),
        x_ticks=marks,
        y_ticks=marks,
        dots=tuple((tenth.predicted, tenth.recalled) for tenth in tenths),
        guides=(((low, low), (1.0, 1.0)),),
    )


def reliability_lines(view: Calibration, width: int) -> list[Content]:
    """List the bins with reviews, by falling prediction."""
    if not view.recall.tenths:
        return show("No question was reviewed on a second day yet.", MUTED).wrap(width)
    room = max(0, min(20, width - 35))
    lines = [show(f"{'predicted':>9}{'actual':>9}{'off':>6}{'reviews':>10}", MUTED)]
    for tenth in reversed(view.recall.tenths):
        off = round((tenth.recalled - tenth.predicted) * 100)
        size = bar(tenth.recalled, room, "$text-primary") if room > 3 else show("")
        lines.append(
            join(
                f"{percent(tenth.predicted).strip():>9}{percent(tenth.recalled).strip():>9}",
                f"{off:>+6d}",
                (f"{tenth.reviews:>10,}", MUTED),
                " ",
                size,
            )
        )
    return lines


def recall_lines(view: Calibration, width: int) -> list[Content]:  # noqa: ARG001
    """Return figures on how well recall was predicted."""
    recall = view.recall
    if not recall.reviews:
        return [show("–", MUTED)]
    is_better = recall.log_loss < recall.log_loss_of_mean
    verdict = ("better", "$text-success") if is_better else ("worse", "$text-warning")
    return [
        _pair("Predicted", f"{recall.predicted * 100:.1f} %"),
        _pair("Recalled", f"{recall.recalled * 100:.1f} %"),
        _pair("Reviews", f"{recall.reviews:,}"),
        Content(),
        _pair("Log loss", f"{recall.log_loss:.3f}"),
        join(("  ", MUTED), verdict, (f" than {recall.log_loss_of_mean:.3f} of the mean", MUTED)),
        _pair("RMSE(bins)", f"{recall.rmse_bins:.3f}"),
        show("Of both, less is better.", MUTED),
    ]


def confidence_lines(view: Calibration, width: int) -> list[Content]:
    """Show how often the learner was right with each confidence."""
    room = max(3, min(40, width - 40))
    lines = []
    for told in view.confidence:
        name = f"{WORDS[told.confidence.value]:<12}"
        answers = (f"  of {count(told.attempts, 'answer')}", MUTED)
        lines.append(join(name, bar(told.accuracy, room, "$text-primary"), percent(told.accuracy), answers))
    return lines


def _pair(name: str, value: str) -> Content:
    return join((f"{name:<12}", MUTED), (f"{value:>10}", "bold"))
