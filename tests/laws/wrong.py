"""Clients that are wrong in one way: what they are given, what is on its way, or what comes of a call is another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import httpx
import twelvelabs_api

from tests.laws.subjects import Arguments, Chunks, Handler, Ours, Outcome
from twelvelabs_contract import Operation, Violation

Call = Callable[..., Outcome]
Wrong = Callable[[Call, Operation, Arguments, Handler, Mapping[str, Any]], Outcome]
"""What a client does with a call, given what ours does."""


class Meddling(Ours):
    """Our client, which does something else with each call."""

    def __init__(self, wrong: Wrong) -> None:
        """Take what it does."""
        super().__init__("sync", twelvelabs_api.TwelveLabs, asynchronous=False)
        self._wrong = wrong

    def call(self, operation: Operation, arguments: Arguments, handler: Handler, **named: Any) -> Outcome:
        """Call in another way."""
        return self._wrong(super().call, operation, arguments, handler, named)


def after(change: Callable[[Outcome], None]) -> Wrong:
    """Change what comes of a call."""

    def wrong(call: Call, *given: Any) -> Outcome:
        *rest, named = given
        outcome = call(*rest, **named)
        change(outcome)
        return outcome

    return wrong


def with_arguments(change: Callable[[dict[str, Any]], Any]) -> Wrong:
    """Call with other arguments than were given."""

    def wrong(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
        changed = {location: _copied(values) for location, values in arguments.items()}
        change(changed)
        return call(operation, changed, handler, **named)

    return wrong


def _copied(values: Any) -> Any:
    return {**values} if isinstance(values, Mapping) else values


def on_the_way(change: Callable[[httpx.Request], httpx.Request]) -> Wrong:
    """Change a request before the server sees it."""

    def wrong(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
        return call(operation, arguments, lambda request: handler(change(request)), **named)

    return wrong


def asks_twice(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
    """Ask the server for everything twice."""

    def twice(request: httpx.Request) -> httpx.Response:
        handler(request)
        return handler(request)

    return call(operation, arguments, twice, **named)


def keeps(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
    """Leave a trace in the arguments of the caller."""
    own = deepcopy(dict(arguments))
    for values in arguments.values():
        if isinstance(values, dict):
            values["trace"] = True  # the law has its own copy to compare with
    try:
        return call(operation, own, handler, **named)
    finally:
        TRACED.append(arguments)


TRACED: list[Arguments] = []
"""Arguments that have a trace, which is removed after the test: other tests have the same ones."""


def rewritten(request: httpx.Request, **parts: Any) -> httpx.Request:
    """Return a request with other parts."""
    given = {"method": request.method, "url": request.url, "headers": request.headers, "content": request.content}
    made = httpx.Request(**{**given, **parts})
    made.extensions = {**request.extensions, **made.extensions, **parts.get("extensions", {})}
    return made


def sent(change: Callable[[httpx.Request], httpx.Request]) -> Wrong:
    """Have sent another request than ours."""
    return after(lambda outcome: outcome.requests.__setitem__(slice(None), map(change, outcome.requests)))


def second(**parts: Any) -> Wrong:
    """Have sent another request the second time."""

    def change(outcome: Outcome) -> None:
        if len(outcome.requests) > 1:
            outcome.requests[1] = rewritten(outcome.requests[1], **parts)

    return after(change)


def raised(error: Exception | None, **attributes: Any) -> Wrong:
    """Raise something, whatever happens."""

    def change(outcome: Outcome) -> None:
        if error is not None:
            vars(error).update(attributes)
        outcome.error = error

    return after(change)


def said(change: Callable[[Any], Any]) -> Wrong:
    """Raise an error like ours, which says something else."""

    def altered(outcome: Outcome) -> None:
        if outcome.error is not None:
            old = outcome.error
            text, attributes = change(old)
            made = type(type(old).__name__, (Exception,), {})(text)
            for name in ("violations", "status_code", "body"):
                if hasattr(old, name):
                    setattr(made, name, getattr(old, name))
            vars(made).update(attributes)
            outcome.error = made

    return after(altered)


def url(change: Callable[[httpx.URL], httpx.URL]) -> Callable[[httpx.Request], httpx.Request]:
    """Change the URL of a request."""
    return lambda request: rewritten(request, url=change(request.url))


def path(change: Callable[[str], str]) -> Callable[[httpx.Request], httpx.Request]:
    """Change the path of a request, as it is on the wire."""

    def changed(held: httpx.URL) -> httpx.URL:
        before, joint, query = held.raw_path.partition(b"?")
        return held.copy_with(raw_path=change(before.decode()).encode() + joint + query)

    return url(changed)


def body(change: Callable[[bytes], bytes]) -> Callable[[httpx.Request], httpx.Request]:
    """Change the body of a request, but for its length."""
    return lambda request: rewritten(request, content=change(request.content))


def header(name: str, value: str) -> Callable[[httpx.Request], httpx.Request]:
    """Change a header of a request."""
    return lambda request: rewritten(request, headers={**dict(request.headers.items()), name: value})


def items(change: Callable[[list[Any]], list[Any]]) -> Wrong:
    """Give other items."""
    return after(lambda outcome: setattr(outcome, "items", change(outcome.items)))


def waits(change: Callable[[list[float]], list[float]]) -> Wrong:
    """Have waited otherwise."""
    return after(lambda outcome: setattr(outcome, "waits", change(outcome.waits)))


def value(change: Callable[[Any], Any]) -> Wrong:
    """Give another value."""
    return after(lambda outcome: setattr(outcome, "value", change(outcome.value)))


def _has_none(arguments: Arguments) -> bool:
    return any(isinstance(values, Mapping) and None in values.values() for values in arguments.values())


def where_none_is(*, given: bool, wrong: Wrong) -> Wrong:
    """Do something wrong only with a call to which `None` is given, or only with one to which it is not."""

    def chosen(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
        if _has_none(arguments) is given:
            return wrong(call, operation, arguments, handler, named)
        return call(operation, arguments, handler, **named)

    return chosen


def without_the_rule(error: Any) -> tuple[str, dict[str, Any]]:
    """Leave the rule out of a text."""
    return " ".join(violation.where for violation in error.violations), {}


def without_the_place(error: Any) -> tuple[str, dict[str, Any]]:
    """Leave the place out of a text."""
    return " ".join(violation.rule for violation in error.violations), {}


def of_another(error: Any) -> tuple[str, dict[str, Any]]:
    """Tell of another rule beside the text."""
    first: Violation = error.violations[0]
    other = Violation(first.operation, first.where, "other", "", "", None)
    return str(error), {"violations": (other,)}


def of_more(error: Any) -> tuple[str, dict[str, Any]]:
    """Tell of another rule after the right one."""
    return str(error), {"violations": (*error.violations, *of_another(error)[1]["violations"])}


def of_more_before(error: Any) -> tuple[str, dict[str, Any]]:
    """Tell of another rule before the right one."""
    return str(error), {"violations": (*of_another(error)[1]["violations"], *error.violations)}


def of_the_same_twice(error: Any) -> tuple[str, dict[str, Any]]:
    """Tell of everything twice."""
    return str(error), {"violations": (*error.violations, *error.violations)}


def of_another_place(error: Any) -> tuple[str, dict[str, Any]]:
    """Tell of the right rule at another place."""
    first: Violation = error.violations[0]
    return str(error), {"violations": (Violation(first.operation, "other", first.rule, "", "", None),)}


def with_metadata(request: httpx.Request) -> httpx.Request:
    """Ask for later pages with an argument that nobody gave."""
    held = request.url
    return request if request.method == "POST" else rewritten(request, url=held.copy_set_param(METADATA, "true"))


ASKED = (1, 7)
"""The waits that failures of the law ask for, in seconds; no wait that is drawn is one of them."""
METADATA = "include_user_metadata"


def turned(given: dict[str, Any]) -> None:
    """Give a field of a form that was not given, or the other way round."""
    if given["body"].pop("filename", None) is None:
        given["body"]["filename"] = "a.mp4"


def without(name: str) -> Callable[[Any], tuple[str, dict[str, Any]]]:
    """Leave something that the server says out of a text."""
    return lambda error: (
        " ".join(str(error.body[one]) for one in error.body if one != name) + f" {error.status_code}",
        {},
    )


def without_filters(held: httpx.URL) -> httpx.URL:
    """Ask for a page by its number alone."""
    return held.copy_with(params={"page": held.params.get("page", "1")})


def at_request(number: int, change: Callable[[httpx.Request], httpx.Request]) -> Wrong:
    """Change one of the requests of a call before the server sees it, counted from 1."""

    def wrong(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
        count = 0

        def counted(request: httpx.Request) -> httpx.Response:
            nonlocal count
            count += 1
            return handler(change(request) if count == number else request)

        return call(operation, arguments, counted, **named)

    return wrong


def where_answered(condition: Callable[[list[httpx.Response]], bool], wrong: Wrong) -> Wrong:
    """Do something wrong only after certain responses."""

    def chosen(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
        seen: list[httpx.Response] = []

        def kept(request: httpx.Request) -> httpx.Response:
            seen.append(handler(request))
            return seen[-1]

        outcome = call(operation, arguments, kept, **named)
        return wrong(lambda *_, **__: outcome, operation, arguments, handler, named) if condition(seen) else outcome

    return chosen


def are_in_pieces(seen: list[httpx.Response]) -> bool:
    """Whether a body arrived in more than one piece."""
    return any(len(list(response.stream)) > 1 for response in seen if isinstance(response.stream, Chunks))


def are_whole(seen: list[httpx.Response]) -> bool:
    """Whether each body arrived in one piece."""
    return not are_in_pieces(seen)


def have_an_earlier_token(seen: list[httpx.Response]) -> bool:
    """Whether the last token came before, but not on the page before."""
    tokens = [token for response in seen for token in re.findall(r'"next_page_token": ?"([^"]*)"', response.text)]
    return tokens[-1] in tokens[:-2]


def hoards(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
    """Hold all of a body before any of it is sent."""
    held: list[bytes] = []
    drain = named.get("drain") or (lambda _: None)
    outcome = call(operation, arguments, handler, **{**named, "drain": held.append})
    for piece in held:
        drain(piece)
    return outcome


def retries(by_default: int) -> Wrong:
    """Send again so many times if nobody says how often."""

    def wrong(call: Call, operation: Operation, arguments: Arguments, handler: Handler, named: Any) -> Outcome:
        return call(
            operation, arguments, handler, **{**named, "options": named["options"] or {"max_retries": by_default}}
        )

    return wrong


def over_the_bound(number: int) -> Wrong:
    """Have waited a little longer than the bound before one of the attempts; not where the server says how long."""
    return waits(
        lambda held: [
            0.5 * 2**count + 0.01 if count == number and wait not in ASKED else wait for count, wait in enumerate(held)
        ]
    )


def of_what_was_asked(times: float) -> Wrong:
    """Have waited a multiple of what the server says, and else what is right."""
    return waits(lambda held: [wait * times if wait in ASKED else wait for wait in held])


def typed_otherwise(held: bytes) -> bytes:
    """Give the file of a form a media type of one's own."""
    return re.sub(rb'(name="file"[^\r]*\r\nContent-Type: )[^\r]*', rb"\1x/y", held)


def named_otherwise(held: bytes) -> bytes:
    """Give the file of a form another name."""
    return held.replace(b'name="file"; filename="', b'name="file"; filename="x')


def cut_by_a_letter(held: bytes) -> bytes:
    """Lose the last byte of the file of a form."""
    return re.sub(rb'(name="file"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n.*?).(\r\n--)', rb"\1\2", held, count=1, flags=re.DOTALL)


def at_line(more: int) -> Callable[[Any], tuple[str, dict[str, Any]]]:
    """Name a line that follows the right one."""
    return lambda error: (re.sub("line ([0-9]+)", lambda found: f"line {int(found[1]) + more}", str(error)), {})


FOUND = raised(ValueError("raised for no reason"))
NO_ERROR = raised(None)
ADDED = url(lambda held: held.copy_add_param("more", "1"))
