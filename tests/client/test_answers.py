"""A response becomes a value, or the right error."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import Annotated, Any

import httpx
import pytest

from apicontract.client import (
    Answer,
    ApiError,
    BadRequestError,
    ConflictError,
    ContentTooLargeError,
    ForbiddenError,
    GoneError,
    NotFoundError,
    ResponseInvalid,
    ServerError,
    StatusError,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableError,
    errors,
)
from apicontract.client.answer import adapter
from apicontract.client.fields import pick
from tests.client.conftest import KEY, World, answer
from tests.client.tiny_api import Event, Note, Notes, Text


def retrieve(world: World, response: httpx.Response, kind: Any = Answer[Note]) -> Any:
    """Call an operation that gets this response."""
    client = world.client(lambda _: response, max_retries=0)
    return world.do(lambda: client.call("notes.retrieve", kind, path={"note_id": "n"}))


def refusal(world: World, response: httpx.Response) -> StatusError:
    """Call an operation that is refused, and return the error."""
    with pytest.raises(StatusError) as caught:
        retrieve(world, response)
    return caught.value


def unreadable(world: World, response: httpx.Response, kind: Any = Answer[Note]) -> ResponseInvalid:
    """Call an operation whose success cannot be read, and return the error."""
    with pytest.raises(ResponseInvalid) as caught:
        retrieve(world, response, kind)
    return caught.value


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_any_success_will_do(world: World, status: int) -> None:
    """Whatever the document promises (ledger A1); unknown keys are kept."""
    note = retrieve(world, answer({"_id": "n", "new": 1}, status))
    assert (note.id, note.model_extra) == ("n", {"new": 1})


@pytest.mark.parametrize("body", [b"", b"{}", b"whatever"])
def test_nothing_is_read_where_nothing_is_promised(world: World, body: bytes) -> None:
    """A deletion succeeded, whatever came with it."""
    client = world.client(lambda _: httpx.Response(200, content=body))
    assert world.do(lambda: client.call_none("notes.delete", path={"note_id": "n"})) is None


def test_other_media_types_are_bytes(world: World) -> None:
    """They are handed on as they came."""
    client = world.client(lambda _: httpx.Response(200, content=b"a,b\r\n", headers={"content-type": "text/csv"}))
    assert world.do(lambda: client.call_bytes("export")) == b"a,b\r\n"


@pytest.mark.parametrize(
    ("content", "place", "rule"),
    [
        (b"", "body", "missing"),
        (b"{", "body", "encoding"),
        (b"<html>", "body", "encoding"),
        (b"\xff", "body", "encoding"),
        (b"[]", "body", "type"),
        (b"null", "body", "type"),
        (b"{}", "body._id", "missing"),
        (b'{"_id": "n", "stars": "many"}', "body.stars", "type"),
    ],
)
def test_unreadable_success_names_operation_and_place(world: World, content: bytes, place: str, rule: str) -> None:
    """A success that cannot be read is no value, and no refusal either."""
    response = httpx.Response(200, content=content, headers={"content-type": "application/json"})
    error = unreadable(world, response)
    assert [(violation.where, violation.rule) for violation in error.violations] == [(place, rule)]
    assert str(error).startswith(f"notes.retrieve: the response (status 200) cannot be read:\n  {place}: ")
    assert error.response is not None
    assert (error.status_code, error.response.content) == (200, content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{}", None),
        (b'{"title": "t"}', None),
        (b'{"_id": 5}', "5"),
        (b'{"_id": null}', "null"),
        (b'{"_id": ["\xc3\xa9"]}', '["\u00e9"]'),
        (b"[1]", "[1]"),
        (b"<html>", '"<html>"'),
        (b'{"_id": "n', '"{\\"_id\\": \\"n"'),
        (b"\xff", '"\ufffd"'),
        (b"", None),
    ],
)
def test_unreadable_success_shows_what_is_in_place_of_the_value(world: World, content: bytes, told: str | None) -> None:
    """Nothing where nothing is: not the object that lacks a key."""
    (found,) = unreadable(world, httpx.Response(200, content=content)).violations
    assert found.excerpt == told


def test_unreadable_success_tells_a_few_of_many(world: World) -> None:
    """An excerpt of each, and how many there are."""
    error = unreadable(world, answer({"data": [{"_id": 5}] * 30}), Answer[Notes])
    assert len(error.violations) == 11
    assert error.violations[0].where == "body.data[0]._id"
    assert error.violations[0].excerpt == "5"
    assert str(error).endswith(
        "and 20 more [type, #/paths/~1notes~1{note_id}/get/responses/200/content/application~1json]"
    )


@pytest.mark.parametrize(("wrong", "told"), [(9, 9), (10, 10), (11, 11)])
def test_unreadable_success_counts_what_it_does_not_tell(world: World, wrong: int, told: int) -> None:
    """Ten are told; a count of the others is there if there are others."""
    error = unreadable(world, answer({"data": [{"_id": 5}] * wrong}), Answer[Notes])
    assert len(error.violations) == told
    assert ("and 1 more" in str(error)) is (wrong > 10)


def test_broken_content_coding_is_reported(world: World) -> None:
    """A success is useless without its body; a refusal is one without it."""
    error = unreadable(world, broken_coding(200))
    assert error.violations[0].rule == "encoding"
    assert "'gzip' cannot be decoded" in str(error)
    assert str(refusal(world, broken_coding(404))) == "notes.retrieve: status 404: Not Found"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, UnauthorizedError),
        (403, ForbiddenError),
        (404, NotFoundError),
        (409, ConflictError),
        (410, GoneError),
        (413, ContentTooLargeError),
        (422, UnprocessableError),
        (429, TooManyRequestsError),
        (500, ServerError),
        (503, ServerError),
        (599, ServerError),
        (302, StatusError),
        (418, StatusError),
    ],
)
def test_each_status_has_its_class(world: World, status: int, kind: type[StatusError]) -> None:
    """A whole class of errors can be caught by one name."""
    error = refusal(world, answer({"code": "c", "message": "m"}, status, **{"x-request-id": "r-1"}))
    assert type(error) is kind
    assert isinstance(error, ApiError)
    assert (error.status_code, error.code, error.message) == (status, "c", "m")
    assert error.body == {"code": "c", "message": "m"}
    assert error.headers["x-request-id"] == error.request_id == "r-1"
    assert (error.request.method, error.request.url) == ("GET", world.requests[-1].url)
    assert error.response.status_code == status
    assert str(error) == f"notes.retrieve: status {status} c: m (request id r-1)"


@pytest.mark.parametrize(
    ("content", "code", "message", "body", "text"),
    [
        (b"", None, None, None, "status 400: Bad Request"),
        (b" \n", None, None, None, "status 400: Bad Request"),
        (b'{"error_code": 17, "message": "m"}', 17, "m", {"error_code": 17, "message": "m"}, "status 400 17: m"),
        (b'{"code": "c"}', "c", None, {"code": "c"}, "status 400 c: {'code': 'c'}"),
        (b'{"code": true, "message": 5}', None, None, {"code": True, "message": 5}, "status 400: {'code': True"),
        (
            b'{"error": {"code": "c", "message": "m", "details": {"a": 1}}}',
            "c",
            "m",
            {"error": {"code": "c", "message": "m", "details": {"a": 1}}},
            "status 400 c: m",
        ),
        (b'["a"]', None, None, ["a"], "status 400: ['a']"),
        (b"<html>\n <b>no</b>\n", None, None, "<html>\n <b>no</b>\n", "status 400: <html> <b>no</b>"),
        (b"\xff", None, None, "\ufffd", "status 400: \ufffd"),
    ],
)
def test_any_refusal_can_be_read(world: World, content: bytes, code: Any, message: Any, body: Any, text: str) -> None:
    """Both published shapes (ledger A10), none at all (A11), and whatever a proxy answers."""
    error = refusal(world, httpx.Response(400, content=content))
    assert type(error) is BadRequestError
    assert (error.code, error.message, error.body) == (code, message, body)
    assert str(error).startswith(f"notes.retrieve: {text}")


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({"error": {"code": "c", "message": "m", "details": {"field": "x"}}}, {"field": "x"}),
        ({"code": "c", "message": "m", "details": ["a"]}, ["a"]),
        ({"error": {"code": "c", "message": "m"}}, None),
        ("text", None),
        (None, None),
    ],
)
def test_details_of_a_refusal_are_kept(world: World, body: Any, details: Any) -> None:
    """Beside code and message, in both shapes of a body."""
    assert refusal(world, answer(body, 422)).details == details


@pytest.mark.parametrize("body", [None, {"code": "too_many_requests", "message": "Slow down."}])
def test_rate_limit_is_told_with_a_body_or_without(world: World, body: Any) -> None:
    """By what the headers say, whatever they are called."""
    limits = {
        "X-Ratelimit-Limit": "100",
        "X-RateLimit-Remaining": "0",
        "X-Ratelimit-Dimensions": "RPM,DPH",
        "RateLimit-Reset": "5",
        "Retry-After": "2.5",
        "Other": "x",
    }
    error = refusal(world, answer(body, 429, **limits))
    assert isinstance(error, TooManyRequestsError)
    assert error.rate_limit == {"limit": "100", "remaining": "0", "dimensions": "RPM,DPH", "reset": "5"}
    assert error.retry_after == 2.5
    assert error.message == (None if body is None else "Slow down.")
    assert str(error) == f"notes.retrieve: status 429{'' if body is None else ' too_many_requests'}: " + (
        "Too Many Requests" if body is None else "Slow down."
    )


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({}, None, None),
        ({"retry-after": "soon"}, None, None),
        ({"retry-after": "0"}, 0, 0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5, 1.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0, 0),
        ({"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}, 1e9, 1e10),
    ],
)
def test_wait_that_is_asked_for_is_told_in_seconds(
    world: World, headers: dict[str, str], least: float | None, most: float | None
) -> None:
    """Also where the server names a date."""
    error = refusal(world, answer(None, 503, **headers))
    if least is None or most is None:
        assert error.retry_after is None
    else:
        assert error.retry_after is not None
        assert least <= error.retry_after <= most
    assert error.rate_limit == {}


def test_long_refusal_is_shortened(world: World) -> None:
    """The text is for one line of a log; the body is whole."""
    error = refusal(world, httpx.Response(502, content=b"x" * 5000))
    assert len(str(error)) < 300
    assert error.body == "x" * 5000


def test_status_that_nobody_knows_has_a_text(world: World) -> None:
    """There is no phrase for it."""
    assert str(refusal(world, httpx.Response(799))) == "notes.retrieve: status 799: no explanation"


def test_redirect_is_not_followed(world: World) -> None:
    """The key must not travel to another host (ledger D5), even if the given httpx client follows redirects."""
    client = world.client(lambda _: answer(status=307, location="https://elsewhere.example/"), max_retries=5)
    client._http.follow_redirects = True
    with pytest.raises(StatusError, match="status 307: a redirect, which is not followed"):
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert len(world.requests) == 1


def test_no_error_shows_the_key(world: World) -> None:
    """A server may send it back; the errors leave it out."""
    error = refusal(world, answer({"code": "api_key_invalid", "message": f"{KEY} is invalid"}, 401))
    assert error.message == "[API key] is invalid"
    for other in (
        refusal(world, httpx.Response(401, content=f"no: {KEY}")),
        unreadable(world, answer({"_id": 5, "stars": KEY})),
        unreadable(world, httpx.Response(200, content=b"x" * 60 + KEY.encode())),
        error,
    ):
        assert KEY[:12] not in str(other) + repr(other) + str(getattr(other, "body", ""))


HOLDERS: dict[str, tuple[Callable[[], Any], type[Exception]]] = {
    "refusal": (lambda: answer({"message": "m"}, 401), StatusError),
    "refusal of a broken coding": (lambda: broken_coding(404), StatusError),
    "unreadable": (lambda: answer({"_id": 5}), ResponseInvalid),
    "broken coding": (lambda: broken_coding(200), ResponseInvalid),
    "no connection": (lambda: httpx.ConnectError("no"), httpx.ConnectError),
}


def broken_coding(status: int) -> httpx.Response:
    """Make a response whose body cannot be decoded."""
    return httpx.Response(status, stream=httpx.ByteStream(b"no gzip"), headers={"content-encoding": "gzip"})


@pytest.mark.parametrize("outcome", HOLDERS)
def test_no_request_of_an_error_shows_the_key(world: World, outcome: str) -> None:
    """Nor does its pickle, nor its cause; the request that was sent is what it was."""
    make, kind = HOLDERS[outcome]

    def handle(_: httpx.Request) -> httpx.Response:
        found: Any = make()
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, httpx.Response)
        return found

    client = world.client(handle, max_retries=0)
    with pytest.raises(kind) as caught:
        world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}))
    held: Any = caught.value
    copy = held if outcome == "no connection" else pickle.loads(pickle.dumps(held))  # noqa: S301 - our own bytes
    causes = [held.__cause__] if held.__cause__ else []
    for one in (held, copy, *causes, *(e.response for e in (held, copy) if hasattr(e, "response"))):
        if hasattr(one, "request"):
            assert one.request.headers["X-API-Key"] == "[secure]"
            assert KEY not in repr(vars(one.request)) + repr(one.request.headers)
            assert one.request.content == b'{"title":"t"}'
    assert KEY.encode() not in pickle.dumps(copy)
    assert world.requests[-1].headers["x-api-key"] == KEY


def test_hooks_see_the_request_that_was_sent(world: World) -> None:
    """They belong to the given httpx client, and come before any error."""
    seen: list[str] = []

    def sync_hook(response: httpx.Response) -> None:
        seen.append(response.request.headers["x-api-key"])

    async def async_hook(response: httpx.Response) -> None:
        sync_hook(response)

    client = world.client(lambda _: answer(status=404))
    client._http.event_hooks = {"response": [async_hook if world.asynchronous else sync_hook]}
    with pytest.raises(NotFoundError):
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert seen == [KEY]


def test_transport_error_of_a_hook_passes_through(world: World) -> None:
    """It knows no request."""

    def sync_hook(_: httpx.Request) -> None:
        raise httpx.ReadError("from a hook")

    async def async_hook(request: httpx.Request) -> None:
        sync_hook(request)

    client = world.client(lambda _: answer(), max_retries=0)
    client._http.event_hooks = {"request": [async_hook if world.asynchronous else sync_hook]}
    with pytest.raises(httpx.ReadError, match="from a hook"):
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))


def test_errors_survive_pickling(world: World) -> None:
    """A worker process can hand them on."""
    error = refusal(world, answer({"code": "c", "message": "m"}, 404))
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(copy), str(copy), copy.body) == (NotFoundError, str(error), error.body)
    other = unreadable(world, answer({}))
    assert str(pickle.loads(pickle.dumps(other))) == str(other)  # noqa: S301 - as above


def test_transport_errors_pass_through(world: World) -> None:
    """They are httpx's own, with the request."""

    def handle(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("slow", request=request)

    client = world.client(handle, max_retries=0)
    with pytest.raises(httpx.ConnectTimeout):
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))


