"""An operation responds as it was set, and cannot be set to a response that the API could never send."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import httpx
import pytest
import twelvelabs_api_2025_08

from tests.mock.conftest import Subject, get, post, send
from tests.support import vendor
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import AnswerInvalid, AnswerMissing, ErrorResponse, Example, Stream, TwelveLabsMock

ASK = {"video_id": "v", "prompt": "p"}
EVENTS: list[dict[str, Any]] = [
    {"event_type": "stream_start", "metadata": {"generation_id": "g"}},
    {"event_type": "text_generation", "text": "A dog \u2028 runs"},
    {"event_type": "stream_end", "metadata": {"generation_id": "g"}},
]


def test_a_payload_is_what_every_client_gets(mock: TwelveLabsMock, subject: Subject) -> None:
    mock["tasks.retrieve"].respond({"_id": "t1", "status": "ready", "unheard_of": 1})
    task = subject("tasks.retrieve", task_id="t1")
    assert (task.id, task.status) == ("t1", "ready")
    assert mock["tasks.retrieve"].calls[0].path == {"task_id": "t1"}


def test_headers_are_sent_beside_the_declared_ones(mock: TwelveLabsMock) -> None:
    mock["tasks.retrieve"].respond({"_id": "t1"}, headers={"X-Api-Version": "1.4", "x-trace": "åbc"})
    response = get("/tasks/t1")
    assert (response.headers["x-api-version"], response.headers["x-trace"]) == ("1.4", "åbc")


def test_a_payload_that_breaks_the_contract_is_refused_where_it_is_given(mock: TwelveLabsMock) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        mock["tasks.list"].respond({"data": [{"_id": 5}], "page_info": {"page": "1"}})
    assert str(caught.value).split("\n") == [
        "tasks.list: this payload is one that the real API could never send; fix it. "
        "Or, for a response that is wrong on purpose, pass an httpx.Response to respond_raw:",
        '  tasks.list: body.data[0]._id: the value is not of type "string", got 5 '
        "[type, #/components/schemas/VideoIndexingTask/properties/_id/type]",
        '  tasks.list: body.page_info.page: the value is not of type "integer", got "1" '
        "[type, #/components/schemas/PageInfo/properties/page/type]",
    ]
    assert [violation.rule for violation in caught.value.violations] == ["type", "type"]
    assert get("/tasks").status_code == 200, "what was set before still counts"


@pytest.mark.parametrize(
    ("operation", "reported", "message"),
    [
        ("tasks.delete", {}, "tasks.delete: status 204 has no body; give None. Or, "),
        ("tasks.retrieve", None, 'tasks.retrieve: body: the value is not of type "object", got null [type, '),
        (
            "tasks.retrieve",
            {"_id": {1}},
            "this payload is not a JSON value (Object of type set is not JSON serializable)",
        ),
        ("tasks.retrieve", {"system_metadata": {"size": float("nan")}}, "this payload is not a JSON value"),
        ("tasks.retrieve", ErrorResponse(200), "tasks.retrieve: status 200 is not an error, which is 400 to 599."),
        (
            "tasks.create",
            ErrorResponse(429, {"code": "x"}),
            "tasks.create: status 429 has no body; give the status alone.",
        ),
        ("tasks.retrieve", ErrorResponse(400, {"code": 7}), "body.code: the value is not of type"),
        ("tasks.retrieve", Stream([]), "tasks.retrieve: no event stream (application/x-ndjson) is declared"),
        ("analyze", Stream(EVENTS[:2]), "event[2]: the stream ends after line 2 without 'stream_end' [truncated, "),
        ("analyze", Stream(EVENTS[1:]), "event[0]: line 1: the stream begins with 'text_generation', not with"),
        ("analyze", Stream([*EVENTS, EVENTS[1]]), "event[3]: line 4: comes after 'stream_end', which ends the stream"),
        ("analyze", Stream([{"event_type": "stream_begin"}]), "event[0].event_type: no variant has this 'event_type'"),
    ],
)
def test_what_the_api_could_never_send_cannot_be_answered(
    mock: TwelveLabsMock, operation: str, reported: Any, message: str
) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        mock[operation].sequence([reported])
    assert message in str(caught.value)
    assert caught.value.__notes__ == ["this is response 1 of the sequence"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda mock: mock["tasks.lst"], r"^no operation 'tasks.lst' in the document; did you mean 'tasks.list'\?$"),
        (lambda mock: mock["xyz"], r"^no operation 'xyz' in the document$"),
        (
            lambda mock: mock["tasks.retrieve"].example("redy"),
            r"^tasks.retrieve has no example 'redy' of a response; did you mean 'ready'\?$",
        ),
        (
            lambda mock: mock["gist"].example("x"),
            r"^gist has no example 'x' of a response; known are gist, gist_title, ",
        ),
        (lambda mock: mock["tasks.delete"].example("xy"), r"known are error_parameter_invalid"),
    ],
)
def test_a_name_that_the_document_does_not_have_is_reported_with_those_it_has(
    mock: TwelveLabsMock, wrong: Any, message: str
) -> None:
    with pytest.raises(LookupError, match=message):
        wrong(mock)


def test_every_example_of_every_response_can_be_answered(mock: TwelveLabsMock, contract: Contract) -> None:
    """Each is sent as it stands in the document, but for the text of a stream."""
    reported = 0
    for operation in contract.operations:
        for key, declared in operation.responses.items():
            for content in declared.content.values():
                for name, value in content.examples.items():
                    mock[operation.id].example(name)
                    response, _ = mock._responder.answers.example(operation, name)
                    assert response.status == (500 if key in ("4XX", "5XX") else int(key))
                    body = response.body.decode()
                    assert (
                        body.rstrip("\n") == value.rstrip("\n") if isinstance(value, str) else json.loads(body) == value
                    )
                    reported += 1
    assert reported > 100


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (
            400,
            {
                "code": "parameter_invalid",
                "message": "The page_limit parameter is invalid. It must be a number from 1 to 50.",
                "docs_url": "https://docs.twelvelabs.io/docs/error-codes",
            },
        ),
        (404, {"code": "resource_not_exist", "message": "Not Found"}),
        (500, {"message": "Internal Server Error"}),
        (599, {"message": "Status 599"}),
    ],
)
def test_a_refusal_without_a_payload_is_the_documented_one(
    mock: TwelveLabsMock, contract: Contract, status: int, body: dict[str, str]
) -> None:
    mock["tasks.retrieve"].respond_error(status)
    response = get("/tasks/t")
    assert (response.status_code, response.json()) == (status, body)
    assert contract.check_exchange(response.request, response) == []


def test_a_refusal_can_have_headers_and_a_payload(mock: TwelveLabsMock) -> None:
    mock["gist"].respond_error(429, headers={"retry-after": "7"})
    response = post("/gist", json={"video_id": "v", "types": ["title"]})
    assert (response.status_code, response.content, response.headers["retry-after"]) == (429, b"", "7")
    mock["gist"].respond_error(400, {"code": "token_limit_exceeded"})
    assert post("/gist", json={"video_id": "v", "types": ["title"]}).json() == {"code": "token_limit_exceeded"}


def test_events_are_streamed_to_every_client_and_none_is_lost(mock: TwelveLabsMock, subject: Subject) -> None:
    """The vendor's SDK cuts lines at U+2028 (ledger S11), so what is not ASCII is escaped."""
    mock["analyze"].stream(EVENTS)
    events = subject("analyze_stream", **ASK)
    assert [event.event_type for event in events] == ["stream_start", "text_generation", "stream_end"]
    assert events[1].text == "A dog \u2028 runs"


