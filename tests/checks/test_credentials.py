"""The parts of a request that are credentials, in the form of any client, also in merged fields."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from apicontract.checks.credentials import Credentials
from apicontract.openapi.document import Document
from tests.support.small import document, operation
from twelvelabs_contract import Contract, Headers, Request, Response

KEY, OTHER = "tlk_CANARY0123", "tlk_OTHER45678"
BASIC = base64.b64encode(f"user:{KEY}".encode()).decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-api-key", KEY),
        ("X-Api-Key", f"{OTHER}, {KEY}"),
        ("x-api-key", f"{KEY},{OTHER}"),
        ("x-api-key", f"Key\t{KEY}"),
        ("authorization", KEY),
        ("authorization", f"Bearer {KEY}"),
        ("authorization", f"Bearer\t{KEY}"),
        ("authorization", f"Bearer {OTHER}, Bearer {KEY}"),
        ("authorization", f"bearer {KEY}=="),
        ("authorization", f"Basic  {BASIC}"),
        ("authorization", f"Basic\t{BASIC}"),
        ("authorization", f"BASIC {BASIC}"),
        ("authorization", f'Digest username="u", realm="r", uri="/x", response="{KEY}"'),
        ("authorization", f"AWS4-HMAC-SHA256 Credential={OTHER}/a, SignedHeaders=host;date, Signature={KEY}"),
        ("authorization", f"GoogleLogin auth={KEY}"),
        ("proxy-authorization", f"Bearer {KEY}"),
        ("cookie", f'a=b; session="{KEY}"'),
    ],
)
def test_no_text_shows_a_credential(name: str, value: str) -> None:
    request = Request("GET", "https://api.twelvelabs.io/v1.3/tasks", Headers({name: value}))
    taken = Credentials(Contract.load().operations).of(request)
    assert KEY[:8] not in taken.text(f"it ends with {KEY}")
    assert BASIC not in value or BASIC[:8] not in taken.text(BASIC)


def _basic(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


KEYS = {
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "other": {"type": "apiKey", "in": "query", "name": "sig"},
}
SECURED = [operation(operationId=name, security=[{name: []}]) for name in KEYS]
SMALL = Contract(
    Document(
        document({f"/{one['operationId']}": {"get": one} for one in SECURED}, components={"securitySchemes": KEYS}),
    )
)
FIRST, SECOND, THIRD = "first-1234", "second-567", "third-8901"


@pytest.mark.parametrize(
    ("name", "value", "text", "shown"),
    [
        ("x-key", FIRST, f"<{FIRST}>", "<[secret]>"),
        ("X-KEY", f"{FIRST},{SECOND}", f"{FIRST} {SECOND}", "[secret] [secret]"),
        ("x-key", f"Key {FIRST}", f"Key {FIRST}", "Key [secret]"),
        ("x-key", " ab cd ef ", "ab cd ef", "[secret]"),
        ("x-key", f"ab cd {FIRST}", f"ab cd {FIRST}", "ab cd [secret]"),
        ("x-other", FIRST, FIRST, FIRST),
        ("authorization", f"Token a b {FIRST}", f"Token a b {FIRST}", "Token a b [secret]"),
        ("authorization", f"Token {FIRST},Token {SECOND}", f"{FIRST} {SECOND}", "[secret] [secret]"),
        ("authorization", f'A b="{FIRST}", c = {SECOND}', f"{FIRST} {SECOND}", "[secret] [secret]"),
        ("authorization", "", "authorization", "authorization"),
        ("cookie", f"a={FIRST};b = {SECOND} ; c", f"{FIRST} {SECOND}", "[secret] [secret]"),
        ("cookie", f'a= "{FIRST} x" ', f"<{FIRST} x>", "<[secret]>"),
        ("cookie", f"a={FIRST}={SECOND}", f"<{FIRST}={SECOND}>", "<[secret]>"),
        ("cookie", f"{FIRST}", FIRST, FIRST),
    ],
)
def test_of_a_header_its_key_is_hidden_and_nothing_else(name: str, value: str, text: str, shown: str) -> None:
    request = Request("GET", "https://api.example.com/header", Headers({name: value}))
    assert Credentials(iter(SMALL.operations)).of(request).text(text) == shown


@pytest.mark.parametrize("name", ["algorithm", "charset", "nc", "qop", "realm", "SignedHeaders", "uri", "username"])
def test_each_parameter_of_a_scheme_that_anybody_may_see_is_shown(name: str) -> None:
    headers = Headers({"authorization": f'Digest {name}="{FIRST}", response="{SECOND}", x{name}="{THIRD}"'})
    taken = Credentials(()).of(Request("GET", "https://api.example.com/", headers))
    assert taken.text(f"{FIRST} {SECOND} {THIRD}") == f"{FIRST} [secret] [secret]"


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        (f"https://api.example.com/header?key={FIRST}", [FIRST]),
        (f"https://api.example.com/header?key={FIRST}&sig={SECOND}&more={THIRD}", [FIRST, SECOND]),
        (f"https://api.example.com/header?a={THIRD}&key={FIRST}&key={SECOND}", [FIRST, SECOND]),
        (f"https://api.example.com/header?Key={FIRST}", []),
        (f"/header?key={FIRST.replace('f', '%66')}", [FIRST]),
        (f"https://{FIRST}@api.example.com/header", [FIRST]),
        (f"https://{FIRST}:{SECOND}@api.example.com/header?key={THIRD}", [FIRST, SECOND, THIRD]),
        (f"https://u:{FIRST}@{SECOND}@api.example.com/header", [f"{FIRST}@{SECOND}"]),
        (f"https://api.example.com/{FIRST}:{SECOND}@{THIRD}", []),
        (f"https://{FIRST}@[::1/header?key={SECOND}", []),
    ],
)
def test_of_a_url_the_keys_of_the_document_and_the_user_are_hidden(url: str, hidden: list[str]) -> None:
    """One that cannot be read has none, and is no error here."""
    taken = Credentials(iter(SMALL.operations)).of(Request("GET", url))
    assert [text for text in hidden if taken.text(text) != "[secret]"] == []
    shown = [text for text in (FIRST, SECOND, THIRD) if not any(text in one for one in hidden)]
    assert [text for text in shown if taken.text(text) != text] == []


@pytest.mark.parametrize(
    ("line", "text", "shown"),
    [
        (f"sid={FIRST}; Path=/", f"{FIRST}; Path=/", "[secret]; Path=/"),
        (f"sid={FIRST}={SECOND};HttpOnly", f"<{FIRST}={SECOND}>", "<[secret]>"),
        (f'sid= "{FIRST} x" ; Path={SECOND}', f"<{FIRST} x> {SECOND}", f"<[secret]> {SECOND}"),
        (f"sid=; Path={SECOND}", SECOND, SECOND),
        (f"{FIRST}; a={SECOND}", f"{FIRST} {SECOND}", f"{FIRST} {SECOND}"),
    ],
)
def test_of_a_cookie_that_is_set_the_value_is_hidden(line: str, text: str, shown: str) -> None:
    """Of each of several lines, and beside what the request has."""
    request = Request("GET", "https://api.example.com/header", Headers({"x-key": THIRD}))
    response = Response(200, Headers([("Set-Cookie", "other=12345678"), ("set-cookie", line)]))
    taken = Credentials(SMALL.operations).of(request, response)
    assert taken.text(f"{text} 12345678 {THIRD}") == f"{shown} [secret] [secret]"
    assert Credentials(()).of(None, response).text(text) == shown
    assert Credentials(()).of(None).text(text) == text


PASSWORDS = [
    "hunter2-secret",
    "first-half:second-half",
    ":first-colon",
    "last-colon:",
    "a:b:c:d:e:f",
    "pässwört:ünd",
    "12345678",
]


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("carrier", ["authorization", "proxy-authorization", "merged", "url", "url, escaped"])
def test_a_password_is_hidden_whole(password: str, carrier: str) -> None:
    """It can have colons, unlike the user (RFC 7617, section 2), who is no secret in a header."""
    url, headers = "https://api.example.com/v1/a", Headers()
    if "url" in carrier:
        url = f"https://somebody:{quote(password, safe='' if 'escaped' in carrier else ':')}@api.example.com/v1/a"
    else:
        value = f"Basic {_basic('somebody', password)}"
        value = f"Bearer {OTHER}, {value}" if carrier == "merged" else value
        headers = Headers({carrier.replace("merged", "authorization"): value})
    taken = Credentials(()).of(Request("GET", url, headers))
    who = "[secret]" if "url" in carrier else "somebody"
    assert taken.text(f"somebody has <{password}>") == f"{who} has <[secret]>"


@pytest.mark.parametrize("decoded", [f"{KEY}:", KEY, f":{KEY}"])
def test_a_key_in_place_of_a_user_or_of_a_password_alone_is_hidden(decoded: str) -> None:
    value = f"Basic {base64.b64encode(decoded.encode()).decode()}"
    taken = Credentials(()).of(Request("GET", "https://api.example.com/", Headers({"authorization": value})))
    assert taken.text(f"the key {KEY}") == "the key [secret]"


@pytest.mark.parametrize("token", ["gICAgICAgIA=", "no-base64!", "c29tZWJvZHk6cGFzc3dvcmQ", "pässwörter"])
def test_a_token_that_is_not_base64_of_text_is_hidden_as_it_is(token: str) -> None:
    """Bytes that are no UTF-8, other characters, no padding: there is no password to hide besides."""
    request = Request("GET", "https://api.example.com/", Headers({"authorization": f"Basic {token}"}))
    assert Credentials(()).of(request).text(f"Basic {token}") == "Basic [secret]"


def test_no_violation_of_a_response_shows_a_cookie_that_it_sets() -> None:
    contract = Contract.load()
    fields = [("content-type", "application/json"), ("Set-Cookie", f'session="{KEY}"; Path=/'), ("set-cookie", "a=b")]
    response = Response(200, Headers(fields), f'{{"data": "{KEY}"}}'.encode())
    (found,) = contract.check_response(response, operation="tasks.list")
    assert (found.where, found.excerpt) == ("body.data", '"[secret]"')


def test_what_stands_beside_a_credential_is_no_secret() -> None:
    value = 'Digest username="somebody", realm="everybody", uri="/v1.3/tasks", algorithm="SHA-256-sess", response="r"'
    request = Request("GET", "https://api.twelvelabs.io/v1.3/tasks", Headers({"authorization": value}))
    text = "somebody asks everybody for /v1.3/tasks with SHA-256-sess; username, algorithm, response"
    assert Credentials(Contract.load().operations).of(request).text(text) == text


def test_a_password_in_a_url_is_a_secret_also_as_it_is_meant() -> None:
    request = Request("GET", "https://user:tlk%5FCANARY%2F0123@api.twelvelabs.io/v1.3/tasks")
    taken = Credentials(()).of(request)
    assert "CANARY" not in taken.text("it ends with tlk_CANARY/0123")


def test_what_stands_beside_a_credential_may_be_written_in_any_case() -> None:
    value = 'Digest Username="somebody", REALM="everybody", Response="r"'
    request = Request("GET", "https://api.twelvelabs.io/v1.3/tasks", Headers({"authorization": value}))
    assert Credentials(()).of(request).text("somebody asks everybody") == "somebody asks everybody"
