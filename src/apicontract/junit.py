"""JUnit XML, as CI servers read it: `testsuites`, in it a `testsuite` for each group, in it a `testcase` for each test.

The text is ASCII, so no encoding can break it; what XML cannot hold is written as Python would write it.
"""

from __future__ import annotations

import html
import re

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
COUNTS = ("tests", "failures", "errors", "skipped")
"""The attributes of a suite that count its cases."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 admits in no form (section 2.2)."""

_SPACES = {ord(space): f"&#{ord(space)};" for space in "\t\n\r"}
"""A reader takes these for a blank in an attribute, or for the end of a line."""


def start(tag: str, /, **attributes: object) -> str:
    """Write the start of an element."""
    given = "".join(f' {name}="{text(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{given}>"


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """Write an element; its content is XML already."""
    opening = start(tag, **attributes)
    return f"{opening}{content}</{tag}>" if content else f"{opening[:-1]}/>"


def text(value: str) -> str:
    """Escape a string, for an attribute too."""
    clean = _NO_XML.sub(lambda found: ascii(found.group())[1:-1], value)
    return html.escape(clean).translate(_SPACES).encode("ascii", "xmlcharrefreplace").decode()
