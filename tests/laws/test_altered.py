"""The laws against clients that are wrong in one way: each law breaks for every one that it is there to find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

import httpx
import pytest
import twelvelabs_api

from tests.laws.laws import FEW, WORLDS, all_laws, asked_of
from tests.laws.subjects import RELEASE, Ours, Outcome
from tests.laws.trial import Broken
from tests.support.deep import DEEP

pytestmark = pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")

Alter = Callable[[Outcome], None]
EFFORT = 20


class Altered(Ours):
    """Our client, of which one thing is reported otherwise than it was."""

    def __init__(self, alter: Alter) -> None:
        """Take what is done to each outcome."""
        super().__init__("sync", twelvelabs_api.TwelveLabs, asynchronous=False)
        self._alter = alter

    def call(self, *given: Any, **named: Any) -> Outcome:
        """Call, and alter the outcome."""
        outcome = super().call(*given, **named)
        self._alter(outcome)
        return outcome


def _loses_the_last_item(outcome: Outcome) -> None:
    outcome.items = outcome.items[:-1]


def _has_an_item_twice(outcome: Outcome) -> None:
    outcome.items = [*outcome.items, *outcome.items[-1:]]


def _turns_items_round(outcome: Outcome) -> None:
    outcome.items = outcome.items[::-1]


def _loses_a_key(outcome: Outcome) -> None:
    if isinstance(outcome.value, Mapping):
        outcome.value = dict(list(outcome.value.items())[1:])


def _swallows_errors(outcome: Outcome) -> None:
    outcome.error = None


def _raises_what_it_should_not(outcome: Outcome) -> None:
    outcome.error = outcome.error or ValueError("raised for no reason")


def _raises_another_error(outcome: Outcome) -> None:
    outcome.error = outcome.error and RuntimeError(str(outcome.error))


def _raises_without_a_word(outcome: Outcome) -> None:
    outcome.error = outcome.error and RuntimeError("failed")


def _reports_a_violation_twice(outcome: Outcome) -> None:
    violations = getattr(outcome.error, "violations", ())
    if violations:
        outcome.error.violations = (*violations, *violations)  # type: ignore[union-attr]


def _sends_once_more(outcome: Outcome) -> None:
    outcome.requests = [*outcome.requests, *outcome.requests[-1:]]


def _sends_once_less(outcome: Outcome) -> None:
    outcome.requests = outcome.requests[:-1]


def _sends_with_a_query(outcome: Outcome) -> None:
    for request in outcome.requests:
        request.url = request.url.copy_add_param("more", "1")


def _sends_another_body_again(outcome: Outcome) -> None:
    for number, request in enumerate(outcome.requests[1:]):
        request.read()
        changed = httpx.Request(request.method, request.url, headers=request.headers, content=request.content + b" ")
        outcome.requests[number + 1] = changed


def _waits_longer(outcome: Outcome) -> None:
    outcome.waits = [wait + 60 for wait in outcome.waits]


def _does_not_wait(outcome: Outcome) -> None:
    outcome.waits = []


SENT = (_sends_once_more, _sends_once_less)
ITEMS = (_loses_the_last_item, _has_an_item_twice, _turns_items_round)
REFUSED = (_swallows_errors, _raises_another_error)
AGAIN = (*SENT, _sends_another_body_again, _waits_longer, _does_not_wait)
BROKEN: Mapping[str, tuple[Alter, ...]] = {
    "a request on a bound arrives as it was given": (*SENT, _raises_what_it_should_not, _sends_with_a_query),
    "any valid request arrives as it was given": (*SENT, _raises_what_it_should_not, _sends_with_a_query),
    "a request beyond a bound is refused, unsent": (*REFUSED, _raises_without_a_word, _reports_a_violation_twice),
    "any request that breaks a rule is refused, unsent": (*REFUSED, _raises_without_a_word, _reports_a_violation_twice),
    "an argument that is None is not sent": (_raises_what_it_should_not,),
    "a model arrives as the mapping that it was made of": (_raises_what_it_should_not, _sends_with_a_query),
    "the parts are those that the document demands": (_raises_what_it_should_not,),
    "any file arrives whole, and its name injects nothing": (_raises_what_it_should_not,),
    "every item once, in order, in as many requests as pages": (*ITEMS, _raises_what_it_should_not),
    "whatever a token holds, it comes back as it was given": (*ITEMS, _raises_what_it_should_not),
    "an empty page ends a listing that states no total": (_raises_what_it_should_not,),
    "an error on a page is raised after the items before it": (*REFUSED, _loses_the_last_item),
    "a token that comes again is an error, never a circle": (*ITEMS, *REFUSED),
    "wrong totals end as documented, and never endlessly": (*ITEMS, _raises_what_it_should_not),
    "only what is read is fetched, item by item or page by page": (_loses_the_last_item, _has_an_item_twice),
    "an identifier that can be no path segment is refused": (_swallows_errors,),
    "any other identifier is one path segment, and reads back equal": (_raises_what_it_should_not,),
    "the key is in its header and nowhere else": (_sends_once_less,),
    "every valid answer is read, and nothing is lost": (_loses_a_key, _raises_what_it_should_not),
    "any empty success will do where none has a body": (*SENT, _raises_what_it_should_not),
    "a documented refusal is its own error, and says why": (*SENT, *REFUSED),
    "a refusal documented as empty is its own error": (*SENT, *REFUSED),
    "a refusal that nobody documented is its own error": (*SENT, *REFUSED),
    "an answer that cannot be read is an error of its own": REFUSED,
    "a request that was refused arrives again as it was": (*AGAIN, _raises_what_it_should_not),
    "what fails is sent again where that is safe, as often as asked": (*AGAIN, _swallows_errors),
    "a reader that is not ours finds in the bytes what was given": SENT,
    "the events that were sent arrive, however they are cut": (*ITEMS, _raises_what_it_should_not),
    "a stream that ends early is an error": (*ITEMS, *REFUSED),
    "what is wrong is its own error, after all before it": (*ITEMS, *REFUSED),
}
"""The claims of laws, and what breaks them."""
AS_OFTEN = "what fails is sent again where that is safe, as often as asked"
OPERATIONS = 4
"""The number of operations that are tried at most."""


def _breaks(claim: str, subject: Ours) -> bool:
    """Return whether a law finds that a client breaks it."""
    law = next(law for law in all_laws() if law.claim == claim)
    for operation in islice(law.operations(replace(WORLDS[0], subjects=(subject,))), OPERATIONS):
        try:
            law.run(WORLDS[0], operation, subject, shrink=False, effort=EFFORT)
        except Broken:
            return True
    return False


@pytest.mark.parametrize(
    ("claim", "alter"),
    [
        pytest.param(claim, alter, id=f"{claim}{alter.__name__.replace('_', ' ')}")
        for claim, alters in BROKEN.items()
        for alter in alters
    ],
)
def test_a_client_that_is_wrong_breaks_the_law(claim: str, alter: Alter) -> None:
    assert _breaks(claim, Altered(alter))


class Patient(Ours):
    """Our client with another number of retries by default."""

    def __init__(self, retries: int) -> None:
        """Take the number."""
        super().__init__("sync", twelvelabs_api.TwelveLabs, asynchronous=False)
        self._retries = retries

    @property
    def patient(self) -> Any:
        """The client without other settings."""
        client = self._made({"max_retries": self._retries})
        self.awake(client)
        return client


@pytest.mark.parametrize(("retries", "breaks"), [(0, True), (1, True), (2, False), (3, True)])
def test_a_client_that_tries_another_number_of_times_by_default_breaks_the_law(retries: int, *, breaks: bool) -> None:
    assert _breaks(AS_OFTEN, Patient(retries)) is breaks


def test_the_asynchronous_client_is_asked_of_every_third_operation_and_of_few_each() -> None:
    for law in all_laws():
        for world in WORLDS:
            if law.subjects:
                ids = [operation.id for operation in law.operations(world)]
                asked = [item.values[1] for item in asked_of(law, world) if item.values[2].asynchronous]
                assert asked == (ids if len(ids) <= FEW or DEEP else ids[::3])
