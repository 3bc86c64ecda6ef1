"""The line that sums up what was checked, of one process and of several."""

from __future__ import annotations

from collections import Counter

import pytest

from apicontract.traffic.summary import Seen, why_nothing


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        (Seen(), "no exchange with the API was checked; T"),
        (Seen(Counter({"a": 0})), "no exchange with the API was checked; T"),
        (Seen(Counter(a=1)), "1 exchange checked (a 1), no finding; T"),
        (Seen(Counter(b=1000, a=1), findings=1), "1,001 exchanges checked (a 1, b 1,000), 1 finding; T"),
        (Seen(Counter(a=1), findings=1000, known=2), "1 exchange checked (a 1), 1,000 findings, 2 known; T"),
        (Seen(Counter(a=1), known=1), "1 exchange checked (a 1), no finding, 1 known; T"),
        (
            Seen(others=Counter({"x": 1, "": 2})),
            "no exchange with the API was checked, 3 with other hosts (? 2, x 1); T",
        ),
        (
            Seen(Counter(a=1), Counter(w=1, x=2, y=1000)),
            "1 exchange checked (a 1), no finding, 1,003 with other hosts (y 1,000, x 2, w 1); T",
        ),
        (
            Seen(Counter(a=1), Counter(v=1, w=2, x=3, y=4)),
            "1 exchange checked (a 1), no finding, 10 with other hosts (y 4, x 3, w 2, …); T",
        ),
    ],
)
def test_the_line(seen: Seen, line: str) -> None:
    assert seen.line("T") == line


def test_what_several_processes_have_seen_is_added() -> None:
    seen = Seen()
    for _ in range(2):
        seen.add(Seen(Counter(a=1, b=2), Counter(x=3), 4, 5))
    assert seen == Seen(Counter(a=2, b=4), Counter(x=6), 8, 10)


def test_why_nothing_was_checked_names_each_library_once() -> None:
    said = why_nothing(["httpx", "requests", "httpx"], ["pycurl", "niquests", "pycurl"])
    assert said.startswith("observed: httpx, requests; never imported: ")
    assert said.endswith("; imported, but cannot be observed: niquests, pycurl; what other processes send is not seen")
    assert "imported, and cannot" not in why_nothing([], [])
    assert why_nothing([], []).startswith("observed: none; never imported: ")
