"""`validate` and `check` with a baseline: known violations do not count, new ones do, and fixed ones are reported."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from apicontract.traffic.baseline import Baseline, Known
from tests.cli.conftest import HOST, Run, entry, har

KNOWN = "tasks.list query.page_limit maximum"


def test_known_violations_of_recordings(cli: Run) -> None:
    file = har(entry(f"{HOST}/tasks?page_limit=51", {"data": []}))
    done = cli("check", file, "--baseline", "known", "--update-baseline")
    assert (done.status, done.err) == (0, "baseline: known: 1 added, 0 removed\n")
    assert Path("known").read_text().splitlines()[1:] == [f"calls.har: {KNOWN}"]

    har(entry(f"{HOST}/tasks", {"data": []}), entry(f"{HOST}/tasks?page_limit=99", {"data": []}))
    done = cli("check", file, "--baseline", "known")
    assert (done.status, done.out) == (0, "2 exchanges checked, no new violation, 1 known\n")
    har(entry(f"{HOST}/tasks?page_limit=51&sort_by=size", {"data": []}))
    done = cli("check", file, "--baseline", "known")
    assert done.status == 1
    assert "query.sort_by" in done.out
    assert "page_limit" not in done.out

    har(entry(f"{HOST}/tasks", {"data": []}))
    done = cli("check", file, "--baseline", "known")
    assert (done.status, done.err) == (0, f"baseline: calls.har: {KNOWN}: fixed; --prune-baseline removes it\n")
    done = cli("check", file, "--baseline", "known", "--prune-baseline")
    assert (done.status, done.err) == (0, "baseline: known: 0 added, 1 removed\n")
    assert KNOWN not in Path("known").read_text()


def test_known_violations_of_payloads(cli: Run) -> None:
    Path("page.json").write_text(json.dumps({"page": "1"}))
    given = ("validate", "page.json", "--schema", "PageInfo", "--baseline", "known")
    assert cli(*given, "--update-baseline").status == 0
    assert cli(*given).status == 0
    Path("known").write_text(Path("known").read_text().replace("type", "type  # until 2020-01-01: it was quiet"))
    done = cli(*given)
    assert done.status == 1
    assert done.err == "baseline: page.json: - body.page type  # until 2020-01-01: it was quiet: it has expired\n"
    done = cli(*given, "--update-baseline")
    assert done.status == 1, "what has expired is known already, so it is not added again"
    assert done.err.splitlines()[-1] == "baseline: known: 0 added, 0 removed"


def test_a_baseline_that_is_not_there_or_is_none(cli: Run) -> None:
    file = har(entry(f"{HOST}/tasks", {"data": []}))
    done = cli("check", file, "--baseline", "none")
    assert (done.status, done.err) == (2, "error: --baseline none: no such file; --update-baseline creates it\n")
    assert cli("check", file, "--prune-baseline").err == "error: which baseline? give --baseline FILE too\n"
    Path("known").write_text("tasks.list\n")
    assert "known:1: a line is `SOURCE: OPERATION WHERE RULE" in cli("check", file, "--baseline", "known").err


def test_unknown_operations_fail_are_listed_or_left_out(cli: Run) -> None:
    file = har(entry(f"{HOST}/tasks", {"data": []}), entry(f"{HOST}/assets2", {}))
    assert cli("check", file).status == 1
    done = cli("check", file, "--unknown", "warn")
    assert done.status == 0
    assert f"exchange 2: GET {HOST}/assets2\n    no operation has this path" in done.out
    assert cli("check", file, "--unknown", "ignore").out == "1 exchange checked, no violation\n"
    assert cli("check", file, "--unknown", "pass").status == 2

    assert cli("check", file, "--baseline", "known", "--update-baseline").status == 0
    assert "calls.har: GET /assets2 path undeclared\n" in Path("known").read_text()
    assert cli("check", file, "--baseline", "known").status == 0


@pytest.mark.parametrize(("days", "holds"), [(-1, True), (0, True), (1, False)])
def test_an_entry_holds_to_the_end_of_its_last_day(days: int, holds: bool) -> None:
    known = Known("page.json", "- body.page type", dt.date(2027, 1, 31))
    baseline = Baseline([known], today=dt.date(2027, 1, 31) + dt.timedelta(days))
    assert baseline.knows((known.source, known.key)) is holds
    assert baseline.over() == ([] if holds else [known])


@pytest.mark.parametrize("option", [(), ("--update-baseline",), ("--prune-baseline",)])
@pytest.mark.parametrize("lines", [("1", "1"), ("1", '"1"'), ('"1"', '"1"')])
def test_entries_of_a_file_of_lines_are_fixed_once_it_has_no_such_violation(
    cli: Run, lines: tuple[str, ...], option: tuple[str, ...]
) -> None:
    """Also in a file that conforms wholly; what is known of a file that was not checked stays."""
    file = Path("pages.jsonl")
    file.write_text("".join(f'{{"page": {page}}}\n' for page in lines))
    known = ["other.jsonl: - body.page type", "pages.jsonl: - body.page maximum", "pages.jsonl: - body.page type"]
    Path("known").write_text("# ours\n" + "".join(f"{line}\n" for line in known))
    done = cli("validate", file, "--schema", "PageInfo", "--baseline", "known", *option)
    fixed = known[1:] if lines == ("1", "1") else known[1:2]
    assert done.status == 0
    pruned = "--prune-baseline" in option
    summary = f"baseline: known: 0 added, {len(fixed) if pruned else 0} removed\n" if option else ""
    told = "" if pruned else "".join(f"baseline: {one}: fixed; --prune-baseline removes it\n" for one in fixed)
    assert done.err == summary + told
    left = [line for line in Path("known").read_text().splitlines() if not line.startswith("#")]
    assert left == ([line for line in known if line not in fixed] if pruned else known)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--prune-baseline",), "0 added, 1 removed"),
        (("--update-baseline",), "1 added, 0 removed"),
        (("--update-baseline", "--prune-baseline"), "1 added, 1 removed"),
    ],
)
def test_pruning_adds_nothing_and_updating_renews_nothing(cli: Run, options: tuple[str, ...], told: str) -> None:
    """An entry that has expired stays so until somebody decides about it."""
    Path("page.json").write_text(json.dumps({"page": "1", "limit_per_page": "2"}))
    Path("known").write_text("page.json: - body.page type  # until 2020-01-01: x\npage.json: - body.gone type\n")
    done = cli("validate", "page.json", "--schema", "PageInfo", "--baseline", "known", *options)
    assert done.status == 1
    assert f"baseline: known: {told}\n" in done.err
    assert "it has expired" in done.err
    assert "body.page\n" in done.out
    assert ("body.limit_per_page" in done.out) is ("--update-baseline" not in options)
    kept = Path("known").read_text()
    assert ("page.json: - body.limit_per_page type\n" in kept) is ("--update-baseline" in options)
    assert ("body.gone" in kept) is ("--prune-baseline" not in options)
    assert "until 2020-01-01" in kept
