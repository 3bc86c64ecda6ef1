"""Every operation of the bundled document, through both generated clients, over respx."""

from __future__ import annotations

import asyncio
import inspect
import json
import operator
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import respx
import twelvelabs_api as newest_api
import twelvelabs_api_2025_08 as twelvelabs_api
from pydantic import BaseModel
from twelvelabs_api_2025_08 import AsyncTwelveLabs, RequestInvalid, StatusError, TwelveLabs

from apicontract.client import (
    AsyncPager,
    AsyncStream,
    Pager,
    Stream,
)
from apicontract.openapi import media_types
from apicontract.wire import multipart
from tests.support.editions import contract_2025_08
from tests.support.vendor import CALLS, ID, KEY, METADATA, VIDEO, Call, record, success
from twelvelabs_contract import Contract

BASE = "https://api.twelvelabs.io/v1.3"


# The vendor's calls, but for one: the client refuses both ways to give an image or a sound (ledger A30).
ONLY_FILES = {"image_url", "audio_url"}


OURS = tuple(
    Call(c.method, {k: v for k, v in c.arguments.items() if k not in ONLY_FILES}, c.operation, c.event_stream)
    if c.method == "embed.create"
    else c
    for c in CALLS
)


by_method = pytest.mark.parametrize("call", OURS, ids=lambda call: call.method)


Run = Callable[..., Any]


# One pool each for all tests: nothing connects, and setting up TLS for every test would take most of the time.
SYNC_HTTP, ASYNC_HTTP = httpx.Client(), httpx.AsyncClient()


def run_sync(method: str, arguments: Mapping[str, Any], **settings: Any) -> Any:
    """Call a method of the synchronous client; a stream and a listing are read to their end."""
    with TwelveLabs(api_key=KEY, httpx_client=SYNC_HTTP, **settings) as client:
        result = operator.attrgetter(method)(client)(**arguments)
        return list(result) if isinstance(result, Pager | Stream) else result


def run_async(method: str, arguments: Mapping[str, Any], **settings: Any) -> Any:
    """Call a method of the asynchronous client, the same way."""

    async def run() -> Any:
        async with AsyncTwelveLabs(api_key=KEY, httpx_client=ASYNC_HTTP, **settings) as client:
            result = await operator.attrgetter(method)(client)(**arguments)
            return [item async for item in result] if isinstance(result, AsyncPager | AsyncStream) else result

    return asyncio.run(run())


