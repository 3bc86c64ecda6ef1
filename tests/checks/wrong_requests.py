"""Requests that break one rule each, with the place and the rule that must be reported."""

from __future__ import annotations

from tests.support.requests import BASE, ID, KEY, SEARCH, form, get, model, post
from twelvelabs_contract import Headers, Request

VIDEO = (("model_name", "m"), ("video_url", "https://example.com/v.mp4"))


REQUESTS: dict[str, tuple[Request, list[tuple[str, str]]]] = {
    # path
    "an empty id": (get("/indexes/"), [("path.index_id", "minLength")]),
    "an unknown path": (get("/index"), [("path", "undeclared")]),
    "a method that the path lacks": (post("/tasks", {}, "PUT"), [("method", "undeclared")]),
    "another host": (Request("GET", "https://example.com/v1.3/tasks"), [("url", "undeclared")]),
    "another version": (Request("GET", "https://api.twelvelabs.io/v1.2/tasks"), [("url", "undeclared")]),
    "no encryption": (Request("GET", "http://api.twelvelabs.io/v1.3/tasks", Headers([KEY])), [("url", "undeclared")]),
    "a line break in the URL": (get("/tasks?page_limit=\n5"), [("url", "undeclared")]),
    "no key": (Request("GET", f"{BASE}/tasks"), [("header.x-api-key", "missing")]),
    "a blank key": (Request("GET", f"{BASE}/tasks", Headers({"x-api-key": " "})), [("header.x-api-key", "missing")]),
    "a step up the path": (get("/tasks/.."), [("path.task_id", "encoding")]),
    "an encoded step up the path": (get("/tasks/%2E%2e"), [("path.task_id", "encoding")]),
    "a path that is no UTF-8": (get("/tasks/%ff"), [("path.task_id", "encoding")]),
    "a bare percent sign in the path": (get("/tasks/5%"), [("path.task_id", "encoding")]),
    # query
    "a page of 51": (get("/tasks?page_limit=51"), [("query.page_limit", "maximum")]),
    "page 0": (get("/tasks?page=0"), [("query.page", "minimum")]),
    "a word for a number": (get("/tasks?page=two"), [("query.page", "type")]),
    "a fraction for an integer": (get("/tasks?height=1.5"), [("query.height", "type")]),
    "a number with a plus sign": (get("/tasks?page=%2B1"), [("query.page", "type")]),
    "not a number": (get("/tasks?duration=NaN"), [("query.duration", "type")]),
    "a boolean with a capital": (
        get("/search/t?include_user_metadata=True"),
        [("query.include_user_metadata", "type")],
    ),
    "a misspelled parameter": (get("/tasks?page_limits=5"), [("query.page_limits", "undeclared")]),
    "a value outside the enum": (get("/tasks?sort_by=name"), [("query.sort_by", "enum")]),
    "an item outside the enum": (get("/tasks?status=ready&status=done"), [("query.status[1]", "enum")]),
    "a bracketed array": (get("/tasks?status[]=ready&status[]=failed"), [("query.status", "encoding")]),
    "an indexed array": (get("/tasks?status%5B0%5D=ready"), [("query.status", "encoding")]),
    "a comma-joined array": (get("/tasks?status=ready,failed"), [("query.status", "encoding")]),
    "an array as JSON": (get("/tasks?status=%5B%22ready%22%5D"), [("query.status", "encoding")]),
    "a scalar given twice": (get("/tasks?page=1&page=2"), [("query.page", "encoding")]),
    "a bare percent sign": (get("/tasks?filename=5%25%zz"), [("query.filename", "encoding")]),
    "a number of 5,000 digits": (get(f"/tasks?width={'9' * 5000}"), [("query.width", "type")]),
    "metadata as JSON": (
        get(f"/indexes/{ID}/videos?user_metadata=%7B%22a%22:1%7D"),
        [("query.user_metadata", "encoding")],
    ),
    "metadata as an object": (get(f"/indexes/{ID}/videos?user_metadata[a]=1"), [("query.user_metadata", "encoding")]),
    "bytes that are no UTF-8": (get("/tasks?filename=%FF"), [("query.filename", "encoding")]),
    "a missing parameter": (get(f"/tasks/transfers/import/{ID}/status"), [("query.index_id", "missing")]),
    "model options with a space": (get("/indexes?model_options=visual,%20audio"), [("query.model_options", "pattern")]),
    # JSON bodies
    "no body": (post("/gist", b""), [("body", "missing")]),
    "a body for a GET": (Request("GET", f"{BASE}/tasks", Headers([KEY]), b"{}"), [("body", "undeclared")]),
    "broken JSON": (post("/gist", b'{"video_id":'), [("body", "encoding")]),
    "a key given twice": (
        post("/gist", b'{"video_id":"v","types":["title"],"types":["topic"]}'),
        [("body", "encoding")],
    ),
    "a number that is too large": (
        post("/analyze", b'{"video_id":"v","prompt":"p","temperature":1e400}'),
        [("body", "encoding")],
    ),
    "a compressed body": (
        Request("POST", f"{BASE}/gist", Headers([KEY, ("content-encoding", "gzip")]), b"\x1f\x8b"),
        [("header.content-encoding", "encoding")],
    ),
    "NaN in JSON": (post("/analyze", b'{"video_id":"v","prompt":"p","temperature":NaN}'), [("body", "encoding")]),
    "JSON in Latin-1": (post("/gist", '{"video_id":"é"}'.encode("latin-1")), [("body", "encoding")]),
    "JSON nested too deeply": (post("/gist", b"[" * 100_000), [("body", "encoding")]),
    "a list for an object": (post("/gist", []), [("body", "type")]),
    "a missing key": (post("/gist", {"video_id": "v"}), [("body.types", "missing")]),
    "an undeclared key": (post("/gist", {"video_id": "v", "types": ["title"], "n": 1}), [("body.n", "undeclared")]),
    "an item twice": (post("/gist", {"video_id": "v", "types": ["title", "title"]}), [("body.types", "uniqueItems")]),
    "temperature over 1": (
        post("/analyze", {"video_id": "v", "prompt": "p", "temperature": 1.0000000000000002}),
        [("body.temperature", "maximum")],
    ),
    "null where nothing admits it": (
        post("/summarize", {"video_id": "v", "type": "summary", "prompt": None}),
        [("body.prompt", "type")],
    ),
    "two mistakes in a nested object": (
        post("/indexes", {"index_name": "n", "models": [model(), {"model_options": ["visual", "x"], "m": 1}]}),
        [
            ("body.models[1].m", "undeclared"),
            ("body.models[1].model_name", "missing"),
            ("body.models[1].model_options[1]", "enum"),
        ],
    ),
    "an add-on without Marengo": (
        post("/indexes", {"index_name": "n", "models": [model(model_name="pegasus1.2")], "addons": ["thumbnail"]}),
        [("body.models", "contains")],
    ),
    "null metadata in PUT": (
        post(f"/indexes/{ID}/videos/{ID}", {"user_metadata": {"a": None}}, "PUT"),
        [("body.user_metadata.a", "type")],
    ),
    "a list as metadata": (
        post(f"/indexes/{ID}/videos/{ID}", {"user_metadata": {"a b": []}}, "PATCH"),
        [('body.user_metadata["a b"]', "type")],
    ),
    # forms
    "JSON where a form is declared": (post("/search", {}), [("header.content-type", "media_type")]),
    "a form without a boundary": (
        Request("POST", f"{BASE}/search", Headers([KEY, ("content-type", "multipart/form-data")]), b"x"),
        [("form", "encoding")],
    ),
    "no content type": (
        Request("POST", f"{BASE}/search", Headers([KEY]), b"x"),
        [("header.content-type", "media_type")],
    ),
    "neither file nor URL": (form("/tasks", ("index_id", ID)), [("form", "anyOf")]),
    "nothing to embed": (form("/embed", ("model_name", "m")), [("form", "anyOf")]),
    "a search for nothing": (form("/search", *SEARCH[:2]), [("form", "anyOf")]),
    "a bracketed form array": (
        form("/search", SEARCH[0], ("search_options[]", "visual"), SEARCH[2]),
        [("form.search_options", "encoding")],
    ),
    "a comma-joined form array": (
        form("/search", SEARCH[0], ("search_options", "visual,audio"), SEARCH[2]),
        [("form.search_options", "encoding")],
    ),
    "a form array as JSON": (
        form("/search", SEARCH[0], ("search_options", '["visual", "audio"]'), SEARCH[2]),
        [("form.search_options", "encoding")],
    ),
    "an unknown search option": (
        form("/search", SEARCH[0], ("search_options", "smell"), SEARCH[2]),
        [("form.search_options[0]", "enum")],
    ),
    "a boolean part with a capital": (
        form("/search", *SEARCH, ("include_user_metadata", "True")),
        [("form.include_user_metadata", "type")],
    ),
    "an empty part for None": (form("/search", *SEARCH, ("page_limit", "")), [("form.page_limit", "type")]),
    "an undeclared part": (form("/search", *SEARCH, ("page_token", "x")), [("form.page_token", "undeclared")]),
    "a part given twice": (form("/search", *SEARCH, ("query_text", "a cat")), [("form.query_text", "encoding")]),
    "clip_count without grouping": (
        form("/search", *SEARCH, ("sort_option", "clip_count")),
        [("form.group_by", "missing")],
    ),
    "clip_count grouped by clip": (
        form("/search", *SEARCH, ("sort_option", "clip_count"), ("group_by", "clip")),
        [("form.group_by", "const")],
    ),
    "media without its type": (
        form("/search", *SEARCH[:2], ("query_media_url", "https://example.com/i.png")),
        [("form.query_media_type", "dependentRequired")],
    ),
    "a filter that is invalid JSON": (form("/search", *SEARCH, ("filter", "{'a': 1}")), [("form.filter", "encoding")]),
    "a filter outside the grammar": (
        form("/search", *SEARCH, ("filter", '{"filename": 5}')),
        [("form.filter.filename", "type")],
    ),
    "metadata that is no flat object": (
        form("/tasks", ("index_id", ID), VIDEO[1], ("user_metadata", '{"a": {"b": 1}}')),
        [("form.user_metadata.a", "type")],
    ),
    "a file without a name": (
        form("/tasks", ("index_id", ID), ("video_file", "bytes")),
        [("form.video_file", "encoding")],
    ),
    "a file with an empty name": (
        form("/tasks", ("index_id", ID), ("video_file", "bytes", "", "video/mp4")),
        [("form.video_file", "encoding")],
    ),
    "a field with a file name": (
        form("/search", SEARCH[0], SEARCH[1], ("query_text", "a dog", "q.txt", "text/plain")),
        [("form.query_text", "encoding")],
    ),
    "a path for a URL": (
        form("/tasks", ("index_id", ID), ("video_url", "/home/me/clip.mp4")),
        [("form.video_url", "format")],
    ),
    "one offset of two": (
        form("/embed/tasks", *VIDEO, ("video_start_offset_sec", "0")),
        [("form.video_end_offset_sec", "dependentRequired")],
    ),
    "a clip of 1.99 s": (
        form("/embed/tasks", *VIDEO, ("video_clip_length", "1.99")),
        [("form.video_clip_length", "minimum")],
    ),
}
