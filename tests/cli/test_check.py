"""`check`: recordings on the command line; the readers and their findings are tested in `tests/traffic`."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import HOST, KEY, Run, entry, har


def test_good_traffic_ends_with_0(cli: Run) -> None:
    done = cli("check", har(entry(f"{HOST}/tasks?page_limit=50", {"data": []}), entry(f"{HOST}/indexes", {"data": []})))
    assert (done.status, done.out, done.err) == (0, "2 exchanges checked, no violation\n", "")


def test_each_violation_says_which_half_of_which_exchange_it_is_of(cli: Run) -> None:
    done = cli("check", har(entry(f"{HOST}/indexes", {}), entry(f"{HOST}/tasks?page_limit=51", {"data": 5})))
    assert done.status == 1
    assert "calls.har:3  tasks.list  query.page_limit\n" in done.out
    assert f"    in    request of exchange 2: GET {HOST}/tasks\n" in done.out
    assert f"    in    response of exchange 2: GET {HOST}/tasks\n" in done.out
    assert done.out.endswith("2 exchanges checked, 2 violations in 1\n")


def test_the_key_of_a_recording_is_in_no_output(cli: Run) -> None:
    file = har(entry(f"{HOST}/tasks?{KEY}=1&page={KEY}", {KEY: KEY}), entry(f"https://x.example.com/?k={KEY}", {}))
    for form in ("text", "json", "junit", "sarif", "github"):
        done = cli("check", file, "--format", form)
        assert done.status == 1
        assert "0123456789" not in done.out + done.err


def test_exchanges_of_another_host_are_listed_and_no_violation(cli: Run) -> None:
    done = cli("check", har(entry(f"{HOST}/tasks", {"data": []}), entry("https://cdn.example.com/a.js", {})))
    assert done.status == 0
    assert "  calls.har:3  exchange 2: GET https://cdn.example.com/a.js\n    not below" in done.out
    assert done.out.endswith("1 exchange checked, no violation; 1 exchange of no operation, not checked\n")


def test_an_exchange_below_the_server_that_no_operation_has_is_a_violation(cli: Run) -> None:
    done = cli("check", har(entry(f"{HOST}/task", {})), "--format", "json")
    assert done.status == 1
    assert [(f["where"], f["operation"]) for f in done.findings] == [("path", None)]


def test_base_url_maps_another_host(cli: Run) -> None:
    file = har(entry("http://localhost:8000/api/tasks?page_limit=51", {"data": []}))
    alone = cli("check", file)
    assert alone.status == 2
    assert "--base-url" in alone.err
    mapped = cli("check", file, "--base-url", "http://localhost:8000/api/", "--format", "json")
    assert mapped.status == 1
    assert [f["where"] for f in mapped.findings] == ["query.page_limit"]


@pytest.mark.parametrize("url", ["localhost", "http://[", "ftp://example.com", "http://h:99999", ""])
def test_a_base_url_that_is_none_is_refused(cli: Run, url: str) -> None:
    done = cli("check", har(entry(f"{HOST}/tasks", {})), "--base-url", url)
    assert (done.status, done.out) == (2, "")
    assert f"--base-url: a base URL is needed, such as http://localhost:8000/v1, not {url!r}" in done.err


def test_a_file_that_is_no_recording_is_reported_and_the_others_are_checked(cli: Run) -> None:
    Path("notes.txt").write_bytes(b"\xff\xfe")
    Path("list.json").write_text("[]", encoding="utf-8")
    done = cli("check", "notes.txt", "list.json", "missing.har", ".", har(entry(f"{HOST}/tasks", {"data": []})))
    assert done.status == 2
    assert [line.split(":")[1].strip() for line in done.err.splitlines()] == [
        "notes.txt",
        "list.json",
        "missing.har",
        ".",
    ]
    assert done.out == "1 exchange checked, no violation; 4 files cannot be read\n"


def test_what_a_recording_does_not_hold_is_counted_by_reason(cli: Run) -> None:
    first, second = entry(f"{HOST}/tasks", {"data": []}), entry(f"{HOST}/indexes", {"data": []})
    for one in (first, second):
        one["request"]["headers"] = [{"name": "accept", "value": "*/*"}]
    done = cli("check", har(first, second))
    assert done.status == 0
    assert "not checked in 2 exchanges: request header.x-api-key: " in done.out


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github"])
def test_what_was_not_checked_is_no_crash_in_any_format(cli: Run, form: str) -> None:
    one = entry(f"{HOST}/tasks", {"data": []})
    one["request"]["headers"] = [{"name": "accept", "value": "*/*"}]
    done = cli("check", har(one), "--format", form)
    assert (done.status, done.err) == (0, "")
    if form == "json":
        ((reason, count),) = json.loads(done.out)["summary"]["unknown"].items()
        assert (reason.partition(":")[0], count) == ("request header.x-api-key", 1)


def test_a_preflight_and_an_aborted_request_are_reported_and_no_violation(cli: Run) -> None:
    preflight, aborted = entry(f"{HOST}/tasks", {}, status=204), entry(f"{HOST}/tasks", {}, status=0)
    asking = {"name": "Access-Control-Request-Method", "value": "GET"}
    preflight["request"] |= {"method": "OPTIONS", "headers": [asking]}
    options = entry(f"{HOST}/tasks", {}, status=204)
    options["request"]["method"] = "OPTIONS"
    done = cli("check", har(preflight, aborted, options))
    assert done.status == 0
    said = "a browser asks by itself whether it may send a request (CORS preflight), which is no call of the API"
    assert f"calls.har:2  exchange 1: OPTIONS {HOST}/tasks\n    {said}\n" in done.out
    assert f"calls.har:4  exchange 3: OPTIONS {HOST}/tasks\n    this path has GET, POST\n" in done.out
    assert "not checked in 1 exchange: response: not recorded: the request was aborted" in done.out
    assert done.out.endswith("1 exchange checked, no violation; 2 exchanges of no operation, not checked\n")


def test_another_host_is_one_line_however_often_it_was_called(cli: Run) -> None:
    others = [entry(f"https://me:secret@fonts.example/{n}.woff?k=secret", {}) for n in range(300)]
    more = entry("https://other.example/", {})
    done = cli("check", har(*others, entry(f"{HOST}/tasks?page_limit=51", {"data": []}), more))
    assert done.status == 1
    assert (
        "300 exchanges with https://fonts.example, the first is exchange 1: GET https://fonts.example/0.woff"
        in done.out
    )
    assert "exchange 302: GET https://other.example/" in done.out
    assert "secret" not in done.out
    assert done.out.count("fonts.example") == 2
    assert "1 exchange checked, 1 violation in 1; 301 exchanges of no operation, not checked" in done.out


def test_errors_come_before_notices_in_workflow_commands(cli: Run) -> None:
    others = [entry(f"https://fonts{n}.example/", {}) for n in range(300)]
    done = cli("check", har(*others, entry(f"{HOST}/tasks?page_limit=51", {"data": []})), "--format", "github")
    assert done.out.startswith("::error file=")
    assert done.out.count("::notice") == 199
    assert "101 more results not shown" in done.out


def test_one_entry_that_cannot_be_read_is_not_counted_as_checked_and_hides_no_other(cli: Run) -> None:
    """As a file that cannot be read, in every format; a baseline does not let it pass."""
    broken = entry(f"{HOST}/tasks", {"data": []})
    broken["response"]["content"] |= {"text": "no base64!", "encoding": "base64"}
    file = har(entry(f"{HOST}/tasks?page_limit=51", {"data": []}), broken, entry(f"{HOST}/tasks", {"data": []}))
    reason = "log.entries[1].response.content.text: not base64"
    shown = {
        "text": "2 exchanges checked, 1 violation in 1; 1 exchange cannot be read\n",
        "json": f'"unreadable": [{{"source": "calls.har", "reason": "{reason}", "line": 3, "label": "exchange 2"}}]',
        "junit": f'name="exchange 2" file="calls.har" line="3"><error message="{reason}"',
        "sarif": f'"calls.har: exchange 2 cannot be read: {reason}"}}, "locations": [{{"physicalLocation": '
        '{"artifactLocation": {"uri": "calls.har"}, "region": {"startLine": 3}}}]',
        "github": f"::error file=calls.har,line=3,title=cannot be read::exchange 2 cannot be read: {reason}\n",
        "markdown": "- `calls.har:3`: exchange 2 cannot be read: log.entries\\[1\\].response.content.text: not base64",
    }
    for form, said in shown.items():
        done = cli("check", file, "--format", form)
        assert (done.status, done.err) == (2, f"error: calls.har:3: exchange 2 cannot be read: {reason}\n")
        assert said in done.out
        assert "page_limit" in done.out
    done = cli("check", file, "--baseline", "known.json", "--update-baseline")
    assert (done.status, "2 exchanges checked, no new violation, 1 known; 1 exchange cannot" in done.out) == (2, True)
    assert (
        cli("check", har(broken)).err == f"error: calls.har:2: exchange 1 cannot be read: {reason.replace('1', '0')}\n"
    )


def test_standard_input_is_a_recording_too(cli: Run) -> None:
    text = Path(har(entry(f"{HOST}/tasks?page_limit=51", {"data": []}))).read_bytes()
    done = cli("check", "-", stdin=text)
    assert done.status == 1
    assert done.out.startswith("<stdin>:2  tasks.list  query.page_limit\n")
    assert "once" in cli("check", "-", "-").err


def test_a_recording_in_utf_16_is_called_so(cli: Run) -> None:
    text = Path(har(entry(f"{HOST}/tasks", {"data": []}))).read_text("utf-8")
    for encoding in ("utf-16-le", "utf-16-be"):
        for options in ((), ("--pass-others",)):  # its URLs cannot be read, so it may be of this API
            done = cli("check", "-", *options, stdin=f"\ufeff{text}".encode(encoding))
            assert (done.status, done.err) == (2, "error: <stdin>: this is UTF-16; save it as UTF-8\n")


@pytest.mark.parametrize("others", [(), ("--pass-others",)])
def test_a_packed_recording_is_read_although_it_shows_no_url(cli: Run, others: tuple[str, ...]) -> None:
    text = Path(har(entry(f"{HOST}/tasks?page_limit=51", {"data": []}))).read_bytes()
    with zipfile.ZipFile("packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("har.har", text)
    assert HOST.encode() not in Path("packed.zip").read_bytes()
    assert cli("check", "packed.zip", *others).status == 1
    done = cli("check", "-", *others, stdin=gzip.compress(text))
    assert (done.status, done.err.startswith("error: <stdin>: ")) == (2, True)


def test_files_of_other_apis_are_passed_over_and_counted(cli: Run) -> None:
    """By what they hold, not by their name: what is of this API is checked, and what cannot be read is no success."""
    Path("app.har").write_bytes(Path(har(entry(f"{HOST}/tasks?page_limit=51", {"data": []}))).read_bytes())
    Path("other.har").write_bytes(Path(har(entry("https://x.example.com/", {}))).read_bytes())
    Path("mentions.har").write_bytes(Path(har(entry("https://x.example.com/", {"see": f"{HOST}/tasks"}))).read_bytes())
    Path("compose.yaml").write_text(f"services: {{app: {{url: '{HOST}'}}}}\n---\nmore: 1\n", encoding="utf-8")
    Path("rows.jsonl").write_text(f'{{"url": "{HOST}"}}\n' * 2, encoding="utf-8")
    with zipfile.ZipFile("data.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    Path("template.yaml").write_text("{{ no YAML", encoding="utf-8")
    others = ["other.har", "mentions.har", "compose.yaml", "rows.jsonl", "data.zip", "template.yaml"]
    done = cli("check", "--pass-others", *others, "app.har")
    assert done.status == 1
    assert "1 exchange checked, 1 violation in 1; 1 exchange of no operation" in done.out
    assert done.out.endswith("; 6 files with nothing of this API\n")
    assert cli("check", "--pass-others", *others).status == 0
    text = Path("app.har").read_text(encoding="utf-8")
    for written in (text.replace("/", r"\/"), text.replace("https://api.t", "HTTPS://API.T")):
        Path("again.har").write_text(written, encoding="utf-8")
        assert "1 exchange checked" in cli("check", "--pass-others", "again.har").out
    assert cli("check", *others).status == 2
    Path("cut.har").write_text(Path("app.har").read_text(encoding="utf-8")[:-9], encoding="utf-8")
    for broken in ("cut.har", "missing.har"):
        assert cli("check", "--pass-others", broken).status == 2
    assert json.loads(cli("check", "--pass-others", *others, "--format", "json").out)["summary"]["passed_over"] == 6
