"""The table of clients and failures: the required results of our clients, and the observed ones of the vendor's SDK."""

from __future__ import annotations

import pytest

from tests.client.failures import FAILURES, SDK, SUBJECTS, Row, rows, table

TABLE = """\
| failure | requests | ours: attempts, same bytes, outcome | vendor's SDK 1.0.0 | SDK with `max_retries` 3 |
| --- | --- | --- | --- | --- |
| connect error | GET, JSON, form, file | 3, ConnectError | 1, ConnectError | 1, ConnectError |
| reset in mid-body | GET | 2, same, answer | 1, ReadError | 1, ReadError |
| reset in mid-body | JSON, form, file | 1, ReadError | 1, ReadError | 1, ReadError |
| 429, `Retry-After: 1` | GET, JSON | 2, same, answer | 1, ApiError | 2, same, answer |
| 429, `Retry-After: 1` | form | 2, same, answer | 1, TooManyRequestsError | 2, **not the same**, answer |
| 429, `Retry-After: 1` | file | 2, same, answer | 1, ApiError | 2, **not the same**, answer |
| 429 | GET, JSON | 2, same, answer | 1, ApiError | 2, same, answer |
| 429 | form | 2, same, answer | 1, TooManyRequestsError | 2, **not the same**, answer |
| 429 | file | 2, same, answer | 1, ApiError | 2, **not the same**, answer |
| empty 429 | GET, JSON | 3, same, TooManyRequestsError | 1, ApiError | 2, same, ApiError |
| empty 429 | form, file | 3, same, TooManyRequestsError | 1, ApiError | 2, **not the same**, ApiError |
| 500 | GET | 2, same, answer | 1, ApiError | 2, same, answer |
| 500 | JSON | 1, ServerError | 1, ApiError | 2, same, answer |
| 500 | form, file | 1, ServerError | 1, ApiError | 2, **not the same**, answer |
| HTML 502 | GET | 3, same, ServerError | 1, ApiError | 2, same, ApiError |
| HTML 502 | JSON | 1, ServerError | 1, ApiError | 2, same, ApiError |
| HTML 502 | form, file | 1, ServerError | 1, ApiError | 2, **not the same**, ApiError |
| truncated stream | stream | 1, 2 events, then StreamInvalid | 1, 2 events, then no error | 1, 2 events, then no error |
| slow stream | stream | 1, 2 events, then ReadTimeout | 1, 2 events, then ReadTimeout | 1, 2 events, then ReadTimeout |
| redirect to another host | GET, JSON, form, file | 1, StatusError | 2, answer, **with the key** | 2, answer, **with the key** |
"""  # noqa: E501 - as Markdown has it


@pytest.fixture(scope="module")
def found() -> list[Row]:
    """Try everything once."""
    return list(rows())


def test_table_is_the_expected_one(found: list[Row]) -> None:
    assert "\n".join(table(found)) + "\n" == TABLE


def test_every_client_meets_every_failure_with_every_request(found: list[Row]) -> None:
    wanted = {(failure, one, by) for failure, (_, _, asked) in FAILURES.items() for one in asked for by in SUBJECTS}
    assert {(row.failure, row.request, row.subject) for row in found} == wanted
    assert len(found) == len(wanted)


def test_ours_never_sends_other_bytes_nor_the_key_elsewhere(found: list[Row]) -> None:
    """In both worlds alike."""
    ours = [row for row in found if row.subject not in SDK]
    assert [row for row in ours if row.identical is False or row.key_elsewhere or row.attempts > 3] == []
    by_world = [[(r.failure, r.request, r.attempts, r.outcome) for r in ours if r.subject == w] for w in SUBJECTS[:2]]
    assert by_world[0] == by_world[1]
