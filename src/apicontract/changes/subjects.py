"""The subjects of a comparison of values: a parameter, a request body, a response body or event, a response header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from apicontract.changes.difference import Witness
from apicontract.changes.exchanges import Exchanges, valid
from apicontract.changes.sides import IN_TEXT, OTHER, Path, Side
from apicontract.changes.walk import Carrier
from apicontract.openapi.document import Json, MediaType, Parameter
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.facts import shape_at
from apicontract.openapi.violation import where
from apicontract.wire import media

_SIMPLE = 4
"""The number of simple values, besides examples, into which a part is inserted."""


@dataclass(frozen=True, slots=True)
class ParameterValues:
    """The values of a parameter."""

    exchanges: Exchanges
    twins: Mapping[Side, Parameter]

    def confirm(self, candidates: Iterable[Json], right: Side, path: Path, rule: str = "") -> Witness | None:
        """Send each candidate in a simple request; return the first that only the other side rejects, if any."""
        exchanges, parameter = self.exchanges, self.twins[right]
        name = parameter.name.lower() if parameter.location == "header" else parameter.name
        place = where(f"{parameter.location}.{name}", path)
        return exchanges.show_request(
            right, (exchanges.with_parameter(right, parameter, value) for value in candidates), place, rule
        )

    def templates(self, side: Side) -> Iterable[Json]:
        """Return nothing: a parameter is small, so its values are searched as a whole."""
        return islice(
            self.exchanges.sent.values(self.exchanges.sent.reference(side, self.twins[side].schema_pointer)), 1
        )

    def carrier(self, path: Path) -> Carrier:
        """Return `string` for a value that both sides encode in a style, and for its parts; `json` for any other."""
        return "string" if self.twins["old"].style != "json" != self.twins["new"].style and len(path) < 2 else "json"


@dataclass(frozen=True, slots=True)
class BodyValues:
    """The values of a request body."""

    exchanges: Exchanges
    contents: Mapping[Side, MediaType]

    def confirm(self, candidates: Iterable[Json], right: Side, path: Path, rule: str = "") -> Witness | None:
        """Send each candidate in a simple request; return the first that only the other side rejects, if any."""
        exchanges, content = self.exchanges, self.contents[right]
        place = where(media.codec(content.name).root, _shown(path))
        likely = _likely(exchanges, self.contents, candidates, right)
        return exchanges.show_request(
            right, (exchanges.with_body(right, content, value) for value in likely), place, rule
        )

    def templates(self, side: Side) -> Iterable[Json]:
        """Return simple values, its examples, and values with every possible property."""
        content, pair = self.contents[side], self.exchanges.sent
        yield from islice(self.exchanges.bodies(side, content), _SIMPLE)
        yield from content.examples.values()
        yield from pair.fullest(side, pair.root(side, content.schema_pointer))

    def carrier(self, path: Path) -> Carrier:
        """Return `fields` for a form, `string` for a field or an item of one, and `json` for JSON in a part."""
        if media.codec(self.contents["old"].name).carrier != "fields":
            return "json"
        if not path:
            return "fields"
        if len(path) > 2 or (len(path) == 2 and not (isinstance(path[1], int) and path[1] != IN_TEXT)):
            return "json"
        for side, content in self.contents.items():
            shape = shape_at(self.exchanges.contracts[side].document, content.schema, content.schema_pointer)
            field = shape.property(str(path[0]))
            if (field.items if len(path) == 2 else field).is_object:
                return "json"
        return "string"


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """The values of a response body, or the events of a stream."""

    exchanges: Exchanges
    status: int
    declared: Mapping[Side, Declared]
    contents: Mapping[Side, MediaType]

    def confirm(self, candidates: Iterable[Json], right: Side, path: Path, rule: str = "") -> Witness | None:
        """Respond with each candidate; return the first response that only the other side rejects, if any."""
        exchanges = self.exchanges
        stream = media.codec(self.contents["old"].name).stream is not None
        streamed = True if stream else False if exchanges.operations["old"].streaming else None
        place = "event[" if stream else where("body", _shown(path))
        written = (
            exchanges.response(right, self.status, self.declared[right], self.contents[right], value)
            for value in _likely(exchanges, self.contents, candidates, right)
        )
        return exchanges.show_response(right, written, place, rule, streamed=streamed)

    def templates(self, side: Side) -> Iterable[Json]:
        """Return simple values, its examples, and values with every possible property."""
        content, pair = self.contents[side], self.exchanges.received
        root = pair.root(side, content.schema_pointer)
        yield from islice(pair.values(pair.reference(side, root)), _SIMPLE)
        yield from content.examples.values()
        yield from pair.fullest(side, root)

    def carrier(self, path: Path) -> Carrier:  # noqa: ARG002 - one of several subjects
        """Return `json`, which can carry every value."""
        return "json"


@dataclass(frozen=True, slots=True)
class HeaderValues:
    """The values of a header of a response."""

    exchanges: Exchanges
    status: int
    declared: Mapping[Side, Declared]
    headers: Mapping[Side, Parameter]

    def confirm(self, candidates: Iterable[Json], right: Side, path: Path, rule: str = "") -> Witness | None:
        """Respond with each candidate; return the first response that only the other side rejects, if any."""
        header = self.headers[right]
        written = (
            self.exchanges.with_header(right, self.status, self.declared[right], header.name, value)
            for value in candidates
        )
        return self.exchanges.show_response(right, written, where(f"header.{header.name.lower()}", _shown(path)), rule)

    def templates(self, side: Side) -> Iterable[Json]:  # noqa: ARG002 - one of several subjects
        """Return nothing: a header is small, so its values are searched as a whole."""
        return ()

    def carrier(self, path: Path) -> Carrier:
        """Return `string` for a value that is encoded in a style, and for its parts; `json` for any other."""
        return "string" if self.headers["old"].style != "json" and len(path) < 2 else "json"


def _shown(path: Path) -> Path:
    return tuple(step for step in path if step != IN_TEXT)


def _likely(
    exchanges: Exchanges, contents: Mapping[Side, MediaType], candidates: Iterable[Json], right: Side
) -> Iterator[Json]:
    """Yield candidates on which the schemas alone disagree; JSON within strings is compared later."""
    is_valid = {
        side: exchanges.contracts[side].validators.at(content.schema_pointer).is_valid
        for side, content in contents.items()
    }
    texts = any(
        shape_at(exchanges.contracts[side].document, content.schema, content.schema_pointer).json_texts
        for side, content in contents.items()
    )
    for value in candidates:
        if valid(is_valid[right], value) and (texts or not valid(is_valid[OTHER[right]], value)):
            yield value
