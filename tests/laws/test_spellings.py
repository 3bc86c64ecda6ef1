"""Spellings: equivalent messages get the same verdict from every interface, and independent readers agree."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
from hypothesis import strategies as st

from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.traffic import recordings
from apicontract.transport import ContractTransport
from tests.laws.exchange import JSON, answer, flagged, same, success
from tests.laws.laws import law, one_of
from tests.laws.trial import Trial, World
from twelvelabs_contract import Headers, Operation, Request, Violation
from twelvelabs_contract.strategies import RequestCase, boundary_cases, invalid_cases, invalid_requests, valid_requests

Change = Callable[[st.DataObject, Request], Request]


def _told(found: Iterable[Violation]) -> list[tuple[str, str]]:
    """Return what is reported, in an order that does not follow the message."""
    return sorted((violation.where, violation.rule) for violation in found)


def _any(trial: Trial) -> RequestCase:
    kind = valid_requests if trial.draw(st.booleans()) else invalid_requests
    case = trial.draw(kind(trial.contract, trial.operation.id))
    trial.on(case)
    return case


def _queried(request: Request, query: str) -> Request:
    start = request.url.partition("?")[0]
    return Request(request.method, f"{start}?{query}" if query else start, request.headers, request.body)


def _turned_query(data: st.DataObject, request: Request) -> Request:
    """Put the parameters in another order; those of one name keep theirs."""
    pieces = urlsplit(request.url).query.split("&")
    names = data.draw(st.permutations(list(dict.fromkeys(piece.partition("=")[0] for piece in pieces))))
    return _queried(request, "&".join(p for name in names for p in pieces if p.partition("=")[0] == name))


def _escaped_query(data: st.DataObject, request: Request) -> Request:
    """Escape letters of values that need no escape, in either case."""
    form = "%{:02X}" if data.draw(st.booleans()) else "%{:02x}"
    pieces = [piece.partition("=") for piece in urlsplit(request.url).query.split("&")]
    written = [
        f"{name}{joint}{re.sub('(?<!%)(?<!%.)[A-Za-z0-9]', lambda found: form.format(ord(found[0])), value)}"
        for name, joint, value in pieces
    ]
    return _queried(request, "&".join(written))


def _turned_headers(data: st.DataObject, request: Request) -> Request:
    """Put the header fields in another order, under names in other letters."""
    fields = data.draw(st.permutations(request.headers.items))
    return Request(
        request.method, request.url, Headers([(name.title(), value) for name, value in fields]), request.body
    )


def _written_media_type(data: st.DataObject, request: Request) -> Request:
    """Write the media type in upper case, and of JSON the charset that it has anyway."""
    fields = []
    for name, value in request.headers.items:
        kind, joint, options = value.partition(";")
        if name == "content-type":
            charset = data.draw(st.sampled_from(["", "; charset=UTF-8", ';CHARSET="utf-8"'])) if kind == JSON else ""
            fields.append((name, f"{kind.upper()}{charset}{joint}{options}"))
        else:
            fields.append((name, value))
    return Request(request.method, request.url, Headers(fields), request.body)


def _written_json(data: st.DataObject, request: Request) -> Request:
    """Write JSON with its keys in another order, other white space, and escapes for what needs none."""
    if not (request.headers.get("content-type") or "").lower().startswith(JSON):
        return request
    try:
        held = json.loads(request.body, object_pairs_hook=_once)
    except ValueError:
        return request  # what is no JSON, or has a key twice, has no other spelling
    if isinstance(held, dict):
        held = dict(data.draw(st.permutations(list(held.items()))))
    text = json.dumps(held, indent=data.draw(st.sampled_from([None, 1, "\t"])), ensure_ascii=data.draw(st.booleans()))
    return Request(request.method, request.url, request.headers, f" \r\n{text}\n".encode("utf-8", "surrogatepass"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def _other_boundary(data: st.DataObject, request: Request) -> Request:
    """Frame a form by another boundary."""
    value = request.headers.get("content-type") or ""
    found = re.search(r'boundary="?([^";]+)', value)
    other = data.draw(st.sampled_from(["x", "0123456789" * 7, "--dashes--", "'quotes'"]))
    if found is None or other.encode() in request.body:
        return request
    headers = [
        (name, f'multipart/form-data; boundary="{other}"' if name == "content-type" else held)
        for name, held in request.headers.items
    ]
    body = request.body.replace(b"--" + found[1].encode(), b"--" + other.encode())
    return Request(request.method, request.url, Headers(headers), body)


CHANGES: tuple[Change, ...] = (
    _turned_query,
    _escaped_query,
    _turned_headers,
    _written_media_type,
    _written_json,
    _other_boundary,
)


@law("Spellings", "what means the same is judged the same", subjects=False, examples=12, requests=True)
def test_what_means_the_same_is_judged_the_same(trial: Trial) -> None:
    """The order of parameters, headers and keys, the case of names, white space, escapes and boundaries say nothing."""
    case = _any(trial)
    request = changed = case.request()
    for change in CHANGES:
        if trial.data is not None:
            changed = change(trial.data, changed)
    found, expected = (_told(trial.contract.check_request(one)) for one in (changed, request))
    trial.require(found == expected, f"{changed!r} {changed.body[:500]!r} is reported {found} in place of {expected}")


ALONE = ("type", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format")
"""Rules of single values, which say nothing of what stands beside them."""


def _several(world: World, operation: Operation) -> bool:
    """Whether an operation has several parameters in its query, or in its body several fields that stand alone."""
    return _location(world, operation) is not None


def _location(world: World, operation: Operation) -> str | None:
    document = world.contract.document
    query = [(found.schema, found.schema_pointer) for found in operation.parameters_in("query")]
    if sum(_can_be_wrong(document.resolve(*found)[0]) for found in query) > 1:
        return "query"
    if operation.request_body is None or JSON not in operation.request_body.content:
        return None
    content = operation.request_body.content[JSON]
    schema, pointer = document.resolve(content.schema, content.schema_pointer)
    beside = {"allOf", "anyOf", "oneOf", "if", "not", "dependentRequired", "x-exclusive"} & schema.keys()
    inside = [
        document.resolve(found, f"{pointer}/properties/{name}")[0]
        for name, found in schema.get("properties", {}).items()
    ]
    return "body" if sum(map(_can_be_wrong, inside)) > 1 and not beside else None


def _can_be_wrong(schema: Any) -> bool:
    """Whether something breaks a schema alone, wherever it stands: any text is right for a string in a query."""
    rules = {"enum", "maxLength", "pattern", "format"}
    return isinstance(schema, Mapping) and bool(schema.get("type", "string") != "string" or rules & schema.keys())


def _field(case: RequestCase) -> str:
    return re.split(r"[.\[]", case.tag.where)[1] if case.tag else ""


@law(
    "Spellings",
    "two faults are both reported",
    subjects=False,
    examples=12,
    requests=True,
    concerns=_several,
)
def test_two_faults_are_both_reported(trial: Trial) -> None:
    """What is wrong in one place hides nothing in another."""
    at = str(_location(trial.world, trial.operation))
    found = [
        case
        for case in invalid_cases(trial.contract, trial.operation.id)
        if case.twist is None and case.tag and case.tag.rule in ALONE and case.tag.where.startswith(f"{at}.")
    ]
    one = trial.draw(st.sampled_from(found))
    other = trial.draw(st.sampled_from([case for case in found if _field(case) != _field(one)]))
    values = {**one.arguments[at], _field(other): other.arguments[at][_field(other)]}
    both = RequestCase(trial.contract, trial.operation.id, {**one.arguments, at: values})
    expected = sorted((case.tag.where, case.tag.rule) for case in (one, other) if case.tag)
    reported = _told(trial.contract.check_request(both.request()))
    trial.require(reported == expected, f"{reported} is found in place of {expected}, of {values!r}")


@law(
    "Spellings",
    "guard, plugin and recording tell what the checker tells",
    subjects=False,
    examples=12,
    requests=True,
    concerns=one_of(3),
)
def test_every_door_tells_what_the_checker_tells(trial: Trial) -> None:
    """The same exchange: seen on its way by a guard and by the tap of the plugin, recorded, and judged at once."""
    case = _any(trial)
    request = case.request()
    status, payload = success(trial.operation)
    if trial.draw(st.booleans()):
        payload = {"wrong": [payload if not isinstance(payload, bytes) else 1]}
    made = answer(status, payload)
    sent = httpx.Request(request.method, request.url, headers=list(request.headers.items), content=request.body)
    expected = _told(trial.contract.check_exchange(sent, made))
    guarded: list[Violation] = []
    guard = ContractTransport(
        httpx.MockTransport(lambda _: made),
        contract=trial.contract,
        on_violation=lambda found: guarded.append(found.violation),
    )
    monitor = Monitor(trial.contract, trial.contract.base_urls(()), Owner("a test", __file__, 1, checked=True))
    monitor.start()
    try:
        with httpx.Client(transport=guard) as client:
            client.send(sent)
    finally:
        monitor.stop()
    seen = [found.violation for found in monitor.drain()]
    recorded = [
        finding.violation
        for exchange in recordings.read(_recording(sent, made))
        for finding in recordings.check(trial.contract, cast("recordings.Recorded", exchange)).findings
    ]
    for door, found in (("guard", guarded), ("plugin", seen), ("recording", recorded)):
        trial.require(_told(found) == expected, f"the {door} tells {_told(found)} in place of {expected}")


def _recording(request: httpx.Request, response: httpx.Response) -> bytes:
    """Write an exchange as a HAR, with its bodies in base64."""

    def headers(fields: httpx.Headers) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in fields.multi_items()]

    def body(content: bytes) -> dict[str, str]:
        return {"text": base64.b64encode(content).decode(), "encoding": "base64"}

    entry: dict[str, Any] = {
        "request": {"method": request.method, "url": str(request.url), "headers": headers(request.headers)},
        "response": {
            "status": response.status_code,
            "headers": headers(response.headers),
            "content": body(response.content),
        },
    }
    if request.content:
        mime = {"mimeType": request.headers["content-type"]} if "content-type" in request.headers else {}
        entry["request"]["postData"] = {**mime, **body(request.content)}
    return json.dumps({"log": {"version": "1.2", "entries": [entry]}}).encode()


FAULTS: tuple[tuple[str, Callable[[], httpx.Response]], ...] = (
    ("a refusal", lambda: httpx.Response(400, json={"code": "wrong", "message": "no"})),
    ("a refusal of the key", lambda: httpx.Response(401, json={"code": "api_key_invalid", "message": "no"})),
    ("too many", lambda: httpx.Response(429, headers={"retry-after": "7"}, json={"code": "many", "message": "no"})),
    ("a fault", lambda: httpx.Response(500, text="<html>")),
    ("a redirect", lambda: httpx.Response(302, headers={"location": "https://elsewhere.example/"})),
    ("nothing", lambda: httpx.Response(200)),
    ("no JSON", lambda: httpx.Response(200, headers={"content-type": JSON}, content=b"{")),
    ("another shape", lambda: httpx.Response(200, json=[1])),
)


def _asks_both(world: World, operation: Operation) -> bool:
    asked = {subject.name for subject in world.subjects}
    return {"sync", "async"} <= asked and one_of(2)(world, operation)


def _can_be_said(operation: Operation, case: RequestCase) -> bool:
    """Whether a caller can give what a case has."""
    given = case.arguments.get("body")
    fits = isinstance(given, dict) if operation.request_body else given is None
    streaming = operation.streaming
    return case.twist is None and fits and not (streaming and str(streaming.flag) in str(case.tag))


def _plain(text: str) -> str:
    """Leave out what two runs of one client have otherwise too."""
    return re.sub(r"0x[0-9a-f]+|boundary=\"?[^\s\"]+|[0-9a-f]{32}", "", text).replace("Async", "")


@law("Spellings", "both clients do the same", subjects=False, examples=10, requests=True, concerns=_asks_both)
def test_both_clients_do_the_same(trial: Trial) -> None:
    """The same bytes for the same call, and the same value, error, text and notes for the same answer."""
    wrong = trial.draw(st.booleans())
    case = (
        trial.draw_such(invalid_requests(trial.contract, trial.operation.id), partial(_can_be_said, trial.operation))
        if wrong
        else trial.draw(valid_requests(trial.contract, trial.operation.id))
    )
    arguments = flagged(trial.operation, case.arguments, streamed=False)
    name, made = trial.draw(st.sampled_from([("a success", None), *FAULTS]))
    trial.served_by(name)
    found = []
    for subject in trial.world.subjects:
        if subject.name in ("sync", "async"):
            one = Trial(trial.world, trial.operation, subject)
            handler = one.success(arguments) if made is None else lambda _, made=made: made()
            outcome = one.call(arguments, handler)
            error = outcome.error
            sent = [
                (
                    request.method,
                    str(request.url),
                    sorted((key, _plain(value)) for key, value in request.headers.items() if key != "user-agent"),
                    _unframed(request),
                )
                for request in outcome.requests
            ]
            notes = [_plain(note) for note in getattr(error, "__notes__", ())]
            found.append((outcome.value, type(error).__name__, _plain(str(error)), notes, sent, len(outcome.items)))
    sync, other = found
    for what, here, there in zip(("value", "error", "text", "notes", "bytes", "items"), sync, other, strict=True):
        trial.require(same(here, there) if what == "value" else here == there, f"{what}: {here!r} and {there!r}")


def _unframed(request: httpx.Request) -> bytes:
    """Return a body without its boundary, which is drawn for each request."""
    found = re.search(r'boundary="?([^";\s]+)', request.headers.get("content-type", ""))
    return request.content if found is None else request.content.replace(found[1].encode(), b"")


def _texts(value: Any) -> list[str] | None:
    """Write a value as the texts of a query, by hand; `None` for what a query has several ways to say."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int | str):
        return [str(value)]
    if isinstance(value, list):
        inside = [_texts(item) for item in value]
        return [text for found in inside for text in found] if None not in inside else None  # type: ignore[union-attr]
    return None


