"""One entry of a HAR 1.2 (`log.entries[]`), as browsers, proxies and test tools write them.

An entry differs from the actual traffic in these ways:

- `request.url` contains the query; `queryString` is the same, parsed. It is used only if the URL has none.
- The pseudo headers of HTTP/2 (`:method`, `:authority`) are not header fields.
- The text of a body is already decoded, whatever `Content-Encoding` the headers still name, and is bytes only with
  `encoding: base64`. Binary data in a text is one character for each byte; the content length distinguishes it from
  UTF-8.
- `params` instead of a text is a parsed form. It is encoded again; its framing, and the content of its files, are
  reported as unknown.
- A body can be in a separate file beside the recording, which `_file` names (Playwright).
- A form whose fields are missing as well is unknown (Polly.JS): `postData` is present, but empty.
- A proxy that streams a body may not store it: mitmproxy then writes an empty text.
- A response with status 0 was never received: the request was aborted or blocked.
- A body that existed, but has no text, is unknown: browsers leave out uploads and large responses. A truncated one is
  unknown too, unless it is complete JSON all the same.
- `_complete` and `_broken` are of `proxy`: whether the response came to its end, and why the server ended it early.
- Status 304 is the server's response to the browser's cache; the actual response is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlencode

from apicontract.openapi import media_types, strict_json
from apicontract.traffic.recordings.bodies import attached, decoded, encode, length, unbase64, whole
from apicontract.traffic.recordings.fields import each
from apicontract.traffic.recordings.model import NO_HEADERS, At, Recorded, Side, Unknown, label
from apicontract.wire import media
from apicontract.wire.messages import Headers, Request, Response
from apicontract.wire.multipart import Multipart, Part

_BOUNDARY = "----recorded-without-its-boundary"
_HALVES = "surrogatepass"
"""The error handler for lone surrogates, which JSON can contain: they become bytes that the checks reject."""
_NOT_TEXT = frozenset({"_file", "encoding", "_encoding", "params"})
"""The keys of a body that is something else than the text that was sent, or was."""
_FRAMING = "the recording has the form's fields, not its bytes: how they were encoded is not known"


def read(entry: At, index: int) -> Recorded:
    """Read one entry; raise `RecordingInvalid` for an invalid one."""
    return usual(entry, index) or unusual(entry, index)


def usual(entry: At, index: int) -> Recorded | None:
    """Read an entry that has all that was sent, as most have, without a look at each place; `None` for any other."""
    value = entry.value
    if type(value) is not dict or "_complete" in value or "_broken" in value:
        return None
    request, response = value.get("request"), value.get("response")
    if type(request) is not dict or type(response) is not dict:
        return None
    method, url, data = request.get("method"), request.get("url"), request.get("postData")
    if type(method) is not str or type(url) is not str:
        return None
    if not _is_usual_query(request.get("queryString"), url) or _made_by(entry, "axios-har-tracker"):
        return None
    status, content = response.get("status"), response.get("content")
    if type(status) is not int or status <= 0 or status == 304 or type(content) is not dict:
        return None
    sent, got = _usual_headers(request.get("headers")), _usual_headers(response.get("headers"))
    if sent is None or got is None or got.get("content-encoding") is not None:
        return None
    body = b"" if data is None else _usual_text(data, sent)
    answer = _usual_text(content, got)
    length_sent = length(sent)
    if body is None or not answer or (data is None and length_sent) or (data is not None and not body):
        return None
    if data is None and length_sent is None and not _is_at_most(request.get("bodySize"), 0):
        return None
    if not _is_at_most(content.get("size"), len(answer)):
        return None
    return Recorded(
        index,
        Request(method.upper(), url, sent, body),
        Response(status, got, answer),
        entry.line,
        label(index, method.upper(), url),
        cookies=(*_cookies(request), *_cookies(response)),
    )


def _is_usual_query(given: object, url: str) -> bool:
    """Return whether the query is in the URL, too."""
    if given is None or given == []:
        return True
    return "?" in url and type(given) is list and all(type(pair) is dict and _is_pair(pair) for pair in given)


def _is_pair(item: Mapping[str, object]) -> bool:
    return type(item.get("name")) is str and type(item.get("value")) is str


def _usual_headers(given: object) -> Headers | None:
    """Return the headers if they are a list of names and values, not empty; `None` for any other form."""
    if type(given) is not list or not given:
        return None
    pairs: list[tuple[str, str]] = []
    for item in given:
        if type(item) is not dict:
            return None
        name, value = item.get("name"), item.get("value")
        if type(name) is not str or type(value) is not str:
            return None
        if name[:1] != ":":
            pairs.append((name, value))
    return Headers(pairs)


def _usual_text(given: object, headers: Headers) -> bytes | None:
    """Return a body that was recorded as text, of the length that its headers declare; `None` for any other."""
    if type(given) is not dict or headers.get("content-type") is None or not _NOT_TEXT.isdisjoint(given):
        return None
    text, kind = given.get("text"), given.get("mimeType")
    if type(text) is not str or type(kind) is not str:
        return None
    body, declared = encode(text), length(headers)
    return body if declared is None or declared == len(body) else None


def _is_at_most(given: object, most: int) -> bool:
    return given is None or (type(given) is int and given <= most)


def unusual(entry: At, index: int) -> Recorded:
    """Read any entry; raise `RecordingInvalid` for an invalid one."""
    unknown: list[Unknown] = []
    request = _request(entry.member("request"), unknown)
    complete = entry.member("_complete").value is not False
    response = _response(entry.member("response"), unknown, complete)
    name = label(index, request.method, request.url)
    broken = entry.member("_broken").scalar()
    cookies = (*_cookies(entry.member("request").value), *_cookies(entry.member("response").value))
    return Recorded(index, request, response, entry.line, name, tuple(unknown), complete, cookies, broken)


def _cookies(message: object) -> Iterator[str]:
    """Yield the values of listed cookies, so that no message shows them; an invalid list is ignored."""
    listed = message.get("cookies") if isinstance(message, dict) else None
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict) and isinstance(item.get("value"), str):
            yield item["value"]


def _request(place: At, unknown: list[Unknown]) -> Request:
    method, url = place.member("method").text().upper(), place.member("url").text()
    pairs = [_pair(item) for item in place.member("queryString").items()]
    if pairs and "?" not in url:
        url += "?" + urlencode(pairs, quote_via=quote, errors=_HALVES)
        unknown.append(Unknown("request", "", "the query was built from queryString: its encoding is unknown"))
    data = place.member("postData")
    mime = data.member("mimeType").scalar() if data.given else ""
    headers = _headers(place.member("headers"), mime, "request", unknown)
    if mime and headers.get("content-type") is None:
        headers = Headers([*headers.items, ("content-type", mime)])
    return Request(method, url, *_request_body(place, data, headers, unknown))


def _pair(item: At) -> tuple[str, str]:
    return item.member("name").scalar(), item.member("value").scalar()


def _headers(place: At, mime: str, side: Side, unknown: list[Unknown]) -> Headers:
    """Read header fields; if there are none, they were not recorded, and `mimeType` is used for one."""
    pairs = [field for item in place.items() for field in _field(item)]
    if not pairs:
        unknown.append(Unknown(side, "header", NO_HEADERS))
        pairs = [("content-type", mime)] if mime else []
    return Headers([(name, value) for name, value in pairs if not name.startswith(":")])


def _field(item: At) -> Iterable[tuple[str, str]]:
    """Return the header field that an entry of the list is; several where it has several values."""
    given = item.value
    if isinstance(given, dict):
        name, value = given.get("name"), given.get("value")
        if isinstance(name, str) and isinstance(value, str):  # as nearly all are
            return ((name, value),)
    return each(item.member("name").scalar(), item.member("value"))


def _request_body(place: At, data: At, headers: Headers, unknown: list[Unknown]) -> tuple[Headers, bytes]:
    size, sent = length(headers), place.member("bodySize")
    text = data.member("text") if data.given else data
    params = list(data.member("params").items()) if data.given else []
    if params and not (text.given and text.text()):
        return _form(params, headers, unknown)
    body = b""
    if data.given and data.member("_file").given:
        return headers, attached(data.member("_file"), "request", unknown)
    if data.given and not text.given:
        unknown.append(Unknown("request", "body", "the recording does not have the body"))
        return headers, b""
    if _is_lost_form(place, text, headers):
        unknown.append(Unknown("request", "body", "the recorder wrote an object in place of the form's bytes"))
        return headers, b""
    if text.given:
        coding = (data.member("encoding").scalar() or data.member("_encoding").scalar()).lower()
        body = unbase64(text) if coding == "base64" else encode(text.text(), coding, size)
    if not body and (size or (size is None and sent.given and sent.integer() > 0)):
        unknown.append(Unknown("request", "body", "the recording does not have the body"))
    return headers, body


def _form(params: list[At], headers: Headers, unknown: list[Unknown]) -> tuple[Headers, bytes]:
    """Encode a form again from its fields; a boundary is made up only if no header was recorded."""
    kind, options = media_types.parse(headers.get("content-type") or "")
    codec = media.codec(kind)
    if codec.carrier != "fields":
        unknown.append(Unknown("request", "body", f"the body was recorded as the fields of a form, and is {kind!r}"))
        return headers, b""
    unknown.append(Unknown("request", "", _FRAMING))
    if not codec.files:
        return headers, urlencode([_pair(param) for param in params], errors=_HALVES).encode()
    parts = [_part(param, unknown) for param in params]
    if any(item.where == "header" for item in unknown):
        headers = Headers({"content-type": f"{kind}; boundary={_BOUNDARY}"})
        return headers, b"".join(Multipart(parts, _BOUNDARY).chunks())
    try:
        return headers, b"".join(Multipart(parts, options.get("boundary", "")).chunks())
    except ValueError:
        return headers, b"--"  # the boundary is invalid, which the checker reports anyway


def _part(param: At, unknown: list[Unknown]) -> Part:
    """Return a field as a part; without a value and a file name it could be a string or a file."""
    name, value = whole(param.member("name").scalar()), param.member("value")
    filename, kind = param.member("fileName"), param.member("contentType")
    if not filename.given and (not value.given or value.scalar() == "(binary)"):
        unknown.append(Unknown("request", f"form.{name.partition('[')[0]}", "the recording does not have this field"))
    return Part(
        name,
        encode(value.scalar()),
        whole(filename.scalar()) if filename.given and filename.scalar() else None,
        "".join(c for c in kind.scalar() if c.isprintable()) or None,
    )


def _response(place: At, unknown: list[Unknown], complete: bool) -> Response | None:
    if not place.given or (status := place.member("status").integer()) <= 0:
        return None
    content = place.member("content")
    if not content.given:
        content = At({}, content.where, content.line)
    headers = _headers(place.member("headers"), content.member("mimeType").scalar(), "response", unknown)
    if status == 304:
        unknown.append(Unknown("response", "status", "304 is for a cache, whose content is not in the recording"))
    text, size = content.member("text"), content.member("size")
    file = content.member("_file")
    if file.given:
        body = attached(file, "response", unknown)
    elif not text.given or (text.value == "" and _was_streamed(place, headers)):
        body = b""
        if text.given or not _is_empty(status, headers, size):
            unknown.append(Unknown("response", "body", "the recording does not have the body"))
    elif content.member("encoding").scalar().lower() == "base64":
        body = unbase64(text)
    else:
        body = encode(text.text(), None, length(headers))
    headers, body, problems = decoded(headers, body, whole=complete)
    unheld = any(item.side == "response" and item.where == "body" for item in unknown)
    if complete and size.given and size.integer() > len(body) and not problems and not unheld:
        why = f"the recording has {len(body):,} of {size.integer():,} bytes"
        problems.append(Unknown("response", "" if _is_json(body) else "body", why))
    unknown.extend(problems)
    return Response(status, headers, body)


def _is_lost_form(request: At, text: At, headers: Headers) -> bool:
    """Return whether axios-har-tracker wrote the JSON of the form object of axios, which has none of the content."""
    kind, _ = media_types.parse(headers.get("content-type") or "")
    lost = media.codec(kind).carrier == "fields" and text.given and text.text().startswith("{")
    return lost and _made_by(request, "axios-har-tracker")


def _made_by(place: At, name: str) -> bool:
    """Return whether a HAR names a tool as its creator."""
    creator = place.around.beside.get("creator")
    return isinstance(creator, dict) and str(creator.get("name")).lower().startswith(name)


def _was_streamed(response: At, headers: Headers) -> bool:
    """Return whether an empty text stands for a body that the recorder did not store."""
    streams = _made_by(response, "mitmproxy")
    return (length(headers) or 0) > 0 or (streams and headers.get("transfer-encoding") is not None)


def _is_json(body: bytes) -> bool:
    """Return whether a body is complete JSON: some recorders do not count the bytes of the body."""
    try:
        strict_json.load(body.decode())
    except ValueError:
        return False
    return True


def _is_empty(status: int, headers: Headers, size: At) -> bool:
    """Return whether a response without a text had no body, according to the recording."""
    if status in (204, 304) or headers.get("content-length") == "0":
        return True
    return size.given and size.integer() == 0 and headers.get("content-length") is None
