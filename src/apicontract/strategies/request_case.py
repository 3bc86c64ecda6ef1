"""A generated request: its arguments, its defect, and its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.strategies import encode
from apicontract.strategies.twists import Twist
from apicontract.values.uploads import names_of_uploads
from apicontract.wire.messages import Request


@dataclass(frozen=True, slots=True)
class Broken:
    """The one rule that a request or a stream violates."""

    where: str
    """The location that the checker must report, such as `query.page_limit`."""
    rule: str
    """The rule that it must report, such as `maximum`."""
    description: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RequestCase:
    """A request to an operation, valid or with one violated rule.

    Its `repr` can be pasted: it is the call that creates it, given a variable `contract`.
    """

    contract: Contract
    operation: str
    """The operation's id."""
    arguments: Mapping[str, Any]
    """JSON values by wire name, as the schemas validate them: mappings for `path`, `query` and `header`, for `cookie`
    if there are any, and `body` if there is one. In a form, an `Upload` stands for a file."""
    tag: Broken | None = None
    """The violated rule; `None` for a valid request."""
    twist: Twist | None = None
    """How the encoding is wrong; `None` if the arguments themselves are invalid."""
    about: str = ""
    """The purpose of the case, such as `query.page_limit: maximum`."""

    def __post_init__(self) -> None:
        """Fill in the locations without arguments, and the purpose of an invalid case."""
        object.__setattr__(self, "arguments", {"path": {}, "query": {}, "header": {}, **self.arguments})
        if self.tag is not None and not self.about:
            object.__setattr__(self, "about", self.tag.description)

    @property
    def instances(self) -> dict[str, Any]:
        """The arguments as `Contract.check_arguments` takes them, with each file replaced by its name."""
        if "body" not in self.arguments:
            return dict(self.arguments)
        return {**self.arguments, "body": names_of_uploads(self.arguments["body"])}

    def request(self, base_url: str | None = None, key: str = "tlk_test") -> Request:
        """Encode the request without a client; without a base URL, for the server of the contract."""
        return encode.request(self.contract, self.operation, self.arguments, self.twist, base_url, key)

    def __eq__(self, other: object) -> bool:
        """Compare what is sent and expected, but not the purpose."""
        if not isinstance(other, RequestCase):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        """Hash the immutable parts."""
        return hash((self.operation, self.tag, self.twist))

    def _identity(self) -> tuple[object, ...]:
        return self.operation, self.arguments, self.tag, self.twist

    def __repr__(self) -> str:
        """Return the call that creates the case, without the locations that have no arguments."""
        given = {name: value for name, value in self.arguments.items() if name == "body" or value}
        parts = [f"contract, {self.operation!r}, {given!r}"]
        about = "" if self.tag is not None and self.tag.description == self.about else self.about
        named = {"tag": self.tag, "twist": self.twist, "about": about}
        parts += [f"{name}={value!r}" for name, value in named.items() if value]
        return f"RequestCase({', '.join(parts)})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the `repr` in the output of Hypothesis, which would print the fields of a dataclass one by one."""
        printer.text("RequestCase(…)" if cycle else repr(self))
