"""Write JUnit XML, as CI servers read it.

A `testsuites` element has a `testsuite` for each group, with a `testcase` for each test. The text is ASCII, so no
encoding can break it; characters that XML cannot represent are escaped as in Python.
"""

from __future__ import annotations

import re

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
COUNTS = ("tests", "failures", "errors", "skipped")
"""The attributes of a suite that count its cases."""

_NO_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Matches characters that XML 1.0 does not permit in any form (section 2.2)."""

_SPACES = {ord(space): f"&#{ord(space)};" for space in "\t\n\r"}
"""References for the characters that a parser would turn into a space in an attribute, or into the end of a line."""


def start(tag: str, /, **attributes: object) -> str:
    """Return the start tag of an element."""
    given = "".join(f' {name}="{text(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{given}>"


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """Return an element; its content is already XML."""
    opening = start(tag, **attributes)
    return f"{opening}{content}</{tag}>" if content else f"{opening[:-1]}/>"


def text(value: str) -> str:
    """Escape a string, for an attribute too."""
    import html  # noqa: PLC0415 - loaded with the first report

    clean = re.sub(_NO_XML, lambda found: ascii(found.group())[1:-1], value)
    return html.escape(clean).translate(_SPACES).encode("ascii", "xmlcharrefreplace").decode()
