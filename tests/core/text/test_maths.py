"""Formulas in TeX as lines of Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.text.maths import in_unicode

ALGEBRA = [
    (r"x^2+y^2=z^2", "x²+y² = z²"),
    (r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}", "x = (−b ± √(b²−4ac))/(2a)"),
    (r"a^{-n}=\frac{1}{a^n}", "a⁻ⁿ = 1/aⁿ"),
    (r"(a+b)^2 = a^2 + 2ab + b^2", "(a+b)² = a² + 2ab + b²"),
    (r"\sqrt[3]{27} = 3", "∛27 = 3"),
    (r"|x| \le 5", "|x| ≤ 5"),
    (r"\frac{1}{2} + \frac{3}{4}", "½ + ¾"),
    (r"x_1 \cdot x_2 = q", "x₁ · x₂ = q"),
    (r"\log_2 8 = 3", "log₂ 8 = 3"),
    (r"\left( \frac{a}{b} \right)^n", "(a/b)ⁿ"),
    (r"x \in \mathbb{R}", "x ∈ ℝ"),
]
CALCULUS = [
    (r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", "∑ᵢ₌₁ⁿ i = n(n+1)/2"),
    (r"\lim_{x \to 0} \frac{\sin x}{x} = 1", "lim(x → 0) (sin x)/x = 1"),
    (r"\int_0^1 x^2 \, dx = \frac{1}{3}", "∫₀¹ x² dx = ⅓"),
    (r"\frac{dy}{dx} = 2x", "dy/dx = 2x"),
    (r"\frac{d^2y}{dx^2}", "d²y/dx²"),
    (r"\frac{\partial f}{\partial x}", "∂f/∂x"),
    (r"\int_{-\infty}^{\infty} e^{-x^2} dx = \sqrt{\pi}", "∫_(−∞)^∞ e^(−x²) dx = √π"),
    (r"\nabla \times \vec{B} = \mu_0 \vec{J}", "∇ × B⃗ = μ₀ J⃗"),
    (r"\sum_{k=0}^\infty \frac{x^k}{k!} = e^x", "∑ₖ₌₀^∞ xᵏ/k! = eˣ"),
    (r"\forall \varepsilon > 0 \; \exists \delta > 0", "∀ε > 0 ∃δ > 0"),
    (r"e^{i\pi}+1=0", "e^(iπ)+1 = 0"),
]
SCIENCE = [
    (r"\ce{H2O}", "H₂O"),
    (r"\ce{2H2 + O2 -> 2H2O}", "2H₂ + O₂ → 2H₂O"),
    (r"\ce{SO4^2-}", "SO₄²⁻"),
    (r"\ce{CO2 + H2O <=> H2CO3}", "CO₂ + H₂O ⇌ H₂CO₃"),
    (r"E = mc^2", "E = mc²"),
    (r"F = G\frac{m_1 m_2}{r^2}", "F = G(m₁ m₂)/r²"),
    (r"\lambda = \frac{h}{p}", "λ = h/p"),
    (r"\text{pH} = -\log_{10}[\text{H}^+]", "pH = −log₁₀ [H⁺]"),
    (r"\hbar\omega = 6.6 \times 10^{-34}\,\text{J}", "ℏω = 6.6 × 10⁻³⁴ J"),
    (r"T = 2\pi\sqrt{\frac{l}{g}}", "T = 2π√(l/g)"),
    (r"v_\text{max} = x_{AB}", "vₘₐₓ = x_AB"),
    (r"90^\circ", "90°"),
]
SIGNS = [
    ("f'(x)", "f′(x)"), ("a~b", "a b"), ("a*b", "a ∗ b"), (r"100\% \& \$5 \{a\}", "100% & $5 {a}"),
    (r"\left. x \right.", "x"), (r"\text.a", ".a"), (r"\operatorname*{arg} x", "arg x"),
    (r"\overline{AB}", "A̅B̅"), (r"a\cdot b", "a · b"), ("a=b", "a = b"),
]  # fmt: skip
PARTS = [
    (r"\dfrac{a}{7}", "a/7"), (r"\tfrac{a}{7}", "a/7"), (r"\binom{n}{k}", "(n over k)"),
    (r"\sqrt[2]{x}", "√x"), (r"\sqrt[4]{x}", "∜x"), (r"\sqrt[n]{x}", "ⁿ√x"), (r"\sqrt[Q]{x}", None),
    (r"\sqrt[1Q]{x}", None), (r"\sin(x)", "sin(x)"), (r"\sin^2 x", "sin² x"), (r"\log_{1 0} x", "log₁₀ x"),
    (r"a\sin", "a sin"), (r"\max_{a , b} x", "max(a,b) x"), (r"\frac{1}{(a)(b)}", "1/((a)(b))"),
    (r"\frac{1}{a(b)}", "1/(a(b))"), (r"\frac{a}{(b+c)}", "a/(b+c)"), (r"\sqrt{(a+b)}", "√(a+b)"),
    (r"\frac{1}{(ab}", "1/((ab)"), (r"\frac{[a+b]c}{d}", "[a+b]c/d"), (r"\frac{f(a+b)}{c}", "f(a+b)/c"),
    (r"\frac{a - [b]}{c}", "(a − [b])/c"), (r"\frac{[a]+[b]}{c}", "([a]+[b])/c"),
]  # fmt: skip
CHEMISTRY = [
    (r"\ce{A <- B}", "A ← B"), (r"\ce{A => B}", "A ⇒ B"), (r"\ce{Fe^{2 +}}", "Fe²⁺"),
    (r"\ce{C12H22O11}", "C₁₂H₂₂O₁₁"), (r"\ce{H2{O}}", "H₂{O}"), (r"\ce{\foo}", None), (r"\ce H", None),
    (r"\ce{Na+ + Cl- -> NaCl}", "Na⁺ + Cl⁻ → NaCl"), (r"\ce{[Ag(NH3)2]+(aq)}", "[Ag(NH₃)₂]⁺(aq)"),
    (r"\ce{H2+O2 + e->A-}", "H₂+O₂ + e → A⁻"), (r"\ce{CH3-(CH2)4-OH}", "CH₃-(CH₂)₄-OH"),
]  # fmt: skip
BOUNDS = [
    ("x" * 1000, "x" * 1000), ("{" * 19 + "a" + "}" * 19, "a"), ("{" * 20 + "a" + "}" * 20, None),
    ("{a}" * 30, "a" * 30),
]  # fmt: skip


@pytest.mark.parametrize(("source", "shown"), [*ALGEBRA, *CALCULUS, *SCIENCE])
def test_a_formula_is_written_on_one_line(source: str, shown: str) -> None:
    assert in_unicode(source) == shown


def test_signs_and_brackets_stand_where_they_should() -> None:
    for source, shown in [*SIGNS, *PARTS, *CHEMISTRY, *BOUNDS]:
        assert in_unicode(source) == shown, source


@pytest.mark.parametrize(
    "source",
    [
        r"\foo x",
        r"\begin{matrix}a\end{matrix}",
        "{a",
        "a}",
        "a^",
        "x & y",
        "x # y",
        "x % y",
        r"x \\ y",
        "x^}",
        "x^^2",
        "x^_2",
        r"\ce{a",
        r"\mathbb{Y}",
        "x" * 1001,
        "{" * 50 + "}" * 50,
    ],
)
def test_what_is_unknown_is_said_to_be(source: str) -> None:
    assert in_unicode(source) is None


@given(st.text(r"\\{}[]()^_$&%abx12 +-=<>frac sqrt", max_size=60))
def test_it_never_raises_and_stays_on_a_line(source: str) -> None:
    written = in_unicode(source)
    assert written is None or "\n" not in written


def test_every_sign_of_the_small_tables_is_written() -> None:
    assert [in_unicode(rf"\mathbb{{{letter}}}") for letter in "NZQRCPH"] == list("ℕℤℚℝℂℙℍ")
    assert [in_unicode(rf"a\{space}b") for space in (" ", ",", ":", ";", "quad ", "qquad ", "!", "/")] == [
        "a b", "a b", "a b", "a b", "a b", "a b", "ab", "ab",
    ]  # fmt: skip
    fractions = [(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 6), (1, 8), (5, 6)]
    assert [in_unicode(rf"\frac{{{above}}}{{{below}}}") for above, below in fractions] == [
        *"½⅓⅔¼¾⅕⅙⅛", "5/6",
    ]  # fmt: skip
