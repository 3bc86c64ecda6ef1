"""Secrets are replaced in texts, in every encoding."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.openapi.secrets import MIN_LENGTH, Secrets, secrets

KEY = "tlk_CANARY/0123\"4+5\\6'7"
SHORTEST = "tlk_1234"
WAYS = {
    "plain": KEY,
    "lower case": KEY.lower(),
    "upper case": KEY.upper(),
    "percent-encoded": quote(KEY, safe=""),
    "percent-encoded but for a slash": quote(KEY),
    "percent-encoded twice": quote(quote(KEY, safe=""), safe=""),
    "each character percent-encoded": "".join(f"%{ord(c):02X}" for c in KEY),
    "in JSON": json.dumps(KEY)[1:-1],
    "in JSON in JSON": json.dumps(json.dumps(KEY))[3:-3],
    "in JSON in JSON in JSON": json.dumps(json.dumps(json.dumps(KEY)))[7:-7],
    "each character escaped": "".join(f"\\u{ord(c):04x}" for c in KEY),
    "some characters escaped": "".join(f"\\u{ord(c):04X}" if i % 2 else json.dumps(c)[1:-1] for i, c in enumerate(KEY)),
    "of Python": repr(KEY)[1:-1],
    "slash escaped": json.dumps(KEY)[1:-1].replace("/", "\\/"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_is_found_however_it_is_written(way: str) -> None:
    taken = Secrets([KEY])
    for before, after in (("", ""), ("key=", "&x=1"), ('{"é": "', '"}'), ("a ", " b")):
        assert taken.text(before + WAYS[way] + after) == f"{before}[secret]{after}"
        assert taken.content((before + WAYS[way] + after).encode()) == f"{before}[secret]{after}".encode()


@pytest.mark.parametrize("way", WAYS)
def test_the_beginning_of_one_is_found_too(way: str) -> None:
    """A text that was cut off shows fewer characters than a secret must have, if any."""
    whole = WAYS[way]
    for length in range(len(whole)):
        left = Secrets([KEY]).text(f"is {whole[:length]}…")
        assert "tlk_C" not in left
        assert length < len(whole) // 2 or left.startswith("is [secret]")


def test_short_ones_are_no_secrets() -> None:
    assert len(SHORTEST) == MIN_LENGTH
    taken = Secrets([SHORTEST, SHORTEST[:-1], ""], "*")
    assert taken.content(b"key=tlk_1234, key=tlk_123") == b"key=*, key=tlk_123"
    assert taken.text("key=tlk_1234, key=tlk_123") == "key=*, key=tlk_123"
    assert Secrets([SHORTEST[:-1]]).text("tlk_123 50 %") == "tlk_123 50 %"


def test_of_several_the_longest_is_found() -> None:
    assert Secrets([SHORTEST, f"{SHORTEST} and more"]).text(f"x {SHORTEST} and more y") == "x [secret] y"


@given(st.text(min_size=MIN_LENGTH, max_size=30), st.text(max_size=5), st.text(max_size=5))
def test_no_text_shows_one(secret: str, before: str, after: str) -> None:
    """Whatever characters it has."""
    taken = Secrets([secret])
    for written in (secret, json.dumps(secret)[1:-1], quote(secret, safe="", errors="surrogatepass")):
        assert secret not in taken.text(before + written + after)
        assert taken.text(before + written + after) != before + written + after


def test_what_takes_them_out_shows_none() -> None:
    assert KEY[:8] not in repr(secrets(KEY))
    assert secrets(KEY) is secrets(KEY)


@pytest.mark.parametrize(
    "text", ["\\" * 200_000, "%25" * 100_000, "tlk_" * 100_000, "tlk_CANA" * 50_000, "\\u0074" * 30_000]
)
def test_looking_for_one_takes_linear_time(text: str) -> None:
    began = time.thread_time()
    Secrets([KEY]).text(text)
    assert time.thread_time() - began < 3


@pytest.mark.parametrize("key", [KEY, "a&b<c>d\"e'fg"])
def test_what_is_escaped_as_in_html_is_found(key: str) -> None:
    """By name, and by number in either base: a page that says which key was wrong."""
    taken = Secrets([key])
    for written in (html.escape(key), "".join(f"&#{ord(c)};" for c in key), "".join(f"&#x00{ord(c):X};" for c in key)):
        assert taken.text(f"<p>{written} is wrong</p>") == "<p>[secret] is wrong</p>"


WRITTEN: dict[str, Callable[[str], str]] = {
    "by name": lambda character: {"'": "&apos;"}.get(character, html.escape(character)),
    "by number": lambda character: f"&#{ord(character)};",
    "by number, with zeros": lambda character: f"&#0000{ord(character)};",
    "by number in base 16": lambda character: f"&#x{ord(character):x};",
    "by number in base 16, in capitals": lambda character: f"&#X{ord(character):X};",
    "percent-encoded": lambda character: f"%{ord(character):02x}",
    "escaped": lambda character: f"\\u{ord(character):04x}",
    "after a backslash": lambda character: f"\\{character}",
}


@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("at", [0, 4, 9])
def test_one_character_of_a_secret_is_written_in_another_way(way: str, at: int) -> None:
    """Wherever it is: the rest of the text, which is ASCII, has no other mark of something encoded."""
    for character in "&<>\"'/":
        key = f"{'abcdefghi'[:at]}{character}{'jklmnopqr'[at:]}"
        found = f"{key[:at]}{WRITTEN[way](character)}{key[at + 1 :]}"
        taken = Secrets(["no-such-key", key])
        assert taken.text(f"is {found} wrong") == "is [secret] wrong"
        assert taken.content(f"is {found} wrong".encode()) == b"is [secret] wrong"
        assert Secrets(["no-such-key"]).text(f"is {found} wrong") == f"is {found} wrong"


@pytest.mark.parametrize("key", ["abcdefghij", "ABCDEFGHIJ", "aBcDeFgHiJ", "abcde fghij", "abcΣefgh", "éàüö1234"])
def test_a_secret_of_plain_characters_is_found_in_any_case(key: str) -> None:
    """Nothing else in the text says that there may be one; a space can be a plus sign in a query."""
    taken = Secrets([key])
    for word in (key, key.lower(), key.upper(), key.swapcase()):
        for found in dict.fromkeys((word, word.replace(" ", "+"), word.replace(" ", "%20"))):
            assert taken.text(f"is {found} wrong") == "is [secret] wrong"
            assert taken.content(f"is {found} wrong".encode()) == b"is [secret] wrong"
        assert taken.text(f"is {word[:6]}…") == "is [secret]…"


@pytest.mark.parametrize("times", range(1, 6))
def test_a_secret_that_is_encoded_several_times_is_found(times: int) -> None:
    found = "/abcdefgh"
    for _ in range(times):
        found = quote(found, safe="")
    assert Secrets(["/abcdefgh"]).text(f"is {found} wrong") == "is [secret] wrong"


def test_a_secret_may_have_half_of_a_pair() -> None:
    """A recording can have one where a header stands, as JSON can write it."""
    key = "tlk_\ud800_CANARY"
    taken = Secrets([key])
    assert taken.text(f"{key} is wrong") == "[secret] is wrong"
    assert taken.content(f"{key} is wrong".encode("utf-8", "surrogatepass")) == b"[secret] is wrong"


def test_a_text_that_holds_none_compiles_nothing() -> None:
    """A pattern for every way to write a key takes longer than the call that the key is for."""
    found = Secrets(["a-long-secret"])
    assert (found.text("ordinary"), found.content(b"ordinary")) == ("ordinary", b"ordinary")
    assert not {"_text", "_bytes"} & vars(found).keys()