def test_object_and_stream_of_one_operation_are_distinguished(mock: TwelveLabsMock) -> None:
    mock["analyze"].respond({"id": "a", "data": "told"})
    assert "text_generation" in post("/analyze", json=ASK).text, "the stream is still the example"
    mock["analyze"].stream(EVENTS)
    assert post("/analyze", json={**ASK, "stream": False}).json() == {"id": "a", "data": "told"}
    assert len(post("/analyze", json=ASK).text.splitlines()) == len(EVENTS)
    mock["analyze"].respond_error(429)
    assert {post("/analyze", json={**ASK, "stream": flag}).status_code for flag in (True, False)} == {429}
    mock["analyze"].example("analyze")
    assert post("/analyze", json={**ASK, "stream": False}).status_code == 200
    assert post("/analyze", json=ASK).status_code == 429


def test_a_sequence_answers_in_turn_and_then_says_that_it_is_over(mock: TwelveLabsMock) -> None:
    mock["tasks.retrieve"].sequence(
        [
            ErrorResponse(500),
            {"_id": "t", "status": "indexing"},
            Example("ready"),
            httpx.Response(200, text="<html>"),
            httpx.ReadTimeout("too slow"),
        ]
    )
    assert get("/tasks/t").status_code == 500
    assert get("/tasks/t").json()["status"] == "indexing"
    assert get("/tasks/t").json()["status"] == "ready"
    assert get("/tasks/t").text == "<html>"
    with pytest.raises(httpx.ReadTimeout, match="too slow"):
        get("/tasks/t")
    with pytest.raises(
        AnswerMissing, match=r"^tasks.retrieve: call 6 of a sequence of 5 responses; give it more responses$"
    ):
        get("/tasks/t")
    assert len(mock["tasks.retrieve"].calls) == 6
    mock.reset()
    mock["tasks.retrieve"].respond({"_id": "again"})
    assert get("/tasks/t").json() == {"_id": "again"}