@pytest.fixture(params=[run_sync, run_async], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    """Return each client in turn, behind one way of calling."""
    found: Run = request.param
    return found


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    """Mock the API; a request that no route answers is an error."""
    with respx.mock(base_url=BASE, assert_all_called=False) as found:
        yield found


def dumped(value: Any) -> Any:
    """Bring models back to the payload that they were read from."""
    if isinstance(value, list):
        return [dumped(item) for item in value]
    return value.model_dump(mode="json", by_alias=True, exclude_unset=True) if isinstance(value, BaseModel) else value


def sent(request: httpx.Request) -> tuple[Any, ...]:
    """Reduce a request to what it says: the order of fields, the boundary and JSON's white space say nothing."""
    parts = urlsplit(str(request.url))
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    name, options = media_types.parse(request.headers.get("content-type", ""))
    body: Any = json.loads(request.content) if name == "application/json" else None
    if name == media_types.FORM:
        body = sorted(map(repr, multipart.parse(request.content, options["boundary"])))
    return request.method, parts.path, query, name, body


@by_method
def test_the_request_is_the_vendors_and_conforms(
    contract: Contract, router: respx.MockRouter, run: Run, call: Call
) -> None:
    """The same arguments become the same request as with the vendor's SDK, and one that conforms."""
    operation = contract.operation(call.operation_id)
    answer = success(operation, event_stream=call.event_stream)
    if operation.pagination and operation.pagination.style == "page":
        answer = httpx.Response(200, json={"data": [], "page_info": {"page": 1, "total_page": 1}})
    route = router.route().mock(return_value=answer)
    run(call.method, call.arguments)
    (request,) = [made.request for made in route.calls]
    assert contract.check_request(request) == []
    assert sent(request) == sent(record(contract, call).requests[0])
    assert request.headers["x-api-key"] == KEY


def answers() -> list[Any]:
    """Pair every call with every example of its success."""
    contract = contract_2025_08()
    cases: list[Any] = []
    for call in OURS:
        wanted = "application/x-ndjson" if call.event_stream else "application/json"
        for key, response in contract.operation(call.operation_id).responses.items():
            if key.startswith("2"):
                examples = response.content[wanted].examples if wanted in response.content else {"no content": None}
                cases.extend(pytest.param(call, name, id=f"{call.method}-{name}") for name in examples)
    return cases


@pytest.mark.parametrize(("call", "example"), answers())
def test_an_answer_becomes_models_without_loss(
    contract: Contract, router: respx.MockRouter, run: Run, call: Call, example: str
) -> None:
    operation = contract.operation(call.operation_id)
    answer = success(operation, event_stream=call.event_stream, example=example)
    if call.event_stream:
        expected: Any = [json.loads(line) for line in answer.text.split("\n") if line]
    elif operation.pagination and operation.pagination.style == "page":
        payload = answer.json()
        expected = payload["data"]
        payload.get("page_info", {}).pop("total_page", None)  # one page of several: the listing ends with an empty one
        last = httpx.Response(200, json={"data": []})
        router.route().mock(side_effect=[httpx.Response(200, json=payload), last])
    else:
        expected = answer.json() if answer.content else None
    if not router.routes:
        router.route().mock(return_value=answer)
    assert dumped(run(call.method, call.arguments)) == expected


def refusals() -> list[Any]:
    """Pair every call with every documented refusal, each example of it, and some that nobody documented."""
    contract = contract_2025_08()
    cases: list[Any] = []
    for call in OURS:
        for key, response in contract.operation(call.operation_id).responses.items():
            if not key.startswith("2"):
                status = {"4XX": 418, "5XX": 500}.get(key) or int(key)
                content = response.content.get("application/json")
                for name, value in (content.examples if content else {"empty": None}).items():
                    cases.append(pytest.param(call, status, value, id=f"{call.method}-{status}-{name}"))
    return cases


@pytest.mark.parametrize(("call", "status", "body"), refusals())
def test_a_documented_refusal_becomes_its_error(
    router: respx.MockRouter, run: Run, call: Call, status: int, body: Any
) -> None:
    """The error's class is the status's, and its text says operation, status, code and message, and not the key."""
    router.route().mock(return_value=httpx.Response(status) if body is None else httpx.Response(status, json=body))
    with pytest.raises(StatusError) as caught:
        run(call.method, call.arguments, max_retries=0)
    expected = {400: "BadRequestError", 401: "UnauthorizedError", 404: "NotFoundError", 429: "TooManyRequestsError"}
    assert type(caught.value).__name__ == expected.get(status, "ServerError" if status == 500 else "StatusError")
    assert caught.value.status_code == status
    text = str(caught.value)
    for word in (call.operation_id, str(status), *(map(str, (body or {}).values()))):
        if word != (body or {}).get("docs_url"):
            assert word in text
    assert KEY not in text


def test_a_file_is_streamed_from_its_path(
    contract: Contract, router: respx.MockRouter, run: Run, tmp_path: Path
) -> None:
    """A path is opened and sent with its name, type and length; the vendor's SDK would send the path's text."""
    path = tmp_path / 'clip "début".mp4'
    path.write_bytes(bytes(range(256)) * 1000)
    route = router.post("/tasks").mock(return_value=success(contract.operation("tasks.create")))
    run("tasks.create", {"index_id": ID, "video_file": str(path), "user_metadata": METADATA})
    request = route.calls[0].request
    assert int(request.headers["content-length"]) == len(request.content)
    _, options = media_types.parse(request.headers["content-type"])
    *_, metadata, video = multipart.parse(request.content, options["boundary"])
    assert (video.filename, video.content_type, video.content) == (path.name, VIDEO[2], path.read_bytes())
    assert isinstance(metadata.content, bytes)
    assert json.loads(metadata.content) == METADATA
    assert contract.check_request(request) == []


def test_a_listing_takes_as_many_requests_as_it_has_pages(router: respx.MockRouter, run: Run) -> None:
    """Thirty items on three pages are three requests, each with every argument; the vendor's SDK sends four."""

    def page(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"]) if "page" in request.url.params else 1
        items = [{"_id": f"{10 * (number - 1) + i:024x}"} for i in range(10)]
        return httpx.Response(200, json={"data": items, "page_info": {"page": number, "total_page": 3}})

    route = router.get("/tasks").mock(side_effect=page)
    items = run("tasks.list", {"status": "ready", "page_limit": 10})
    assert [int(item.id, 16) for item in items] == list(range(30))
    assert [dict(made.request.url.params) for made in route.calls] == [
        {"status": "ready", "page_limit": "10"},
        {"page": "2", "status": "ready", "page_limit": "10"},
        {"page": "3", "status": "ready", "page_limit": "10"},
    ]


def test_a_search_goes_on_by_token(router: respx.MockRouter, run: Run) -> None:
    """`search.query` follows the tokens, repeats what each page needs, and ends where no token is given."""
    first = {"data": [{"video_id": "a"}], "page_info": {"next_page_token": "t/1"}}
    second = {"data": [{"video_id": "b"}], "page_info": {"next_page_token": "t2", "prev_page_token": "t0"}}
    router.post("/search").mock(return_value=httpx.Response(200, json=first))
    later = router.route(method="GET").mock(
        side_effect=[httpx.Response(200, json=second), httpx.Response(200, json={"data": [{"video_id": "c"}]})]
    )
    arguments = {"index_id": ID, "search_options": ["visual"], "query_text": "a dog", "include_user_metadata": True}
    assert [item.video_id for item in run("search.query", arguments)] == ["a", "b", "c"]
    assert [made.request.url.raw_path.decode() for made in later.calls] == [
        "/v1.3/search/t%2F1?include_user_metadata=true",
        "/v1.3/search/t2?include_user_metadata=true",
    ]


@pytest.mark.parametrize("stream", [None, True])
def test_generate_streams_unless_asked_otherwise(
    contract: Contract, router: respx.MockRouter, run: Run, stream: bool | None
) -> None:
    """The flag is always sent, so client and server agree on what comes back (ledger A14, S10)."""
    answer = success(contract.operation("generate"), event_stream=True)
    route = router.post("/generate").mock(return_value=answer)
    given = {} if stream is None else {"stream": stream}
    events = run("generate", {"video_id": ID, "prompt": "p", **given})
    assert json.loads(route.calls[0].request.content)["stream"] is True
    assert [event.event_type for event in events][:: len(events) - 1] == ["stream_start", "stream_end"]


def test_the_surface_is_the_references() -> None:
    """Each of the 29 methods takes the reference's arguments by name, in both clients, and no method is hidden."""
    for client in (TwelveLabs(api_key=KEY), AsyncTwelveLabs(api_key=KEY)):
        for call in CALLS:
            taken = inspect.signature(operator.attrgetter(call.method)(client)).parameters
            assert call.arguments.keys() | {"request_options"} == taken.keys(), call.method
            assert {parameter.kind for parameter in taken.values()} == {inspect.Parameter.KEYWORD_ONLY}


def test_the_front_door() -> None:
    assert twelvelabs_api.__all__ == sorted(twelvelabs_api.__all__)
    assert {"TwelveLabs", "AsyncTwelveLabs", "models", "RequestInvalid", "StatusError"} <= set(twelvelabs_api.__all__)
    from twelvelabs_api_2025_08.indexes import IndexesCreateRequestModelsItem

    assert IndexesCreateRequestModelsItem(model_name="marengo2.7", model_options=["visual"])


# What the reference's usage snippets of four methods show: less than the API's own rules ask for (ledger D6).
ABBREVIATED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "tasks.create": ({"index_id": "index_id"}, {"video_url": "https://example.com/v.mp4"}),
    "search.create": ({"index_id": "index_id", "search_options": ["visual"]}, {"query_text": "a dog"}),
    "embed.create": ({"model_name": "model_name"}, {"text": "a dog"}),
    "embed.tasks.create": ({"model_name": "model_name"}, {"video_file": b"\x00"}),
}


@pytest.mark.parametrize("method", ABBREVIATED)
def test_an_abbreviated_call_is_refused_and_runs_when_completed(
    contract: Contract, router: respx.MockRouter, run: Run, method: str
) -> None:
    """Nothing is sent and the text says what is missing; the rest, or `validate=False`, lets it go."""
    given, rest = ABBREVIATED[method]
    route = router.route().mock(return_value=success(contract.operation(method)))
    with pytest.raises(RequestInvalid, match=r"nothing was sent.*\n.*give at least one of") as caught:
        run(method, given)
    assert [violation.rule for violation in caught.value.violations] == ["anyOf"]
    assert not route.calls
    run(method, given | rest)
    run(method, given, validate=False)
    assert len(route.calls) == 2


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


@pytest.mark.parametrize(
    ("package", "edition"), [(twelvelabs_api, "2025-08"), (newest_api, None)], ids=["2025-08", "newest"]
)
def test_a_method_that_waits_asks_as_often_as_the_document_says(package: types.ModuleType, edition: str | None) -> None:
    """Of one job and of several, in both clients."""
    document = contract_2025_08() if edition else Contract.load()
    waits = [found.waiting for found in document.operations if found.waiting is not None]
    assert waits
    for made in (package.TwelveLabs(api_key=KEY), package.AsyncTwelveLabs(api_key=KEY)):
        for waiting in waits:
            for name in filter(None, (waiting.method, waiting.together)):
                method = operator.attrgetter(name)(made)
                assert inspect.signature(method).parameters["sleep_interval"].default == waiting.interval, name
