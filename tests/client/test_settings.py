"""The settings of a client: key, base URL, timeout and retries; nothing shows the key."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

import apicontract.client as front_door
from apicontract.client import OMIT, Answer, ApiError, Omit
from apicontract.client.settings import Api, Settings, load_api
from tests.client.conftest import KEY, World, answer
from tests.client.tiny_api import Note, Tiny
from tests.support.small import document, load, operation


def test_front_door_is_sorted_and_complete() -> None:
    """What generated code may import is exactly this."""
    assert front_door.__all__ == [
        "OMIT",
        "Answer",
        "ApiError",
        "AsyncClient",
        "AsyncPager",
        "AsyncResource",
        "AsyncStream",
        "BadRequestError",
        "Callback",
        "ClosedModel",
        "ConflictError",
        "ContentTooLargeError",
        "FileInput",
        "FilePath",
        "ForbiddenError",
        "GoneError",
        "JobError",
        "JobFailed",
        "JobTimeout",
        "JobsFailed",
        "NotFoundError",
        "Omit",
        "OpenModel",
        "Page",
        "Pager",
        "PaginationInvalid",
        "Progress",
        "RequestInvalid",
        "RequestOptions",
        "ResponseInvalid",
        "ServerError",
        "StatusError",
        "Stream",
        "StreamInvalid",
        "SyncClient",
        "SyncResource",
        "TooManyRequestsError",
        "UnauthorizedError",
        "UnknownEvent",
        "UnprocessableError",
        "UploadChanged",
        "deprecated",
        "on_demand",
    ]
    assert all(hasattr(front_door, name) for name in front_door.__all__)


def test_key_is_sent_and_never_shown(world: World) -> None:
    """The key travels in the header that the document names, and no representation holds it."""
    client = world.client(lambda _: answer({"_id": "n"}))
    world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert world.requests[0].headers["x-api-key"] == KEY
    assert KEY not in repr(client) + repr(vars(client))
    assert repr(client) == f"{type(client).__name__}(base_url='https://tiny.example/v7')"


def test_key_comes_from_the_environment_at_construction(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is read when a client is made, not when a module is imported."""
    monkeypatch.setenv("TINY_KEY", "from-the-environment")
    client = world.client(lambda _: answer({"_id": "n"}), api_key=None)
    monkeypatch.setenv("TINY_KEY", "later")
    world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert world.requests[0].headers["x-api-key"] == "from-the-environment"


@pytest.mark.parametrize("key", [None, ""])
def test_missing_key_is_refused_at_construction(world: World, key: str | None) -> None:
    """Without a key nothing is sent, and the text names the argument and the variable."""
    with pytest.raises(ApiError, match="no API key: give api_key, or set the environment variable TINY_KEY"):
        world.client(lambda _: answer(), api_key=key)


@pytest.mark.parametrize("key", ["secret\n", " secret", "sécret", "sec\tret"])
def test_key_that_no_header_can_hold_is_refused_unseen(world: World, key: str) -> None:
    """A key with a newline, as files have it, is reported at once, and not shown."""
    with pytest.raises(ApiError, match="api_key is not an API key") as caught:
        world.client(lambda _: answer(), api_key=key)
    assert key.strip() not in str(caught.value)


