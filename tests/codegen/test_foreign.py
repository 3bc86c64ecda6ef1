"""Another's document becomes a client too: missing names are derived, and operations that cannot be called left out."""

from __future__ import annotations

import base64
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.client import ApiError, RequestInvalid, ResponseInvalid, StatusError
from codegen.__main__ import DONE, WRONG, Wanted, generate, run
from codegen.foreign import naming
from codegen.problems import Problem
from tests.codegen.conftest import BOOKSHOP

HERE = Path(__file__).parent / "foreign"
KEYS = {
    "token": "tok",
    "password": ("me", "pass:word"),
    "key": "key-one-0001",
    "session": "sid-two-0002",
    "query": "query-three&03",
    "flow": "oauth",
}
SHIP = {"id": "1", "name": None, "parts": [{"id": "2", "name": "dinghy"}], "extra": 1}


class Harbour:
    """A client of the harbour, what it sends, and what it is answered."""

    def __init__(self, package: Any) -> None:
        self.package = package
        self.sent: list[httpx.Request] = []
        self.answer = httpx.Response(204)
        self.client = self.made(api_key=KEYS)

    def made(self, **settings: Any) -> Any:
        """Make a client."""
        transport = httpx.MockTransport(self._handle)
        return self.package.Harbour(httpx_client=httpx.Client(transport=transport), max_retries=0, **settings)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.sent.append(request)
        return self.answer

    def answers(self, value: Any, status: int = 200) -> None:
        """Answer with JSON from now on."""
        self.answer = httpx.Response(status, json=value)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Problem], dict[str, bytes]]:
    """Generate the client of the harbour."""
    warnings: list[Problem] = []
    files = generate(HERE / "harbour.yaml", Wanted(package="harbour_api"), warnings)["harbour_api"]
    folder = tmp_path_factory.mktemp("harbour")
    for path, content in files.items():
        (folder / "harbour_api" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "harbour_api" / path).write_bytes(content)
    return folder, warnings, files


@pytest.fixture
def harbour(generated: tuple[Path, list[Problem], dict[str, bytes]]) -> Iterator[Harbour]:
    """Import the client of the harbour."""
    sys.path.insert(0, str(generated[0]))
    try:
        yield Harbour(importlib.import_module("harbour_api"))
    finally:
        sys.path.pop(0)


