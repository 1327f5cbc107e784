"""Texts that mean harm, or that programs trip over."""

from __future__ import annotations

MARKUP = (
    "[/b]", "[/", "[b", "[b]bold[/b]", "[b]bold", "[/]", "[]", "[[", "]]", "\\[", "\\", "a\\",
    "[red]x[/red]", "[@click=app.quit]q[/]", "[@click=app.bell()]q[/]", "[@click='app.quit()']q",
    "[link=https://e.org]x[/link]", "[link='file:///etc/passwd']x[/]", "x[i] = A[k][j]",
    "list[int] x[red]y", "see [/etc/passwd]", "[$primary]", "$primary {{x}}", "[on red]", "[not bold]",
    "[reverse blink]x", "[#ff0000]x[/#ff0000]", "[rgb(1,2,3)]x", "[bold italic underline]",
    "[x](javascript:alert(1))", "![i](http://e.org/p.png)", "[A] one [B] two", "[auto]x", "[50%]",
    "[b][i][/b][/i]", ":smile: :warning:", "<b>x</b>", "<script>alert(1)</script>",
    "{0} {name} {0!r:>{1}}", "%s %d %n %(x)s", "${HOME} $(id) `id`", "{{ 7*7 }}", "#{7*7}", "<!--",
    "'; DROP TABLE event;--", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "../../etc/passwd",
    "CON",
)  # fmt: skip
"""Markup, templates and formulas of every kind; nothing in them is a control character."""

TERMINAL = (
    "\x1b[31mred", "\x1b[2J", "\x1b[H", "\x1bc", "\x1b[?1049l", "\x1b[?25l", "\x1b[?1000h", "\x1b[6n",
    "\x1b[c", "\x1b[>q", "\x1b[5i", "\x1b[20t", "\x1b]0;title\x07", "\x1b]2;title\x1b\\",
    "\x1b]52;c;cm0gLXJm\x07", "\x1b]8;;https://e.org\x1b\\x\x1b]8;;\x1b\\", "\x1b]4;1;?\x07",
    "\x1b]1337;File=:x\x07", "\x1bP+q544e\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b_Gi=1;AAAA\x1b\\",
    "\x1b^x\x1b\\", "\x1bX\x1b\\", "\x1b[8;1;1t", "\x1b(0lqk\x1b(B", "\x1b", "\x9b31mred",
    "\x9d52;c;eA==\x9c", "\x90q\x9c", "\x85", "\x07", "\x08\x08", "\x0b", "\x0c", "\x0e", "\x0f",
    "\x7f", "a\x00b", "\r", "a\rb", "\x1b[200~x\x1b[201~", "\x1b]9;hello\x07", "\x1b#8",
)  # fmt: skip
"""What a terminal would obey."""

LETTERS = (
    "e" + "\u0301" * 8, "e" + "\u0301" * 60, "Z\u0351\u036b\u0343\u036a", "a\u200bb", "a\u200db",
    "a\u200cb", "a\u00adb", "\u202etxt.exe", "\u2067x\u2069", "\u200f\u200e", "שלום עולם",
    "مرحبا بالعالم", "ab אב cd", "漢字かな", "한국어", "ﷺ", "👩‍👩‍👧‍👦", "👍🏽", "🇺🇦", "🏳️‍🌈", "❤️",
    "1️⃣", "\ufeffx", "\u2028x", "\u2029x", "\ufffe", "\uffff", "\U0001fffe", "\U000e0041", "\ue000",
    "\ud800", "\udfff\ud800", "İı", "ßẞ", "ǅ", "ﬁ", "Ａ", "½²", "\u3000x\u3000", "a\u00a0b", "\t",
    "a\tb", "x" * 300, "Donaudampfschifffahrtsgesellschaft" * 4, "ä" * 200, "漢" * 120, "a " * 150,
    "\u17a3", "\u0e33", "\u115f\u1160", "\u2800",
)  # fmt: skip
"""What is wide, narrow, joined, reversed, invisible or long."""

ALL = (*MARKUP, *TERMINAL, *LETTERS)