def test_base_url_argument_wins_over_environment_over_document(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An explicit argument wins (ledger A38)."""
    assert world.client(lambda _: answer())._settings.base_url == "https://tiny.example/v7"
    monkeypatch.setenv("TINY_URL", "http://localhost:8080/v7/")
    assert world.client(lambda _: answer())._settings.base_url == "http://localhost:8080/v7"
    for end in ("", "/", "//"):
        given = world.client(lambda _: answer(), base_url=f"https://proxy.example:65535{end}")
        assert given._settings.base_url == "https://proxy.example:65535"


@pytest.mark.parametrize(
    "url",
    [
        "tiny.example",
        "ftp://tiny.example",
        "https://",
        "",
        "https://h:99999",
        "https://h:65536",
        "https://h:0",
        "https://h/?a=1",
        "https://u:p@h",
    ],
)
def test_base_url_that_leads_nowhere_is_refused(world: World, url: str) -> None:
    """Scheme, host and path are all there is to an address; credentials do not belong there, and are not shown."""
    with pytest.raises(ApiError, match="base_url") as caught:
        world.client(lambda _: answer(), base_url=url)
    assert "u:p" not in str(caught.value)


@pytest.mark.parametrize("number", [-1, 1.5, True, None])
def test_max_retries_must_be_a_count(world: World, number: Any) -> None:
    """No attempt can be made a negative or a fractional number of times."""
    with pytest.raises(ApiError, match="max_retries"):
        world.client(lambda _: answer(), max_retries=number)


@pytest.mark.parametrize("timeout", ["x", "5", -1, 0, float("nan"), float("inf"), True, (1, 2)])
def test_timeout_must_be_a_duration(world: World, timeout: Any) -> None:
    """Reported at construction, not with the first call."""
    with pytest.raises(ApiError, match=r"timeout must be seconds above 0, an httpx\.Timeout or None"):
        world.client(lambda _: answer(), timeout=timeout)


def test_httpx_client_must_be_of_the_same_world(world: World) -> None:
    """A client of the other world would fail with the first call, far from the mistake."""
    other: Any = httpx.Client() if world.asynchronous else httpx.AsyncClient()
    wanted = "AsyncClient" if world.asynchronous else "Client"
    for wrong in (other, "x", httpx.MockTransport(lambda _: answer())):
        with pytest.raises(ApiError, match=rf"httpx_client must be an httpx\.{wanted}, and is of class"):
            type(world.client(lambda _: answer()))(api_key=KEY, httpx_client=wrong)


def timeouts(world: World, **settings: Any) -> float:
    """Return the time to read that a request was given."""
    options = settings.pop("options", None)
    client = world.client(lambda _: answer({"_id": "n"}), **settings)
    world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}, options=options))
    found: float = world.requests[-1].extensions["timeout"]["read"]
    return found


def test_timeout_is_that_of_the_call_else_the_client_else_the_given_httpx_client(world: World) -> None:
    """A given httpx client keeps its own, five seconds by its own default, unless one is asked for here."""
    assert timeouts(world) == 5
    assert timeouts(world, timeout=60.0) == 60
    assert timeouts(world, timeout=None) is None
    assert timeouts(world, timeout=httpx.Timeout(9)) == 9
    assert timeouts(world, timeout=7, options={"timeout_in_seconds": 3}) == 3


def test_timeout_of_our_own_httpx_client_is_a_minute() -> None:
    """The default is sixty seconds, and looks like it."""
    with Tiny(api_key=KEY) as client:
        assert client._settings.timeout == 60.0
        assert client._http.headers["user-agent"] == "tiny_api/7"


def test_given_httpx_client_stays_open_and_our_own_is_closed(world: World) -> None:
    """Whoever opens closes."""
    client = world.client(lambda _: answer())

    async def use() -> None:
        if world.asynchronous:
            async with client:
                pass
            await client.aclose()
        else:
            with client:
                pass

    world.run(use())
    assert not client._http.is_closed
    own = type(client)(api_key=KEY)
    world.do(own.close)
    assert own._http.is_closed


def test_default_parameters_of_a_given_httpx_client_do_not_replace_ours() -> None:
    """By itself, httpx replaces the whole query by them."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer({"data": []})

    given = {"x-mine": "2", "x-api-key": "another"}
    http = httpx.Client(
        transport=httpx.MockTransport(handle), params={"a": "1"}, headers=given, cookies={"session": "3"}
    )
    with http, Tiny(api_key=KEY, httpx_client=http) as client:
        client.call("notes.list", Answer[Note | dict[str, object]], query={"page": 2})
        client.call("notes.list", Answer[Note | dict[str, object]])
    assert [str(request.url) for request in seen] == [
        "https://tiny.example/v7/notes?page=2",
        "https://tiny.example/v7/notes",
    ]
    assert seen[0].headers["x-mine"] == "2"
    assert seen[0].headers["cookie"] == "session=3"
    assert seen[0].headers.get_list("x-api-key") == [KEY]


def test_omit_is_one_thing_with_a_short_name() -> None:
    """The sentinel survives copying, and signatures show its name."""
    assert copy.deepcopy(OMIT) is OMIT
    assert repr(OMIT) == "OMIT"
    assert isinstance(OMIT, Omit)


def test_key_argument_wins_over_the_environment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", "from-the-environment")
    client = world.client(lambda _: answer({"_id": "n"}))
    world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert world.requests[-1].headers["x-api-key"] == KEY


@pytest.mark.parametrize("url", ["ftp://u:p@h", "u:p@h", "https://u:p@"])
def test_credentials_of_an_address_are_never_shown(world: World, url: str) -> None:
    with pytest.raises(ApiError, match="base_url must") as caught:
        world.client(lambda _: answer(), base_url=url)
    assert "u:p" not in str(caught.value)


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


@pytest.mark.parametrize(
    ("info", "agent"), [({"version": "2"}, "made_up_api/2"), ({}, "made_up_api"), ([], "made_up_api")]
)
def test_requests_name_the_package_and_its_version_if_it_has_one(
    info: Any, agent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "made_up_api"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "openapi.json").write_text(json.dumps({"openapi": "3.1.0", "info": info, "paths": {}}))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "made_up_api", raising=False)
    found = load_api.__wrapped__("made_up_api")
    assert (found.user_agent, found.key_environment, found.base_url_environment) == (agent, None, None)
    assert found.no_key == "no API key: give api_key"


@pytest.mark.parametrize(
    ("servers", "chosen", "address"),
    [
        ([], False, "https://api.example.com/v1"),
        (["https://other.example/v2/"], False, "https://other.example/v2"),
        (["https://a.example", "https://b.example"], False, "https://a.example"),
        (["/eu"], False, "https://api.example.com/eu"),
        (["eu/"], False, "https://api.example.com/eu"),
        (["https://other.example"], True, "https://api.example.com/v1"),
    ],
)
def test_operation_is_called_at_its_own_server_unless_the_user_chose_one(
    tmp_path: Path, servers: list[str], chosen: bool, address: str
) -> None:
    """The first of them; a relative one is relative to that of the client."""
    declared = operation(servers=[{"url": url} for url in servers]) if servers else operation()
    contract = load(document({"/a": {"get": declared}}), tmp_path)
    api = Api(contract, None, None, "agent")
    settings = Settings(api, None, "https://api.example.com/v1", 5, 0, True, False, chosen)
    assert settings.address(contract.operation("op")) == address


def test_server_of_an_operation_is_checked_like_any_other(tmp_path: Path) -> None:
    contract = load(document({"/a": {"get": operation(servers=[{"url": "http://other.example"}])}}), tmp_path)
    settings = Settings(Api(contract, None, None, "agent"), None, "https://api.example.com", 5, 0, True, False, False)
    with pytest.raises(ApiError, match=r"^the server of op must begin with https://, as the key is sent with it"):
        settings.address(contract.operation("op"))