@law(
    "Spellings",
    "a reader that is not ours finds in the bytes what was given",
    examples=5,
    requests=True,
    concerns=one_of(2, first=1),
)
def test_a_reader_that_is_not_ours_finds_what_was_given(trial: Trial) -> None:
    """The standard library reads path, query and JSON; `test_multipart` has one for forms."""
    case = trial.draw(valid_requests(trial.contract, trial.operation.id))
    least = boundary_cases(trial.contract, trial.operation.id)[0].arguments
    arguments = {**case.arguments, "path": least["path"]}  # what a path may hold is a law of its own
    if trial.operation.streaming:
        arguments = flagged(trial.operation, arguments, streamed=False)
    outcome = trial.call(arguments, trial.success(arguments))
    trial.require(len(outcome.requests) == 1, f"{len(outcome.requests)} requests in place of one: {outcome.error!r}")
    url = urlsplit(str(outcome.requests[0].url))
    template = trial.operation.path.split("/")[1:]
    for part, given in zip(template, url.path.split("/")[-len(template) :], strict=True):
        expected = arguments["path"].get(part[1:-1]) if part.startswith("{") else part
        trial.require(unquote(given) == str(expected), f"{given} is in the path in place of {expected}")
    held: dict[str, list[str]] = {}
    for name, value in parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query)):
        held.setdefault(name, []).append(value)
    for name, value in arguments["query"].items():
        texts = _texts(value)
        if texts:
            trial.require(held.get(name) == texts, f"{name} is {held.get(name)} in the query in place of {texts}")
    body = arguments.get("body")
    if isinstance(body, dict) and outcome.requests[0].headers.get("content-type", "").startswith(JSON):
        sent = json.loads(outcome.requests[0].content or b"{}")  # S3: the SDK sends zero bytes for an empty one
        flag = trial.operation.streaming.flag if trial.operation.streaming else ""
        arrived = {name: value for name, value in sent.items() if name in body and name != flag}
        wanted = {name: value for name, value in body.items() if name != flag}
        trial.require(same(arrived, wanted), f"{sent} is in the body in place of {wanted}")
        trial.require(sent.keys() <= {*body, flag}, f"{sent} has more than was given")
