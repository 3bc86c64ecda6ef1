"""Waiting for a long job: on a clock that only moves while the client sleeps."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from twelvelabs_api_2025_08 import AsyncTwelveLabs, TwelveLabs

from apicontract.client import (
    Answer,
    ApiError,
    JobError,
    JobFailed,
    JobsFailed,
    JobTimeout,
    NotFoundError,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
    TooManyRequestsError,
)
from apicontract.client.waiting import Job, Jobs
from apicontract.openapi.document import DocumentInvalid
from tests.client.conftest import KEY, World, answer, done
from tests.client.tiny_api import Tiny

DEFAULTS: dict[str, Any] = {"sleep_interval": 5.0, "timeout": None, "callback": None}


def states(*values: Any) -> Iterator[dict[str, Any]]:
    """Yield one answer for each status, and the last one for ever."""
    for value in itertools.chain(values, itertools.repeat(values[-1])):
        yield value if isinstance(value, dict) else {"state": value}


def wait(world: World, *values: Any, client: Any = None, **waiting: Any) -> Any:
    """Wait for a job that answers with these statuses in turn."""
    answers = states(*values) if values else iter(())
    client = client or world.client(lambda _: answer(next(answers)))
    client._clock = lambda: 1000 + sum(world.waits)  # where a clock begins says nothing
    given: Any = {**DEFAULTS, **waiting}
    return world.do(lambda: client.wait("jobs.retrieve", Answer[dict[str, Any]], path={"job_id": "j"}, waiting=given))


def test_answer_that_says_done_is_returned(world: World) -> None:
    """At once, if it is the first; nothing is slept then."""
    assert wait(world, {"state": "done", "size": 5}) == {"state": "done", "size": 5}
    assert (world.urls, world.waits) == (["/v7/jobs/j"], [])


def test_waits_grow_from_the_interval_to_six_times_it(world: World) -> None:
    """And not beyond."""
    wait(world, *["going"] * 12, "done")
    assert world.waits[0] == 5.0
    assert world.waits[1:9] == [min(5.0 * 1.25**n, 30.0) for n in range(1, 9)]
    assert world.waits[9:] == [30.0, 30.0, 30.0]
    world.waits.clear()
    wait(world, "going", "going", "done", sleep_interval=0.5)
    assert world.waits == [0.5, 0.625]
    world.waits.clear()
    wait(world, *["going"] * 12, "done", sleep_interval=0.5)
    assert max(world.waits) == 3.0


def test_status_that_nobody_knows_goes_on(world: World) -> None:
    """Lists of statuses are open."""
    assert wait(world, "unheard of", "done")["state"] == "done"
    assert world.waits == [5.0]


@pytest.mark.parametrize("state", ["", None, 5, {"state": ["failed"]}, {}])
def test_answer_without_a_status_is_an_error(world: World, state: Any) -> None:
    """It would be waited for without end."""
    with pytest.raises(ResponseInvalid) as caught:
        wait(world, "going", state if isinstance(state, dict) else {"state": state}, "done")
    (violation,) = caught.value.violations
    assert (violation.where, violation.rule) == ("body.state", "missing")
    assert "there is no status, so it is unknown whether the job has ended" in str(caught.value)
    assert len(world.requests) == 2


ITEMS = {"each": "/items", "refused": "/error"}


def in_parts(world: World, *answers: Any, waiting: Any = None, **declared: Any) -> Any:
    """Wait for a job whose items have a status each."""
    left = list(answers)
    client = world.client(lambda _: answer({"items": left.pop(0)}))
    operation = client._settings.api.contract.operation("jobs.retrieve")
    items = operation.waiting._replace(**ITEMS, done=("done", "failed"), failed=("lost",))._replace(**declared)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(operation.extensions, "x-waiting", items)
        return wait(world, client=client, **waiting or {})


def test_job_with_several_parts_is_over_once_all_of_them_are(world: World) -> None:
    """What was refused never gets a status, and a job without parts is over at once."""
    going, done, refused = {"state": "going"}, {"state": "done"}, {"error": {"code": "c"}}
    found = in_parts(world, [going, going], [done, going, refused], [done, {"state": "failed"}, refused])
    assert found["items"][1] == {"state": "failed"}
    assert world.waits == [5.0, 6.25]
    world.waits.clear()
    assert in_parts(world, [refused, going], [refused, done]) == {"items": [refused, done]}
    assert world.waits == [5.0]
    assert in_parts(world, []) == {"items": []}
    assert in_parts(world, [refused]) == {"items": [refused]}


def test_part_that_fails_the_job_does_so_once_all_are_over(world: World) -> None:
    lost = {"state": "lost", "error": {"message": "gone"}}
    with pytest.raises(JobFailed, match="'lost': gone"):
        in_parts(world, [lost, {"state": "going"}], [lost, {"state": "done"}])
    assert len(world.requests) == 2


@pytest.mark.parametrize("error", [{}, "", 0, False, []])
def test_part_that_was_refused_has_anything_but_null_in_its_place(world: World, error: Any) -> None:
    assert in_parts(world, [{"error": error}, {"state": "done"}])["items"][0] == {"error": error}
    with pytest.raises(ResponseInvalid, match=r"body\.items\.state: there is no status"):
        in_parts(world, [{"error": None}])


@pytest.mark.parametrize(
    ("items", "status"),
    [
        ([{"state": "lost"}, {"state": "going"}, {"state": "slow"}], "going"),
        ([{"state": "done"}, {"state": "slow"}, {"state": "lost"}], "slow"),
        ([{"error": {}}, {"state": "slow"}], "slow"),
    ],
)
def test_status_of_a_job_that_is_late_is_that_of_its_first_part_that_goes_on(
    world: World, items: Any, status: str
) -> None:
    with pytest.raises(JobTimeout, match=f"its last status was '{status}', and it continues") as caught:
        in_parts(world, items, items, items, waiting={"timeout": 7})
    assert (caught.value.status, caught.value.answer) == (status, {"items": items})
    assert world.waits == [5.0, 2.0]


@pytest.mark.parametrize(
    ("items", "status"),
    [([{"state": "done"}, {"state": "lost"}, {"state": "gone"}], "lost"), ([{"error": {}}, {"state": "gone"}], "gone")],
)
def test_status_of_a_job_that_failed_is_that_of_its_first_part_that_did(world: World, items: Any, status: str) -> None:
    with pytest.raises(JobFailed) as caught:
        in_parts(world, items, failed=("gone", "lost"))
    assert (caught.value.status, caught.value.answer) == (status, {"items": items})


@pytest.mark.parametrize("items", [None, "x", [{}], [{"state": 5}]])
def test_parts_without_a_status_are_an_error(world: World, items: Any) -> None:
    with pytest.raises(ResponseInvalid, match=r"body\.items"):
        in_parts(world, items)


def wait_for_all(world: World, names: Any, states_of: dict[str, list[Any]], **waiting: Any) -> Any:
    """Wait for several jobs, each of which answers with its own statuses in turn."""

    def handle(request: httpx.Request) -> httpx.Response:
        told = states_of[request.url.path.rpartition("/")[2]].pop(0)
        return told if isinstance(told, httpx.Response) else answer({"state": told})

    client = world.client(handle)
    client._clock = lambda: 1000 + sum(world.waits)
    given: Any = {**DEFAULTS, **waiting}
    return world.do(lambda: client.wait_for_all("jobs.retrieve", Answer[dict[str, Any]], jobs=names, waiting=given))


def test_several_jobs_are_asked_about_one_after_the_other(world: World) -> None:
    """Each on its own; what is over is not asked about again."""
    seen: list[str] = []
    found = wait_for_all(
        world,
        ["a", "b", "c", "a"],
        {"a": ["going", "going", "done"], "b": ["done"], "c": ["going", "done"]},
        callback=lambda one: seen.append(one["state"]),
    )
    assert list(found) == ["a", "b", "c"]
    assert {one["state"] for one in found.values()} == {"done"}
    assert [url[-1] for url in world.urls] == ["a", "b", "c", "a", "c", "a"]
    assert world.waits == [5.0, 6.25]
    assert seen == ["going", "done", "going", "going", "done", "done"]


def test_jobs_that_fail_do_not_end_the_others(world: World) -> None:
    """All of it is told at the end: what is done, and each error."""
    with pytest.raises(JobsFailed) as caught:
        wait_for_all(
            world,
            ["a", "b", "c", "d", "e"],
            {
                "a": ["going", "done"],
                "b": ["failed"],
                "c": [answer(status=404)],
                "d": ["going", ""],
                "e": [httpx.Response(200, text="no JSON")],
            },
        )
    error = caught.value
    assert error.done == {"a": {"state": "done"}}
    failed = ["JobFailed", "NotFoundError", "ResponseInvalid", "ResponseInvalid"]
    assert [type(one).__name__ for one in error.failed.values()] == failed
    assert str(error).startswith(
        "jobs.retrieve: 4 of 5 jobs did not succeed:\n  b: jobs.retrieve: the job has status 'failed'"
    )
    assert isinstance(error, ApiError)
    copy = pickle.loads(pickle.dumps(JobsFailed("o", {}, {"a": JobTimeout("o", "x", None, 5)})))  # noqa: S301 - ours
    assert str(copy).endswith("a: o: the job did not end within 5 s; there was no response, and it continues")


def test_jobs_are_told_in_the_given_order(world: World) -> None:
    """However they ended, and whichever was first."""
    told = {"z": ["going", "failed"], "b": ["going", "done"], "a": ["failed"], "c": ["done"]}
    with pytest.raises(JobsFailed) as caught:
        wait_for_all(world, ["z", "b", "a", "c"], told)
    assert [*caught.value.done] == ["b", "c"]
    assert [*caught.value.failed] == ["z", "a"]


def test_waits_of_several_jobs_begin_with_the_response(world: World) -> None:
    """However long it took; the job whose time has come first is next, and of several the first in the list."""
    states_of = {"a": ["going", "going", "done"], "b": ["going", "done"], "c": ["going", "failed"]}
    slow = iter([4.0, 1.0, 0.0, 9.0, 0.0, 0.0, 0.0])
    time = [1000.0]

    def handle(request: httpx.Request) -> httpx.Response:
        time[0] += next(slow)
        return answer({"state": states_of[request.url.path.rpartition("/")[2]].pop(0)})

    client = world.client(handle)
    client._clock = lambda: time[0] + sum(world.waits)
    given: Any = {**DEFAULTS, "sleep_interval": 6.0}
    with pytest.raises(JobsFailed) as caught:
        world.do(lambda: client.wait_for_all("jobs.retrieve", Answer[Any], jobs=["a", "b", "c"], waiting=given))
    assert (list(caught.value.done), list(caught.value.failed)) == (["a", "b"], ["c"])
    assert [url[-1] for url in world.urls] == ["a", "b", "c", "a", "b", "c", "a"]
    assert world.waits == [5.0, 7.5]


def test_many_jobs_that_fail_are_told_shortly() -> None:
    failed = {str(number): JobFailed("o", "failed", {}, "why") for number in range(9)}
    lines = str(JobsFailed("o", {"d": 1}, failed)).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("o: 9 of 10 jobs did not succeed:", "  and 4 more", 7)


def test_several_jobs_have_one_timeout(world: World) -> None:
    with pytest.raises(JobsFailed) as caught:
        wait_for_all(world, ["a", "b"], {"a": ["going"] * 9, "b": ["going", "done"]}, timeout=12)
    assert set(caught.value.done) == {"b"}
    assert isinstance(caught.value.failed["a"], JobTimeout)


def test_question_that_fails_after_the_timeout_is_late(world: World) -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        world.waits.append(100.0)
        raise httpx.ReadTimeout("slow")

    client = world.client(handle)
    client._clock = lambda: sum(world.waits)
    given: Any = {**DEFAULTS, "timeout": 50}
    with pytest.raises(JobsFailed) as caught:
        world.do(lambda: client.wait_for_all("jobs.retrieve", Answer[Any], jobs=["a"], waiting=given))
    assert isinstance(caught.value.failed["a"], JobTimeout)
    assert isinstance(caught.value.failed["a"].__cause__, httpx.ReadTimeout)


def test_no_jobs_are_over_at_once(world: World) -> None:
    assert wait_for_all(world, [], {}) == {}
    assert world.requests == []


@pytest.mark.parametrize("names", ["abc", 5, None])
def test_jobs_must_be_a_list(world: World, names: Any) -> None:
    """A text is a list of letters to Python, and one identifier to everybody else."""
    with pytest.raises(RequestInvalid, match="a list of identifiers is needed"):
        wait_for_all(world, names, {})


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize("wrong", ["", {"a": 1}, None])
def test_identifiers_are_all_checked_before_anything_is_sent(world: World, wrong: Any, validate: bool) -> None:
    """Or the answers for those before the wrong one would be lost."""
    client = world.client(lambda _: answer({"state": "done"}), validate=validate)
    waiting: Any = DEFAULTS
    with pytest.raises(RequestInvalid) as caught:
        world.do(
            lambda: client.wait_for_all(
                "jobs.retrieve", Answer[dict[str, Any]], jobs=["a", wrong, wrong], waiting=waiting
            )
        )
    assert [violation.where for violation in caught.value.violations] == ["path.job_id"]
    assert world.requests == []


def test_all_wrong_identifiers_are_reported(world: World) -> None:
    """Each once, in the order of the identifiers, with what else is wrong."""
    client, waiting, options = world.client(lambda _: answer({"state": "done"})), DEFAULTS, {"max_retries": -1}

    def call() -> Any:
        names: Any = [("a", "b"), "", "a", ("a", "b"), ""]
        return client.wait_for_all("jobs.retrieve", Answer[Any], jobs=names, waiting=waiting, options=options)

    with pytest.raises(RequestInvalid) as caught:
        world.do(call)
    found = [(violation.where, violation.rule) for violation in caught.value.violations]
    assert found == [("options.max_retries", "type"), ("path.job_id", "type"), ("path.job_id", "minLength")]
    assert world.requests == []


def test_callbacks_of_several_jobs_may_be_asynchronous() -> None:
    world = World(asynchronous=True)
    seen: list[str] = []

    async def callback(one: Any) -> None:
        seen.append(one["state"])

    wait_for_all(world, ["a"], {"a": ["done"]}, callback=callback)
    assert seen == ["done"]


@pytest.mark.parametrize("state", ["failed", "lost"])
def test_failed_job_is_an_error_with_its_reason(world: World, state: str) -> None:
    """Not an answer like any other."""
    with pytest.raises(JobFailed) as caught:
        wait(world, "going", {"state": state, "error": {"message": "no sound"}})
    assert str(caught.value) == f"jobs.retrieve: the job has status {state!r}: no sound"
    assert (caught.value.reason, caught.value.status) == ("no sound", state)
    assert caught.value.answer["error"] == {"message": "no sound"}
    assert isinstance(caught.value, ApiError)


@pytest.mark.parametrize("error", [None, {}, {"message": 5}])
def test_failed_job_without_a_reason_says_so(world: World, error: Any) -> None:
    with pytest.raises(JobFailed, match="no reason is given; see answer") as caught:
        wait(world, {"state": "failed", "error": error})
    assert caught.value.reason is None


def test_job_that_is_late_is_an_error(world: World) -> None:
    """The last wait ends with the timeout, and then the status is asked for once more."""
    with pytest.raises(JobTimeout) as caught:
        wait(world, "going", timeout=12)
    assert world.waits == [5.0, 6.25, 0.75]
    assert len(world.requests) == 4
    assert str(caught.value) == (
        "jobs.retrieve: the job did not end within 12 s; its last status was 'going', and it continues"
    )
    assert (caught.value.timeout, caught.value.answer) == (12, {"state": "going"})


def test_job_that_ends_with_the_timeout_is_in_time(world: World) -> None:
    assert wait(world, "going", "going", "going", "done", timeout=12)["state"] == "done"


def test_slow_answer_counts(world: World) -> None:
    """The clock runs while the server thinks; a question is not cut off, and there is none after it."""
    answers = states("going")

    def handle(_: httpx.Request) -> httpx.Response:
        world.waits.append(100.0)
        return answer(next(answers))

    with pytest.raises(JobTimeout):
        wait(world, client=world.client(handle), timeout=60)
    assert world.waits == [100.0]


@pytest.mark.parametrize("failure", [503, httpx.ReadTimeout("no answer")])
def test_question_is_not_repeated_once_time_is_up(world: World, failure: Any) -> None:
    """What went wrong with the last one is the cause; the last answer is kept."""
    asked = iter([answer({"state": "going"})])

    def handle(request: httpx.Request) -> httpx.Response:
        if (first := next(asked, None)) is not None:
            return first
        world.waits.append(6.0)
        if isinstance(failure, int):
            return answer(status=failure)
        raise failure

    with pytest.raises(JobTimeout, match="the job did not end within 10 s; its last status was 'going'") as caught:
        wait(world, client=world.client(handle), timeout=10)
    assert world.waits == [5.0, 6.0]
    assert caught.value.answer == {"state": "going"}
    assert isinstance(caught.value.__cause__, ServerError if failure == 503 else httpx.ReadTimeout)


def test_server_cannot_ask_for_a_wait_beyond_the_timeout(world: World) -> None:
    """Its refusal is reported, while there is time left for whoever wants to wait again."""
    refusal = httpx.Response(429, headers={"retry-after": "20"})
    with pytest.raises(TooManyRequestsError):
        wait(world, client=world.client(lambda _: refusal), timeout=10)
    assert (len(world.requests), world.waits) == (1, [])


def test_job_that_never_answered_is_late_too(world: World) -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        world.waits.append(100.0)
        raise httpx.ConnectTimeout("no way")

    with pytest.raises(JobTimeout, match="there was no response") as caught:
        wait(world, client=world.client(handle), timeout=60)
    assert caught.value.answer is None


def test_callback_has_every_answer(world: World) -> None:
    """The first and the last too, and a failed one."""
    seen: list[Any] = []
    wait(world, "going", "done", callback=seen.append)
    assert [one["state"] for one in seen] == ["going", "done"]
    with pytest.raises(JobFailed):
        wait(world, "failed", callback=seen.append)
    assert seen[-1] == {"state": "failed"}


def test_callback_may_be_asynchronous_where_the_client_is() -> None:
    """Then it is awaited."""
    world = World(asynchronous=True)
    seen: list[Any] = []

    async def callback(one: Any) -> None:
        seen.append(one["state"])

    wait(world, "going", "done", callback=callback)
    assert seen == ["going", "done"]


def test_error_of_a_callback_ends_the_wait(world: World) -> None:
    def callback(_: Any) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        wait(world, "going", callback=callback)
    assert len(world.requests) == 1


@pytest.mark.parametrize(
    ("waiting", "place"),
    [
        ({"sleep_interval": 0}, "sleep_interval"),
        ({"sleep_interval": float("nan")}, "sleep_interval"),
        ({"sleep_interval": "5"}, "sleep_interval"),
        ({"sleep_interval": None}, "sleep_interval"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": -1}, "timeout"),
        ({"callback": 5}, "callback"),
    ],
)
def test_what_nothing_can_be_waited_with_is_refused(world: World, waiting: dict[str, Any], place: str) -> None:
    """Before anything is sent."""
    with pytest.raises(RequestInvalid) as caught:
        wait(world, "done", **waiting)
    assert [violation.where for violation in caught.value.violations] == [place]
    assert world.requests == []


def test_request_that_fails_is_tried_again_and_then_raised(world: World) -> None:
    """A job that is gone is not waited for."""
    left = [answer({"state": "going"}), answer(status=503), answer({"state": "going"}), answer(status=404)]
    with pytest.raises(NotFoundError):
        wait(world, client=world.client(lambda _: left.pop(0)))
    assert left == []


def test_answer_that_cannot_be_read_ends_the_wait(world: World) -> None:
    with pytest.raises(ResponseInvalid):
        wait(world, client=world.client(lambda _: answer([1])))


def test_errors_of_jobs_survive_pickling() -> None:
    """As every other error."""
    errors: list[JobError] = [JobFailed("o", "failed", {"a": 1}, "why"), JobTimeout("o", "going", None, 2.5)]
    for error in errors:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        assert (str(copy), copy.__dict__) == (str(error), error.__dict__)


def test_only_an_operation_that_tells_a_status_can_be_waited_for(world: World) -> None:
    client = world.client(lambda _: answer())
    with pytest.raises(DocumentInvalid, match="no `x-waiting` here"):
        world.do(lambda: client.wait("notes.retrieve", Answer[Any], path={"note_id": "n"}, waiting=DEFAULTS))


@pytest.mark.parametrize(("method", "url"), [("tasks", "/v1.3/tasks/t"), ("embed.tasks", "/v1.3/embed/tasks/t/status")])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_both_kinds_of_task_can_be_waited_for(method: str, url: str, asynchronous: bool) -> None:
    """Through the generated clients: the operation, and what it returns."""
    world = World(asynchronous)
    left = [{"_id": "t", "status": "processing"}, {"_id": "t", "status": "ready"}]

    def handle(request: httpx.Request) -> httpx.Response:
        world.requests.append(request)
        return answer(left.pop(0))

    http = httpx.MockTransport(handle)
    client: Any
    if asynchronous:
        client = AsyncTwelveLabs(api_key=KEY, httpx_client=httpx.AsyncClient(transport=http))

        async def sleep(seconds: float) -> None:
            world.waits.append(seconds)

        client._sleep = sleep
    else:
        client = TwelveLabs(api_key=KEY, httpx_client=httpx.Client(transport=http))
        client._sleep = world.waits.append
    resource = client
    for step in method.split("."):
        resource = getattr(resource, step)

    async def work() -> Any:
        return await done(resource.wait_for_done(task_id="t", sleep_interval=2))

    assert world.run(work()).status == "ready"
    assert (world.urls, world.waits) == ([url, url], [2])


def test_clock_that_goes_on_meanwhile_makes_no_wait_of_less_than_nothing() -> None:
    """Between two looks at it, the time of the next question may pass."""
    time = itertools.count(0.0, 3.0)
    given: Any = {"sleep_interval": 5.0, "timeout": 4.0, "callback": None}
    with Tiny(api_key=KEY) as client:
        assert Job[Any](client._settings, "jobs.retrieve", given, lambda: next(time)).wait({"state": "going"}) == 0.0
        time = itertools.count(0.0, 3.0)
        jobs = Jobs[Any](client._settings, "jobs.retrieve", ["a", "b"], {}, given, lambda: next(time))
        question = jobs.next()
    assert question is not None
    assert (question.pause, question.name, question.arguments["path"]) == (0.0, "a", {"job_id": "a"})


def test_question_about_a_job_has_the_arguments_of_the_call_and_a_deadline() -> None:
    given: Any = {"sleep_interval": 5.0, "timeout": 4.0, "callback": None}
    with Tiny(api_key=KEY) as client:
        jobs = Jobs[Any](client._settings, "jobs.retrieve", ["a"], {"query": {}}, given, lambda: 7.0)
        question = jobs.next()
    assert question == (0.0, "a", {"path": {"job_id": "a"}, "query": {}, "deadline": 11.0})