def test_the_end_of_a_sequence_passes_through_the_clients(mock: TwelveLabsMock, subject: Subject) -> None:
    mock["tasks.retrieve"].sequence([])
    with pytest.raises(AnswerMissing, match="call 1 of a sequence of 0 responses"):
        subject("tasks.retrieve", task_id="t")
    mock.reset()


def swallowing(mock: TwelveLabsMock, calls: int = 1) -> list[httpx.Response]:
    """Call as code does that catches whatever comes, and return what it got."""
    mock["tasks.retrieve"].sequence([])
    found = []
    for _ in range(calls):
        with contextlib.suppress(Exception):
            found.append(get("/tasks/t"))
    return found


def test_the_end_of_a_sequence_that_was_swallowed_is_raised_when_the_mock_stops(contract: Contract) -> None:
    mock = TwelveLabsMock(contract)
    with pytest.raises(AnswerMissing, match=r"call 1 of a sequence of 0 responses"), mock:
        swallowing(mock, calls=2)
    with mock:
        """Once: the mock can be used again."""

    async def work() -> None:
        async with mock:
            swallowing(mock)

    with pytest.raises(AnswerMissing, match=r"call 1 of"):
        asyncio.run(work())


def test_the_end_of_a_sequence_is_raised_before_a_route_that_was_not_called(contract: Contract) -> None:
    mock = TwelveLabsMock(contract, assert_all_called=True)
    mock.get("/never")
    with pytest.raises(AnswerMissing) as caught, mock:
        swallowing(mock)
    assert "some routes were not called" in str(caught.value.__context__)


def test_an_error_that_passes_through_is_not_hidden_by_the_end_of_a_sequence(contract: Contract) -> None:
    mock = TwelveLabsMock(contract)
    with pytest.raises(ZeroDivisionError), mock:
        1 / len(swallowing(mock))
    with mock:
        swallowing(mock)
        mock.reset()


def test_answers_of_a_sequence_may_be_left_over(contract: Contract) -> None:
    with TwelveLabsMock(contract) as mock:
        mock["tasks.retrieve"].sequence([Example("ready"), Example("indexing")])
        assert get("/tasks/t").json()["status"] == "ready"


def test_an_answer_of_the_other_kind_is_not_sent(mock: TwelveLabsMock) -> None:
    mock["analyze"].sequence([Stream(EVENTS), {"id": "a", "data": "x"}])
    with pytest.raises(AnswerMissing, match="analyze: the request asks for one object, and response 1 is a stream"):
        post("/analyze", json={**ASK, "stream": False})
    with pytest.raises(AnswerMissing, match="the request asks for a stream, and response 2 is one object"):
        post("/analyze", json=ASK)
    mock.reset()


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize(
    ("answer", "stream", "status"),
    [
        ({"id": "a", "data": "x"}, False, 200),
        (Example("analyze"), False, 200),
        (Stream(EVENTS), True, 200),
        (Example("analyze_stream"), True, 200),
        (Example("error_parameter_invalid"), None, 400),
        (Example("error_api_key_invalid"), None, 401),
        (Example("error_api_upgrade_required"), None, 500),
        (ErrorResponse(400), None, 400),
        (ErrorResponse(503), None, 503),
        (httpx.Response(200, text="<html>"), None, 200),
    ],
)
def test_an_error_is_for_both_kinds_of_request_and_a_success_for_its_own(
    mock: TwelveLabsMock, answer: Any, stream: bool | None, status: int, asks: bool
) -> None:
    """In a sequence; one that is set alone leaves the other kind as it was."""
    asked = {**ASK, "stream": asks}
    mock["analyze"].sequence([answer])
    if stream in (None, asks):
        assert post("/analyze", json=asked).status_code == status
    else:
        with pytest.raises(AnswerMissing):
            post("/analyze", json=asked)
    mock.reset()
    if isinstance(answer, Example):
        mock["analyze"].respond_error(429)
        mock["analyze"].example(answer.name)
        assert post("/analyze", json=asked).status_code == (status if stream in (None, asks) else 429)


