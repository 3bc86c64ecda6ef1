"""Claims of the client that planted faults once survived (`make mutants`): each catches one that nothing else did."""

from __future__ import annotations

import asyncio
import json
import math
import operator
import os
import threading
import types
import typing
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from pydantic import ValidationError
from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

from apicontract.client import OMIT, Answer, ApiError, NotFoundError, PaginationInvalid
from apicontract.client.answer import adapter
from apicontract.client.arguments import Reader
from apicontract.client.body import Body
from apicontract.client.fields import pick
from apicontract.client.plan import BodyPlan
from apicontract.openapi.document import Document, RequestBody
from tests.client.conftest import KEY, World, answer
from tests.client.test_pages import in_turn, page
from tests.client.test_requests import body, query, refused, send
from tests.client.test_streams import Wire
from tests.client.test_twelvelabs import OURS
from tests.client.test_uploads import parts, upload
from tests.client.tiny_api import Note, Tag
from tests.vendor import Call, success
from twelvelabs_contract import Contract


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Write a small file."""
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(256)))
    return path


def test_null_in_a_mapping_is_sent_as_it_is(world: World) -> None:
    """A mapping says what it means: only in a model is a declared key that is null one that was not given."""
    assert refused(world, "notes.create", body={"title": "t", "tags": [{"_name": "a", "weight": None}]}) == [
        ("body.tags[0].weight", "type")
    ]
    extra = Note.model_validate({"_id": "n", "new": None, "stars": 3})
    request = send(world, "notes.create", body={"title": "t", "metadata": extra}, validate=False)
    assert json.loads(request.content)["metadata"] == {"_id": "n", "new": None, "stars": 3}
    assert body(world, tags=[Tag(_name="a", weight=None)])["tags"] == [{"_name": "a"}]


def test_undeclared_argument_of_none_is_absent(world: World) -> None:
    """A schema that says nothing is no reason to send a null."""
    assert query(world, new=None, page=2) == "page=2"


def test_optional_body_of_nothing_is_no_body() -> None:
    """And a required one is an empty object (ledger A42)."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    operation = {"requestBody": {"content": {"application/json": {"schema": schema}}}}
    document = Document({"openapi": "3.1.0", "paths": {"/a": {"post": operation}}})
    declared = document.operations["POST /a"].request_body
    assert declared
    assert Body(document, BodyPlan.of(document, declared), Reader()).read({"a": None}) is OMIT
    required = RequestBody(True, declared.content, declared.pointer)
    assert Body(document, BodyPlan.of(document, required), Reader()).read({"a": None}) == {}


def test_additional_parameters_are_escaped(world: World) -> None:
    request = send(world, "notes.list", options={"additional_query_parameters": {"new": "a&b c", "more": ["é", 1]}})
    assert request.url.query == b"new=a%26b%20c&more=%C3%A9&more=1"


def test_additional_header_of_none_is_not_sent(world: World) -> None:
    request = send(world, "notes.list", options={"additional_headers": {"x-none": None, "x-some": "1"}})
    assert "x-none" not in request.headers
    assert request.headers["x-some"] == "1"


def test_call_cannot_take_for_ever(world: World) -> None:
    """No time-out of a call is infinite: that it has none is the client's to say."""
    for seconds in (math.inf, math.nan):
        assert refused(world, "notes.list", options={"timeout_in_seconds": seconds}) == [
            ("options.timeout_in_seconds", "type")
        ]


def test_key_argument_wins_over_the_environment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", "from-the-environment")
    assert send(world, "notes.list").headers["x-api-key"] == KEY


@pytest.mark.parametrize("url", ["ftp://u:p@h", "u:p@h", "https://u:p@"])
def test_credentials_of_an_address_are_never_shown(world: World, url: str) -> None:
    with pytest.raises(ApiError, match="base_url must") as caught:
        world.client(lambda _: answer(), base_url=url)
    assert "u:p" not in str(caught.value)


def test_models_of_requests_are_closed_and_convert_nothing() -> None:
    """A typing mistake is told where it is made, not sent as something near."""
    for fields in ({"nme": "a"}, {"weight": "1.5"}, {"weight": True}):
        with pytest.raises(ValidationError):
            Tag.model_validate({"_name": "a", **fields})


def test_each_type_has_its_own_reader() -> None:
    """Also annotations that cannot be hashed."""
    one = Annotated[dict[str, int], {"a": "b"}]
    other = Annotated[list[int], {"a": "b"}]
    assert adapter(Answer[one]).validate_json('{"a":1}') == {"a": 1}
    assert adapter(Answer[other]).validate_json("[1]") == [1]


def test_pick_finds_nothing_beyond_the_end_or_inside_a_text() -> None:
    assert pick({"a": ["b"]}, "/a/0") == "b"
    assert pick({"a": ["b"]}, "/a/1") is None
    assert pick({"a": ["b"]}, "/a/0/0") is None


