"""A generated request: what it says, what is wrong with it, and how it looks on the wire."""

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
    """The one rule that a request or a stream breaks."""

    where: str
    """The place that the checker must report, such as `query.page_limit`."""
    rule: str
    """The rule that it must report, such as `maximum`."""
    description: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RequestCase:
    """A request to make of an operation, valid or with one rule broken.

    Its repr can be pasted: it is the call that makes it again, given a contract of that name.
    """

    contract: Contract
    operation: str
    """The operation's id."""
    arguments: Mapping[str, Any]
    """JSON values by wire name, as the schemas see them: mappings for `path`, `query` and `header`, for `cookie` where
    there are any, and `body` if there is one. In a form, an `Upload` stands for a file."""
    tag: Broken | None = None
    """What is wrong; `None` for a valid request."""
    twist: Twist | None = None
    """How it goes wrong between the instance and the wire; `None` if the arguments themselves are wrong."""
    about: str = ""
    """What the case is for, such as `query.page_limit: maximum`."""

    def __post_init__(self) -> None:
        """Fill in the locations that have no arguments, and what an invalid case is for."""
        object.__setattr__(self, "arguments", {"path": {}, "query": {}, "header": {}, **self.arguments})
        if self.tag is not None and not self.about:
            object.__setattr__(self, "about", self.tag.description)

    @property
    def instances(self) -> dict[str, Any]:
        """The arguments as `Contract.check_arguments` takes them: a file is its file name."""
        if "body" not in self.arguments:
            return dict(self.arguments)
        return {**self.arguments, "body": names_of_uploads(self.arguments["body"])}

    def request(self, base_url: str | None = None, key: str = "tlk_test") -> Request:
        """Write the request past any client; without a base URL, to the server that the contract was loaded for."""
        return encode.request(self.contract, self.operation, self.arguments, self.twist, base_url, key)

    def __eq__(self, other: object) -> bool:
        """Compare what is sent and what is expected, not what the case is for."""
        if not isinstance(other, RequestCase):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        """Hash by the parts that cannot change."""
        return hash((self.operation, self.tag, self.twist))

    def _identity(self) -> tuple[object, ...]:
        return self.operation, self.arguments, self.tag, self.twist

    def __repr__(self) -> str:
        """Show the call that makes the case, without the locations that have no arguments."""
        given = {name: value for name, value in self.arguments.items() if name == "body" or value}
        parts = [f"contract, {self.operation!r}, {given!r}"]
        about = "" if self.tag is not None and self.tag.description == self.about else self.about
        named = {"tag": self.tag, "twist": self.twist, "about": about}
        parts += [f"{name}={value!r}" for name, value in named.items() if value]
        return f"RequestCase({', '.join(parts)})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the same where Hypothesis shows an example: it prints the fields of dataclasses one by one."""
        printer.text("RequestCase(…)" if cycle else repr(self))
