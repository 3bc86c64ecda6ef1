"""Text in JUnit XML is read back unchanged, or escaped where XML cannot represent it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from apicontract import junit

TEXT = "<b>&]]></b> 'q' \"d\" tab\t line\n return\r 漢 \U0001f600"


def test_an_attribute_and_a_content_are_read_as_they_were() -> None:
    """A reader takes a bare line end in an attribute for a blank, and a return for a line end."""
    element = ET.fromstring(junit.element("testcase", junit.text(TEXT), name=TEXT))  # noqa: S314 - our own
    assert (element.get("name"), element.text) == (TEXT, TEXT)


def test_what_xml_cannot_hold_is_escaped() -> None:
    written = junit.element("testcase", name="\x00\x1b[31m\ud800\uffff")
    assert written.isascii()
    assert ET.fromstring(written).get("name") == "\\x00\\x1b[31m\\ud800\\uffff"  # noqa: S314 - as above


def test_an_element_without_content_is_closed_at_once() -> None:
    assert junit.element("skipped") == "<skipped/>"
    assert junit.start("testsuite", tests=1) == '<testsuite tests="1">'
