"""Parse a page strictly: elements, attributes, text, and whether every element is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "wbr", "br", "img", "circle", "rect"}
"""Elements without an end tag; those of SVG close themselves here."""


@dataclass
class Element:
    """One element, and the text inside of it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def classes(self) -> set[str]:
        """The classes."""
        return set(self.attributes.get("class", "").split())


@dataclass
class Page(HTMLParser):
    """A page that was read; `ValueError` for an end tag that closes nothing, or an attribute given twice."""

    source: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read it."""
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        if self._open:
            raise ValueError(f"not closed: {[element.tag for element in self._open]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) < len(attrs):
            raise ValueError(f"an attribute is given twice: {tag} {attrs}")
        element = Element(tag, attributes)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """End the element that is open."""
        if tag in VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            raise ValueError(f"</{tag}> closes nothing; open is {[element.tag for element in self._open]}")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add text to everything that is open."""
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """Return the elements of a tag."""
        return [element for element in self.elements if element.tag == tag]

    def marked(self, *classes: str) -> list[Element]:
        """Return the elements that have all of the classes."""
        return [element for element in self.elements if set(classes) <= element.classes]