@pytest.mark.parametrize(
    "answer", [Example("ready"), {"_id": "t"}, ErrorResponse(404), Example("error_api_key_invalid")]
)
def test_where_nothing_streams_every_answer_is_for_every_request(mock: TwelveLabsMock, answer: Any) -> None:
    mock["tasks.retrieve"].sequence([answer])
    assert get("/tasks/t").status_code in (200, 401, 404)


def test_our_client_sends_again_after_a_refusal_in_a_sequence(
    mock: TwelveLabsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = twelvelabs_api_2025_08.TwelveLabs(api_key=vendor.KEY)
    monkeypatch.setattr(client, "_sleep", lambda _: None)
    mock["gist"].sequence([ErrorResponse(429), Example("gist")])
    assert client.gist(video_id="v", types=["title"]).title
    assert [call.body["types"] for call in mock["gist"].calls] == [["title"], ["title"]]


def test_a_raw_answer_is_sent_unchecked_and_as_often_as_asked(mock: TwelveLabsMock) -> None:
    mock["tasks.retrieve"].respond_raw(httpx.Response(200, json={"_id": 5}))
    assert [get("/tasks/t").json() for _ in range(2)] == [{"_id": 5}, {"_id": 5}]
    mock["tasks.retrieve"].respond_raw(httpx.ConnectError("refused"))
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            get("/tasks/t")


def test_an_answer_does_not_change_when_the_test_changes_what_it_gave(mock: TwelveLabsMock) -> None:
    given = {"data": [{"_id": "t"}]}
    mock["tasks.list"].respond(given)
    given["data"].clear()
    assert get("/tasks").json() == {"data": [{"_id": "t"}]}


def test_calls_hold_the_arguments_as_the_document_types_them(mock: TwelveLabsMock) -> None:
    get("/tasks?status=ready&status=failed&page_limit=50&width=640&filename=5")
    (call,) = mock["tasks.list"].calls
    assert call.query == {"status": ["ready", "failed"], "page_limit": 50, "width": 640, "filename": "5"}
    assert (call.path, call.body, call.violations) == ({}, None, ())
    assert call.request.url.params["width"] == "640"

    send("PUT", "/indexes/i/videos/v", json={"user_metadata": {"a": 1}})
    (call,) = mock["indexes.videos.update"].calls
    assert call.path == {"index_id": "i", "video_id": "v"}
    assert call.body == {"user_metadata": {"a": 1}}

    data = {"index_id": "i", "search_options": ["visual"], "query_media_type": "image", "page_limit": "3"}
    post("/search", data=data, files={"query_media_file": ("q.jpg", b"JPG")})
    assert mock.violations == ()
    assert mock["search.create"].calls[0].body == {**data, "page_limit": 3, "query_media_file": "q.jpg"}


def test_nothing_was_called_until_it_was(mock: TwelveLabsMock) -> None:
    assert not mock["tasks.list"].called
    assert mock["tasks.list"].calls == ()
    assert repr(mock["tasks.list"]) == "<OperationMock tasks.list: 0 calls>"


def test_a_status_that_is_a_text_is_reported(mock: TwelveLabsMock) -> None:
    with pytest.raises(AnswerInvalid, match=r"^tasks\.list: a status is a number, such as 429, not '400'"):
        mock["tasks.list"].respond_error("400")  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize(("number", "meant"), [(399, False), (400, True), (429, True), (599, True), (600, False)])
def test_a_status_in_a_sequence_is_refused_with_how_it_is_written(
    mock: TwelveLabsMock, number: int, meant: bool
) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        mock["tasks.retrieve"].sequence([ErrorResponse(429), number, {"_id": "t"}])
    advice = f"an error response in a sequence is ErrorResponse({number})"
    assert caught.value.__notes__ == ["this is response 2 of the sequence", *[advice] * meant]


def test_a_network_error_is_an_answer_as_the_docstring_has_it(mock: TwelveLabsMock) -> None:
    mock["tasks.list"].respond_raw(httpx.ConnectError("no route to the host"))
    with pytest.raises(httpx.ConnectError):
        get("/tasks")
    mock["tasks.list"].sequence([httpx.ReadTimeout("too slow"), Example("first_page")])
    with pytest.raises(httpx.ReadTimeout):
        get("/tasks")
    assert get("/tasks").json()["data"]