def adopted(text: str, folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Generate a client from a text, and return its files and the warnings."""
    (folder / "document.yaml").write_text(text)
    warnings: list[Problem] = []
    return generate(folder / "document.yaml", Wanted(package="some_api"), warnings)["some_api"], list(
        map(str, warnings)
    )


def test_an_operation_that_cannot_be_called_is_left_out_by_name(
    generated: tuple[Path, list[Problem], dict[str, bytes]],
) -> None:
    _, warnings, files = generated
    (warning,) = map(str, warnings)
    assert warning == (
        "harbour.yaml:106: #/paths/~1lost/get: the operation 'lost' is left out: it needs a parameter in 'body', which"
        " the client cannot send; call it by other means"
    )
    client = files["_client.py"].decode()
    assert "lost" not in client
    assert "def found(self, *, way: str, " in client


def test_operations_in_any_style_have_methods(harbour: Harbour) -> None:
    """By the path that the id spells, else by the tag; by method and path where there is no id, or two are the same."""
    client = harbour.client
    paths = [
        client.ships_boats.list_ships,
        client.ships_boats.create,
        client.ships.get_one,
        client.ships.put_one,
        client.delete_ships_id,
        client.papers,
        client.create,
        client.class_,
        client.add_crew,
        client.add_photo,
    ]
    assert all(map(callable, paths))


def test_inline_objects_have_derived_names_and_all_of_inherits(harbour: Harbour) -> None:
    models = harbour.package.models
    assert models.Ship.model_fields.keys() == {
        "id",
        "kind",
        "name",
        "value",
        "home",
        "parts",
        "loop",
        "signals",
        "secret",
    }
    assert {"ListShipsResponse", "ListShipsResponseNext", "ShipHome"} <= {
        name.removeprefix("ShipsBoats") for name in models.__all__
    }
    assert models.Loop.model_fields.keys() == {"turns"}
    assert models.Ship(name="x").id is None, "what the server sets is not required of who makes one"
    assert models.SailBoat.model_fields.keys() == {"masts", "weight"}
    assert {"Model2Thing", "Class", "NoneModel", "Vessel", "MotorBoat"} <= set(models.__all__)
    assert models.Class.model_fields.keys() == {"class_", "class_2"}


def test_answers_are_models(harbour: Harbour) -> None:
    """A property that the server alone sets is not required, as the model is sent too."""
    harbour.answers({"items": [SHIP], "next": None})
    page = harbour.client.ships_boats.list_ships(page_size=2, sort=["a"], berth="7 b")
    assert page.items[0].parts[0].name == "dinghy"
    assert page.items[0].model_extra == {"extra": 1}
    (sent,) = harbour.sent
    assert sent.url == "https://harbour.example.com/v1/ships?page%5Bsize%5D=2&sort=%5B%22a%22%5D"
    assert sent.headers["cookie"] == "berth=7%20b"
    assert sent.headers["accept"] == "application/json"
    harbour.answers({"power": 3})
    assert type(harbour.client.ships.get_one(id="a")).__name__ == "MotorBoat"
    harbour.answers(["a", ["b"]])
    assert harbour.client.add_photo(id="a") == ["a", ["b"]]
    harbour.answers({"x": None})
    assert harbour.client.add_crew(id="a") == {"x": None}


def test_a_discriminator_chooses_the_class(harbour: Harbour) -> None:
    """By the values of its mapping; a variant that has none goes by the name of its schema."""
    signals = [{"by": "banner", "text": "a"}, {"by": "light", "text": "b"}, {"by": "pennant"}]
    harbour.answers({"items": [{**SHIP, "signals": signals}]})
    (ship,) = harbour.client.ships_boats.list_ships().items
    assert [type(signal).__name__ for signal in ship.signals] == ["Flag", "Light", "Flag"]
    harbour.answers({"items": [{**SHIP, "signals": [{"by": "smoke"}]}]})
    with pytest.raises(ResponseInvalid, match=r"body\.items\[0\]\.signals\[0\]"):
        harbour.client.ships_boats.list_ships()


def test_a_stream_yields_its_events(harbour: Harbour) -> None:
    stream = b'data: {"by": "banner"}\n\ndata: {"by": "light", "text": "b"}\n\n'
    harbour.answer = httpx.Response(200, content=stream, headers={"content-type": "text/event-stream"})
    assert [type(event).__name__ for event in harbour.client.get_signals()] == ["Flag", "Light"]
    harbour.answer = httpx.Response(204)
    harbour.client.put_signals()
    assert {str(request.url) for request in harbour.sent} == {"https://signals.example.com/signals"}
    harbour.made(api_key="k", base_url="https://other.example").put_signals()
    assert str(harbour.sent[2].url) == "https://other.example/signals"


def test_a_success_without_a_body_beside_one_with_a_body_is_none(harbour: Harbour) -> None:
    assert harbour.client.ships_boats.create(name="x") is None
    harbour.answers(SHIP, 201)
    assert harbour.client.ships_boats.create(name="x").id == "1"


def test_of_several_media_types_json_is_sent(harbour: Harbour) -> None:
    harbour.client.ships_boats.create(name=None, home={"country": "NL"})
    (sent,) = harbour.sent
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.content) == {"name": None, "home": {"country": "NL"}}
    with pytest.raises(TypeError, match="id"):
        harbour.client.ships_boats.create(name="x", id="1")  # read-only
    with pytest.raises(RequestInvalid, match=r"body\.home\.country"):
        harbour.client.ships_boats.create(name="x", home={})


def test_an_argument_that_two_places_want_is_named_after_its_place(harbour: Harbour) -> None:
    harbour.client.ships.put_one(id="a", body_id=3, plus_1=1, minus_1=2)
    (sent,) = harbour.sent
    assert sent.url.path == "/v1/ships/a"
    assert json.loads(sent.content) == {"id": 3, "+1": 1, "-1": 2}
    harbour.client.ships.put_one(id="a")
    assert harbour.sent[1].content == b"", "the body may be left out"


def test_other_media_types_are_bytes(harbour: Harbour) -> None:
    harbour.answer = httpx.Response(200, content=b"%PDF")
    assert harbour.client.papers(id="a", format="pdf") == b"%PDF"
    assert harbour.sent[0].url.path == "/v1/ships/a/papers.pdf"
    assert harbour.client.create(id="a", format="pdf", body=b"\xff\x00") == b"%PDF"
    assert (harbour.sent[1].headers["content-type"], harbour.sent[1].content) == ("application/pdf", b"\xff\x00")
    harbour.answer = httpx.Response(200, content=b"null")
    assert harbour.client.class_(id="a", body="näh") is None
    assert harbour.sent[2].content == "näh".encode()
    with pytest.raises(RequestInvalid, match="maxLength"):
        harbour.client.class_(id="a", body="too long")
    with pytest.raises(RequestInvalid, match="bytes or a string are needed, not int"):
        harbour.client.create(id="a", format="pdf", body=5)


def test_forms_are_sent(harbour: Harbour) -> None:
    harbour.answers({})
    harbour.client.add_crew(id="a", name="Ann", roles=["cook", "mate"])
    assert harbour.sent[0].content == b"name=Ann&roles=cook&roles=mate", "an age that is not given is not sent as null"
    harbour.answers("x")
    harbour.client.add_photo(id="a", file=b"jpeg", about={"class": "yacht"})
    assert b'name="file"; filename="upload"' in harbour.sent[1].content
    assert b'{"class": "yacht"}' in harbour.sent[1].content


def test_each_operation_carries_the_credentials_that_it_asks_for(harbour: Harbour) -> None:
    client, word = harbour.client, base64.b64encode(b"me:pass:word").decode()
    harbour.answers({"power": 1})
    client.ships.get_one(id="a")
    harbour.answer = httpx.Response(204)
    client.ships_boats.create(name="x")
    client.ships.put_one(id="a")
    client.delete_ships_id(id="a")
    client.papers(id="a", format="pdf")
    client.create(id="a", format="pdf", body=b"")
    found = [(r.headers.get("authorization"), r.headers.get("x-key"), r.headers.get("cookie")) for r in harbour.sent]
    assert found == [
        ("Bearer tok", None, None),
        ("Bearer tok", None, None),
        (f"Basic {word}", None, None),
        (None, "key-one-0001", "sid=sid-two-0002"),
        (None, None, None),
        ("Bearer oauth", None, None),
    ]
    assert harbour.sent[4].url.query == b"api_key=query-three%2603"
    client.papers(id="a", format="pdf", api_key="mine")
    assert harbour.sent[6].url.query == b"api_key=mine"


def test_one_key_is_for_every_scheme_that_takes_one(harbour: Harbour) -> None:
    client = harbour.made(api_key="one")
    client.ships_boats.create(name="x")
    client.delete_ships_id(id="a")
    assert [r.headers.get("authorization") or r.headers["x-key"] for r in harbour.sent] == ["Bearer one", "one"]
    with pytest.raises(ApiError, match=r"no API key: give api_key; ships/put-one cannot be called without one"):
        client.ships.put_one(id="a")
    assert len(harbour.sent) == 2


def test_a_client_without_a_key_calls_what_needs_none(harbour: Harbour) -> None:
    client = harbour.made()
    harbour.answers({"power": 1})
    client.ships.get_one(id="a")
    with pytest.raises(ApiError, match="no API key"):
        client.ships_boats.create(name="x")


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ({"toke": "x"}, "the document has no security scheme toke; it has flow, key, password, query, session, token"),
        ({"password": ("a:b", "c")}, "cannot contain a colon"),
        ({"token": "a b\n"}, "is not an API key"),
        (7, "must be a string, or a pair of user and password"),
        (("a", "b", "c"), "must be a string, or a pair of user and password"),
    ],
)
def test_a_key_that_cannot_be_sent_is_refused(key: Any, message: str, harbour: Harbour) -> None:
    with pytest.raises(ApiError, match=message):
        harbour.made(api_key=key)


def test_no_error_shows_a_credential(harbour: Harbour) -> None:
    """Neither its request nor its response, should the server send it back."""
    word = base64.b64encode(b"me:pass:word").decode()
    hidden = ("query-three&03", "sid-two-0002", "key-one-0001", "pass:word", word)
    calls: list[tuple[Callable[[], object], tuple[str, ...]]] = [
        (lambda: harbour.client.papers(id="a", format="pdf"), hidden[:1]),
        (lambda: harbour.client.delete_ships_id(id="a"), hidden[1:3]),
        (lambda: harbour.client.ships.put_one(id="a"), hidden[3:]),
    ]
    for call, own in calls:
        harbour.answer = httpx.Response(403, text=" ".join(own), headers={"x-echo": own[0]})
        with pytest.raises(StatusError) as caught:
            call()
        error = caught.value
        request = error.response.request
        shown = f"{error!r} {error.body} {request.url} {request.headers.multi_items()} {error.response.headers}"
        assert [secret for secret in own if secret in shown] == []
    assert harbour.sent[0].url.params["api_key"] == "query-three&03", "what was sent stays whole"


def test_the_document_goes_into_the_package_as_it_is(
    generated: tuple[Path, list[Problem], dict[str, bytes]],
) -> None:
    files = generated[2]
    raw = json.loads(files["openapi.json"])
    assert raw["openapi"] == "3.0.3"
    assert raw["components"]["schemas"]["thing"]["properties"]["kind"] == {"type": "string", "enum": []}
    assert all(b"from an OpenAPI document" in content for path, content in files.items() if path.endswith(".py"))


def test_an_operation_with_a_server_of_its_own_is_sent_there(tmp_path: Path) -> None:
    text = """
openapi: 3.2.0
info: {title: Two, version: '1'}
paths:
  /a: {get: {servers: [{url: 'https://other.example/x'}], responses: {'200': {description: A.}}}}
  /b: {query: {operationId: ask, responses: {'200': {description: B.}}}}
  /c: {get: {operationId: rest, parameters: [{name: q, in: querystring, required: true, content: {}}], responses: {}}}
  /d: {get: {operationId: some, parameters: [{name: q, in: querystring, content: {}}], responses: {}}}
"""
    files, warnings = adopted(text, tmp_path)
    assert len(warnings) == 2
    assert "'rest' is left out: it needs a parameter in 'querystring'" in warnings[0]
    assert "'some' is called without 'q': a parameter in 'querystring', which the client cannot send" in warnings[1]
    package = tmp_path / "some_api"
    for path, content in files.items():
        (package / path).parent.mkdir(exist_ok=True)
        (package / path).write_bytes(content)
    sys.path.insert(0, str(tmp_path))
    try:
        some = importlib.import_module("some_api")
    finally:
        sys.path.pop(0)
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    http = httpx.Client(transport=httpx.MockTransport(handle))
    with pytest.raises(ApiError, match="give base_url"):
        some.Two(httpx_client=http)
    client = some.Two(httpx_client=http, base_url="https://chosen.example/v2")
    client.get_a()
    client.ask()
    assert [(r.method, str(r.url)) for r in sent] == [
        ("GET", "https://chosen.example/v2/a"),
        ("QUERY", "https://chosen.example/v2/b"),
    ]


def test_a_document_of_ours_with_faults_of_style_is_generated_with_warnings(bookshop: Any, tmp_path: Path) -> None:
    """With `--strict` they are problems; what is generated is the same."""
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "openapi.yaml").write_text(text.replace("summary: Ask for advice", "summary: Ask for advice."))
    arguments = ["--spec", str(tmp_path / "spec"), "--out", str(tmp_path / "out"), "--package", "bookshop_api"]
    stdout, stderr = StringIO(), StringIO()
    assert run(arguments, stdout, stderr) == DONE
    assert stderr.getvalue().startswith("warning: spec/openapi.yaml:")
    assert "the summary ends in a full stop" in stderr.getvalue()
    made = tmp_path / "out" / "bookshop_api"
    assert (made / "models.py").read_text().splitlines()[3:] == bookshop.files["models.py"].decode().splitlines()[3:]
    assert run([*arguments, "--check"], StringIO(), again := StringIO()) == DONE
    assert "full stop" in again.getvalue(), "what was warned of once is warned of again"
    assert run(["--strict", *arguments], StringIO(), StringIO()) == WRONG


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    """Those of reading do not hide those of the rules, nor do they bring others with them."""
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    text = text.replace("summary: Ask for advice", "summary: Ask for advice.")
    text = text.replace("$ref: '#/components/schemas/Advice'", "$ref: '#/components/schemas/Advise'", 1)
    (tmp_path / "openapi.yaml").write_text(text)
    errors = StringIO()
    assert run(["--strict", "--spec", str(tmp_path), "--out", str(tmp_path / "out")], StringIO(), errors) == WRONG
    lines = errors.getvalue().splitlines()
    assert any("has no 'Advise'" in line for line in lines)
    assert any("full stop" in line for line in lines)


def test_a_mapping_that_leads_to_no_schema_is_a_problem(tmp_path: Path) -> None:
    """What is no reference to a place in the document is a file here, which is not there; the rules say the rest."""
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    (tmp_path / "openapi.yaml").write_text(text.replace("paper: '#/components/schemas/PaperBook'", "paper: array"))
    errors = StringIO()
    assert run(["--strict", "--spec", str(tmp_path), "--out", str(tmp_path / "out")], StringIO(), errors) == WRONG
    assert "mapping/paper: the $ref 'array' leads to no file" in errors.getvalue()
    assert "the mapping leaves out the variant 'PaperBook'" in errors.getvalue()


def test_a_client_class_that_is_no_name_is_made_of_the_title(tmp_path: Path) -> None:
    """Without `--strict` the document is then another's."""
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    (tmp_path / "openapi.yaml").write_text(text.replace("class: Bookshop", "class: [Bookshop]"))
    arguments = ["--spec", str(tmp_path), "--out", str(tmp_path / "out"), "--package", "bookshop_api"]
    assert run(arguments, StringIO(), errors := StringIO()) == DONE
    assert "'class' is ['Bookshop']" in errors.getvalue()
    assert "class Bookshop(" in (tmp_path / "out" / "bookshop_api" / "_client.py").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("swagger: '2.0'", "this is Swagger 2.0"),
        ("openapi: 3.1.0\npaths: {}", "there is no operation"),
        ("openapi: 3.1.0\npaths: [", "cannot be read"),
        ("openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {$ref: '#/no'}}}}}", "there is nothing here"),
    ],
)
def test_a_document_that_cannot_be_read_is_a_problem(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(text)
    errors = StringIO()
    assert run(["--spec", str(tmp_path / "api.yaml"), "--out", str(tmp_path / "out")], StringIO(), errors) == WRONG
    assert message in errors.getvalue()
    assert not (tmp_path / "out").exists()


def test_a_document_that_aliases_blow_up_is_refused(tmp_path: Path) -> None:
    levels = "".join(f"x-{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 9))
    text = f"openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nx-0: &l0 [a]\n{levels}"
    text += "paths: {/a: {get: {responses: {'200': {description: A.}}}}}\n"
    (tmp_path / "api.yaml").write_text(text)
    errors = StringIO()
    assert run(["--spec", str(tmp_path / "api.yaml"), "--out", str(tmp_path / "out")], StringIO(), errors) == WRONG
    assert "aliases expand to too many values" in errors.getvalue()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2Thing", "Model2Thing"),
        ("class", "Class"),
        ("global-advisory", "GlobalAdvisory"),
        ("None", "NoneModel"),
        ("Field", "FieldModel"),
        ("Étude", "Etude"),
        ("船", "Model"),
        ("a" * 300, "A" + "a" * 59),
    ],
)
def test_any_text_becomes_the_name_of_a_class(text: str, name: str) -> None:
    assert naming.class_name(text) == name
