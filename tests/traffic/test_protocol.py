"""What a tap calls: which request is one that is followed already, who gets it, and what is put back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from apicontract.traffic.taps import Sending, TapUnusable, protocol, replaced
from apicontract.traffic.taps.protocol import Follow

URL = "https://api.example/v1/a?b=c%20d"


@pytest.mark.parametrize(
    ("outer", "inner", "seen"),
    [
        (("requests", "GET", URL), ("urllib3", "GET", URL), True),
        (("requests", "get", URL), ("urllib3", "GET", URL), True),
        (("requests", "GET", URL), ("requests", "GET", URL), False),
        (("aiohttp", "GET", URL, False, "mock"), ("aiohttp", "GET", URL), True),
        (("aiohttp", "GET", URL, False, "mock"), ("aiohttp", "GET", URL, False, "mock"), False),
        (("requests", "GET", URL), ("urllib3", "POST", URL), False),
        (("requests", "GET", URL), ("urllib3", "GET", "https://api.example/v1/b"), False),
        (("requests", "GET", URL), ("urllib3", "GET", "https://api.example/v1/a?b=c+d"), True),
        (("requests", "GET", URL), ("urllib3", "GET", "https://API.example:443/v1/a"), True),
        (("requests", "GET", URL), ("urllib3", "GET", "https://api.example:444/v1/a"), False),
        (("requests", "GET", URL), ("urllib3", "GET", "http://api.example:443/v1/a"), False),
        (("requests", "GET", "http://a.example"), ("urllib3", "GET", "http://a.example:80/"), True),
        (("requests", "GET", "https://a.example"), ("urllib3", "GET", "https://a.example:80/"), False),
    ],
)
def test_a_request_within_one_of_another_library_is_the_same_if_method_and_place_are(
    outer: tuple[Any, ...], inner: tuple[Any, ...], seen: bool
) -> None:
    """A library that sends within its own request redirects, or tries again."""
    first = Sending(*outer)
    second = Sending(*inner)
    second.network, second.outer = True, first
    assert second.is_seen() is seen
    assert first.network is seen


def test_each_layer_above_learns_that_a_network_is_used_and_none_forgets_it() -> None:
    top = Sending("requests", "GET", URL)
    middle = Sending("urllib3", "GET", URL, outer=top)
    assert Sending("http.client", "GET", URL, network=True, outer=middle).is_seen()
    assert (top.network, middle.network) == (True, True)
    assert Sending("http.client", "GET", URL, outer=middle).is_seen()
    assert (top.network, middle.network) == (True, True)


class Pending:
    """An exchange in progress that keeps what it is told."""

    def __init__(self, told: list[Any]) -> None:
        self._told = told

    def so_far(self) -> Any:
        raise NotImplementedError

    def settle(self) -> None:
        raise NotImplementedError

    def failed(self) -> None:
        self._told.append("failed")

    def answered(self, response: Any, *, network: bool) -> None:
        self._told.append((response, network, protocol._sending.get()))


class Ear:
    """A listener that follows every request."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def follow(self, library: str, url: str, begin: Any) -> Any:
        self.told.append((library, url))
        return begin(url, self.told.append)


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Return a listener; nothing is being sent before and after."""
    assert protocol._sending.get() is None
    yield Ear()
    assert protocol._sending.get() is None


def sent(follow: Follow, sending: Sending, original: Any, told: list[Any], *, later: bool) -> Any:
    """Send a request as a tap does, synchronously or not."""

    async def waited() -> Any:
        async def answer() -> Any:
            return original()

        return await follow.acall(sending, lambda url, done: Pending(told), answer)

    return asyncio.run(waited()) if later else follow.call(sending, lambda url, done: Pending(told), original)


@pytest.mark.parametrize("later", [False, True])
def test_an_answer_is_handed_over_with_whether_a_network_was_used_once_nothing_is_sent(ear: Ear, later: bool) -> None:
    follow = Follow(lambda: ear, lambda: ())
    sending = Sending("toy", "GET", URL)

    def original() -> str:
        below = Sending("http.client", "GET", URL, network=True)
        assert follow.begin(below, lambda url, done: Pending([])) is None
        assert below.outer is sending
        return "answer"

    assert sent(follow, sending, original, ear.told, later=later) == "answer"
    assert ear.told == [("toy", URL), ("answer", True, None)]


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, asyncio.CancelledError])
def test_a_call_that_raises_anything_is_an_exchange_without_an_answer(
    ear: Ear, error: type[BaseException], later: bool
) -> None:
    def original() -> Any:
        raise error

    with pytest.raises(error):
        sent(Follow(lambda: ear, lambda: ()), Sending("toy", "GET", URL), original, ear.told, later=later)
    assert ear.told == [("toy", URL), "failed"]


@pytest.mark.parametrize("later", [False, True])
def test_without_a_listener_nothing_is_followed_and_all_is_sent(ear: Ear, later: bool) -> None:
    follow = Follow(lambda: None, lambda: ())
    assert sent(follow, Sending("toy", "GET", URL), lambda: 5, ear.told, later=later) == 5
    assert (follow.listened, Follow(lambda: ear, lambda: ()).listened, ear.told) == (False, True, [])


def test_every_gate_is_told_the_library_that_the_user_called() -> None:
    told: list[Any] = []
    gates = [lambda *line: told.append((1, *line)), lambda *line: told.append((2, *line))]
    follow = Follow(lambda: None, lambda: gates)
    follow.leave("http.client", "GET", URL)
    assert told == [(1, "http.client", "GET", URL), (2, "http.client", "GET", URL)]
    told.clear()

    def below() -> None:
        follow.call(Sending("urllib3", "GET", URL), lambda url, done: Pending([]), at_last)

    def at_last() -> None:
        follow.leave("http.client", "POST", f"{URL}&e=f")

    follow.call(Sending("requests", "GET", URL), lambda url, done: Pending([]), below)
    assert told == [(1, "requests", "POST", f"{URL}&e=f"), (2, "requests", "POST", f"{URL}&e=f")]


class Library:
    """What has a function to wrap."""

    def send(self) -> str:
        return "sent"


class Derived(Library):
    """What inherits it."""


def test_what_was_wrapped_is_put_back_where_it_was_unless_another_wrapper_came_around_it() -> None:
    def wrap(original: Any) -> Any:
        return lambda self: f"wrapped {original(self)}"

    own = vars(Library)["send"]
    for owner in (Library, Derived):
        with (
            suppress(ZeroDivisionError),
            replaced(owner, "send", wrap, needs="a 1", version="b"),
        ):
            assert owner().send() == "wrapped sent"
            raise ZeroDivisionError
        assert vars(Library)["send"] is own
        assert "send" not in vars(Derived)
    with replaced(Derived, "send", wrap, needs="a 1", version="b"):
        another = wrap(Derived.send)
        Derived.send = another  # type: ignore[method-assign]
    assert vars(Derived)["send"] is another
    del Derived.send
    with (
        pytest.raises(TapUnusable, match=r"^needs a 1; b has no sent$"),
        replaced(Library, "sent", wrap, needs="a 1", version="b"),
    ):
        raise AssertionError
