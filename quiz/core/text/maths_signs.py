"""The Unicode characters for TeX's commands."""

from __future__ import annotations

from typing import Final

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ "
    "phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ "
    "Phi Φ Psi Ψ Omega Ω"
)
_LETTERS = (
    "ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ "
    "nexists ∄ neg ¬ lnot ¬ degree ° circ ∘ prime ′ angle ∠ triangle △ square □ top ⊤ bot ⊥ dots … "
    "ldots … cdots ⋯ vdots ⋮ ddots ⋱ sum ∑ prod ∏ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ "
    "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | Vert ‖ lvert | rvert | mid | colon : "
    "lbrace { rbrace } backslash \\ dagger † euro € pounds £ celsius ℃ ohm Ω imath ı jmath ȷ"
)
_BETWEEN = (
    "pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ bullet • oplus ⊕ ominus ⊖ otimes ⊗ cup ∪ cap ∩ "
    "setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ le ≤ leq ≤ ge ≥ geq ≥ leqslant ≤ geqslant ≥ ne ≠ neq ≠ "
    "approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ ll ≪ gg ≫ lt < gt > in ∈ notin ∉ ni ∋ subset ⊂ "
    "subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← "
    "leftrightarrow ↔ Rightarrow ⇒ Longrightarrow ⟹ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ "
    "mapsto ↦ uparrow ↑ downarrow ↓ rightleftharpoons ⇌ perp ⊥ parallel ∥ therefore ∴ because ∵ "
    "models ⊨ vdash ⊢ hookrightarrow ↪"
)


def _table(words: str) -> dict[str, str]:
    listed = words.split(" ")
    return dict(zip(listed[::2], listed[1::2], strict=True))


SIGNS: Final = _table(_GREEK) | _table(_LETTERS)
"""Letters and signs without spaces around them."""

OPERATORS: Final = _table(_BETWEEN)
"""Operators and relations, with a space on either side."""

FUNCTIONS: Final = frozenset(
    {"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log"}
    | {"ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "arg", "deg", "mod"}
)
"""Names written upright."""

SPACES: Final = {" ": " ", ",": " ", ":": " ", ";": " ", "quad": "  ", "qquad": "   ", "!": "", "/": ""}
"""Spacing commands."""

ESCAPED: Final = frozenset("$%&#_{}|")
"""Characters that stand for themselves after a backslash."""

UPRIGHT: Final = frozenset(
    {"text", "mathrm", "mathit", "mathbf", "textbf", "textit", "mathsf", "operatorname", "boldsymbol", "mbox"}
    | {
        "textrm",
        "mathcal",
        "displaystyle",
        "textstyle",
        "left",
        "right",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "limits",
    }
    | {"bigl", "bigr", "Bigl", "Bigr", "nolimits"}
)
"""Commands for fonts, which change nothing that can be shown."""

ACCENTS: Final = {
    "vec": "\u20d7", "overrightarrow": "\u20d7", "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304",
    "overline": "\u0305", "underline": "\u0332", "dot": "\u0307", "ddot": "\u0308", "tilde": "\u0303",
    "widetilde": "\u0303",
}  # fmt: skip
"""Accents, as combining characters."""

DOUBLE_STRUCK: Final = {"N": "ℕ", "Z": "ℤ", "Q": "ℚ", "R": "ℝ", "C": "ℂ", "P": "ℙ", "H": "ℍ"}

RAISED: Final = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′∘°*,",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′°°*,",
        strict=True,
    )
)
"""Superscripts."""

LOWERED: Final = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
"""Subscripts."""

VULGAR: Final = {
    ("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾", ("1", "5"): "⅕",
    ("1", "6"): "⅙", ("1", "8"): "⅛",
}  # fmt: skip
"""Fractions with a character of their own."""