def test_refusal_in_a_broken_coding_keeps_its_other_headers(world: World) -> None:
    """It says nothing any more about a body that is not there."""
    headers = {"content-encoding": "gzip", "content-type": "text/html", "x-request-id": "r-1"}
    response = httpx.Response(404, stream=httpx.ByteStream(b"no gzip"), headers=headers)
    client = world.client(lambda _: response, max_retries=0)
    with pytest.raises(NotFoundError, match="request id r-1") as caught:
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert (caught.value.headers["content-type"], "content-encoding" in caught.value.headers) == ("text/html", False)


def test_token_that_is_no_text_is_an_error(world: World) -> None:
    """It is neither followed nor taken for the end."""
    client = world.client(in_turn({**page("a"), "page_info": {"next_page_token": 5}}))
    seen: list[Any] = []
    answers: Any = Answer[dict[str, Any]]
    with pytest.raises(PaginationInvalid, match="no text, got 5"):
        world.gather(lambda: client.pages("search.create", answers, answers, body={"text": "x"}), seen)
    assert [item["_id"] for item in seen] == ["a"]


def test_each_form_has_its_own_boundary(world: World) -> None:
    """One that is known beforehand could be put into a file."""
    for _ in range(2):
        upload(world, url="https://e.example/v")
    assert len({request.headers["content-type"] for request in world.requests}) == 2


def test_length_is_that_of_what_is_left_of_a_file(world: World, film: Path) -> None:
    with film.open("rb") as file:
        file.seek(100)
        upload(world, file=file)
    assert int(world.requests[0].headers["content-length"]) == len(world.bodies[0])
    assert parts(world)[0].content == film.read_bytes()[100:]


def test_refused_upload_leaves_an_open_file_where_it_stood(world: World, film: Path) -> None:
    """Measuring it moves it, and moves it back."""
    with film.open("rb") as file:
        file.seek(100)
        assert refused(world, "uploads.create", body={"file": file, "count": "many"})[0][0] == "form.count"
        assert file.tell() == 100


class Asked(os.PathLike[str]):
    """A path that remembers which threads asked for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.threads: set[int] = set()

    def __fspath__(self) -> str:
        self.threads.add(threading.get_ident())
        return str(self._path)


def test_event_loop_opens_no_file(world: World, film: Path) -> None:
    """Opening one can block as reading it can."""
    asked = Asked(film)
    upload(world, file=asked)
    assert (threading.get_ident() in asked.threads) is not world.asynchronous


def test_default_parameters_of_a_given_client_are_left_out(world: World) -> None:
    """In both worlds: httpx would replace the whole query by them."""
    client = world.client(lambda _: answer({"data": []}))
    client._http.params = {"a": "1"}
    world.do(lambda: client.call("notes.list", Answer[dict[str, Any]], query={"page": 2}))
    assert world.urls == ["/v7/notes?page=2"]


def test_our_own_client_names_itself(world: World) -> None:
    own = type(world.client(lambda _: answer()))(api_key=KEY)
    assert own._http.headers["user-agent"] == "tiny_api/7"
    world.do(own.close)


@pytest.mark.parametrize("status", [200, 400])
def test_connection_that_breaks_is_given_back(world: World, status: int) -> None:
    """Half a body is none, and its connection must not be kept."""
    wire = Wire(b'{"_id":', error=httpx.ReadError("broken"))
    client = world.client(lambda _: httpx.Response(status, stream=wire), max_retries=0)
    with pytest.raises(httpx.ReadError):
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert wire.closed


def classes(hint: Any) -> set[type]:
    """Return the classes that an annotation admits."""
    if isinstance(hint, type):
        return {hint}
    if typing.get_origin(hint) in (typing.Union, types.UnionType, Annotated):
        return set().union(*(classes(part) for part in typing.get_args(hint)))
    return classes(typing.get_origin(hint)) if typing.get_origin(hint) else set()


@pytest.mark.parametrize("call", OURS, ids=lambda call: call.method)
def test_a_method_returns_what_its_signature_says(contract: Contract, call: Call) -> None:
    """In both clients, also where another model would hold the same."""
    operation = contract.operation(call.operation_id)
    transport = httpx.MockTransport(lambda _: success(operation, event_stream=call.event_stream))
    method = operator.attrgetter(call.method)

    async def run() -> None:
        async with httpx.AsyncClient(transport=transport) as http:
            bound = method(AsyncTwelveLabs(api_key=KEY, httpx_client=http))
            assert type(await bound(**call.arguments)) in classes(typing.get_type_hints(bound)["return"])

    bound = method(TwelveLabs(api_key=KEY, httpx_client=httpx.Client(transport=transport)))
    assert type(bound(**call.arguments)) in classes(typing.get_type_hints(bound)["return"])
    asyncio.run(run())
