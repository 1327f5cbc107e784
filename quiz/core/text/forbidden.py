"""Characters that no text may hold, and some that cannot be seen; none of them is printable."""

from __future__ import annotations

import re

_FORBIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters except tab and line feed
    "\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"  # line separators, bidirectional controls, inner BOM
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # surrogates, noncharacters, interlinear
    "\U000e0000-\U000e007f"  # tag characters
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
)
FORBIDDEN = re.compile(f"[{_FORBIDDEN}]")
"""What no bank, name or response may hold."""

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Characters that take no space and leave no mark."""