def test_readers_are_made_once_for_each_type() -> None:
    """Also for annotations that cannot be hashed."""
    assert adapter(Answer[Note]) is adapter(Answer[Note])
    assert adapter(Answer[Event]) is adapter(Answer[Event])
    odd = Annotated[dict[str, int], {"not": "hashable"}]
    assert adapter(Answer[odd]) is adapter(Answer[odd])


def test_pick_follows_wire_names_through_models_and_plain_values() -> None:
    """What is not there is `None`."""
    notes = Notes.model_validate({"data": [{"_id": "n"}], "x": {"a/b": [1, 2]}})
    assert pick(notes, "/data/0/_id") == "n"
    assert pick(notes, "/x/a~1b/1") == 2
    assert pick(notes, "/data/0/id") is None
    assert pick(notes, "/data/7") is None
    assert pick(notes, "/page_info/total_page") is None
    assert pick(notes, "/data/0/_id/deeper") is None
    assert pick(Text(event_type="text"), "") == Text(event_type="text")


def test_each_type_has_its_own_reader() -> None:
    """Also annotations that cannot be hashed."""
    one = Annotated[dict[str, int], {"a": "b"}]
    other = Annotated[list[int], {"a": "b"}]
    assert adapter(Answer[one]).validate_json('{"a":1}') == {"a": 1}
    assert adapter(Answer[other]).validate_json("[1]") == [1]


def test_refusal_in_a_broken_coding_keeps_its_other_headers(world: World) -> None:
    """It says nothing any more about a body that is not there."""
    headers = {"content-encoding": "gzip", "content-type": "text/html", "x-request-id": "r-1"}
    response = httpx.Response(404, stream=httpx.ByteStream(b"no gzip"), headers=headers)
    client = world.client(lambda _: response, max_retries=0)
    with pytest.raises(NotFoundError, match="request id r-1") as caught:
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert (caught.value.headers["content-type"], "content-encoding" in caught.value.headers) == ("text/html", False)


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    """One line for each class, below its base."""
    assert errors.__doc__ is not None
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in errors.__doc__.splitlines():
        if found := re.match(r"    ((?:[│ ]   )*(?:[├└]── )?)([A-Z][A-Za-z]+)  ", line):
            depth = len(found[1]) // 4
            above[depth:] = [found[2]]
            drawn[found[2]] = above[depth - 1] if depth else "Exception"
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ApiError)]
    assert drawn == {kind.__name__: kind.__base__.__name__ for kind in classes if kind.__base__}
