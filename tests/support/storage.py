"""A service that accepts files in parts, as in the newest edition, and the storage that receives the parts.

`Storage.answer` is a function from a request to a response, for a mock transport as well as for real sockets. It
records the bytes of each part or their digest, how often each arrived, how often each was reported, and every key that
was sent to the storage.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SESSION, ASSET = "68e2f4b1a07c3d95e8f16a42", "68e2f4b1a07c3d95e8f16a43"
SIGNATURE = "signature=s3cret"


class Answered(NamedTuple):
    """An answer."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = {}


@dataclass
class Session:
    """One upload."""

    size: int
    asset: str
    status: str = "active"
    parts: dict[int, tuple[str, int]] = field(default_factory=dict)
    """The digest and the size of each part in the storage."""
    content: dict[int, bytes] = field(default_factory=dict)
    reported: Counter[int] = field(default_factory=Counter[int])
    arrivals: Counter[int] = field(default_factory=Counter[int])


@dataclass
class Storage:
    """The service and its storage."""

    url: str = "https://parts.example.com"
    part_size: int = 8
    first: int = 2
    """How many addresses the first answer has."""
    keep: bool = True
    """Whether the bytes of parts are kept, not only their digests."""
    headers: Mapping[str, str] = field(default_factory=lambda: {"X-Upload": "yes"})
    finish: Callable[[Session], None] = lambda session: setattr(session, "status", "completed")
    """What happens once all is reported."""
    sessions: dict[str, Session] = field(default_factory=dict[str, Session])
    assets: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    expired: set[str] = field(default_factory=set[str])
    """Addresses, by their number, that are not taken any more."""
    made: int = 0
    """How many addresses were made."""
    asked: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Which addresses were asked for: the first, and how many."""
    keys: list[str] = field(default_factory=list[str])
    """Keys that came to the storage."""
    sent: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])
    """The headers of each part, names in lower case."""

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes | tuple[str, int]) -> Answered:
        """Answer a request; a body that was not kept is its digest and its length."""
        path, _, query = target.partition("?")
        if method == "PUT":
            return self.take(path, query, headers, body)
        path = path.removeprefix("/v1.3")
        given = json.loads(body) if isinstance(body, bytes) and body else {}
        if path == "/assets/multipart-uploads":
            return self.begin(given["total_size"])
        if found := re.fullmatch(r"/assets/multipart-uploads/(\w+)(/presigned-urls)?", path):
            session = self.sessions.get(found[1])
            if session is None:
                return Answered(404, {"code": "upload_not_found", "message": "There is no such upload."})
            if found[2]:
                return self.more(found[1], given["start"], given["count"])
            return self.report(found[1], given["completed_chunks"]) if method == "POST" else self.tell(session, query)
        if path == "/assets":
            return Answered(200, {"data": self.assets, "page_info": _page(1, 1, len(self.assets))})
        return Answered(200, {"_id": path.rpartition("/")[2], "status": "processing"})

    def begin(self, size: int) -> Answered:
        number = len(self.sessions)
        name, asset = f"{SESSION}{number}", f"{ASSET}{number}"
        self.sessions[name] = Session(size, asset)
        body = {
            "upload_id": name,
            "asset_id": asset,
            "chunk_size": self.part_size,
            "total_chunks": self.count(size),
            "upload_urls": self.addresses(name, 1, min(self.first, self.count(size))),
            "upload_headers": dict(self.headers),
            "expires_at": "2026-11-29T08:15:42Z",
        }
        return Answered(201, body)

    def count(self, size: int) -> int:
        return -(-size // self.part_size)

    def addresses(self, name: str, start: int, count: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for number in range(start, start + count):
            self.made += 1
            url = f"{self.url}/{name}/{number}?{SIGNATURE}&made={self.made}"
            found.append({"chunk_index": number, "url": url, "expires_at": "2026-11-28T09:15:42Z"})
        return found

    def more(self, name: str, start: int, count: int) -> Answered:
        self.asked.append((start, count))
        if not 1 <= count <= 50 or start + count - 1 > self.count(self.sessions[name].size):
            return Answered(400, {"code": "parameter_invalid", "message": "There are no such parts."})
        found = self.addresses(name, start, count)
        return Answered(200, {"upload_id": name, "start_index": start, "count": count, "upload_urls": found})

    def take(self, path: str, query: str, headers: Mapping[str, str], body: bytes | tuple[str, int]) -> Answered:
        """Take a part: at an address that has not expired, with the headers that were asked for."""
        self.sent.append(headers)
        self.keys += [value for name, value in headers.items() if name in ("x-api-key", "authorization", "cookie")]
        _, name, number = path.rsplit("/", 2)
        session = self.sessions[name]
        wrong = [name for name, value in self.headers.items() if headers.get(name.lower()) != value]
        if wrong or query.rpartition("=")[2] in self.expired:
            return Answered(403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>")
        digest, length = (hashlib.md5(body).hexdigest(), len(body)) if isinstance(body, bytes) else body  # noqa: S324
        session.arrivals[int(number)] += 1
        session.parts[int(number)] = (digest, length)
        if self.keep and isinstance(body, bytes):
            session.content[int(number)] = body
        return Answered(200, b"", {"ETag": f'"{digest}"'})

    def report(self, name: str, chunks: list[dict[str, Any]]) -> Answered:
        session = self.sessions[name]
        if not 1 <= len(chunks) <= 50:
            return Answered(400, {"code": "parameter_invalid", "message": "1 to 50 chunks."})
        for chunk in chunks:
            number = chunk["chunk_index"]
            if session.parts.get(number) != (chunk["proof"], chunk["chunk_size"]) or chunk["proof_type"] != "etag":
                return Answered(400, {"code": "proof_invalid", "message": f"The proof of {number} is wrong."})
        fresh = [chunk["chunk_index"] for chunk in chunks if not session.reported[chunk["chunk_index"]]]
        session.reported.update(chunk["chunk_index"] for chunk in chunks)
        if len(session.reported) == self.count(session.size):
            self.finish(session)
        body = {
            "asset_id": session.asset,
            "processed_chunks": len(fresh),
            "duplicate_chunks": len(chunks) - len(fresh),
            "total_completed": len(session.reported),
        }
        return Answered(200, body)

    def tell(self, session: Session, query: str) -> Answered:
        page = int(found[1]) if (found := re.search(r"(?:^|&)page=(\d+)", query)) else 1
        limit = int(found[1]) if (found := re.search(r"page_limit=(\d+)", query)) else 10
        count = self.count(session.size)
        numbers = range(1 + (page - 1) * limit, min(page * limit, count) + 1)
        body = {
            "status": session.status,
            "uploaded_chunks": [
                {"index": number, "status": "completed" if session.reported[number] else "pending"}
                for number in numbers
            ],
            "page_info": _page(page, -(-count // limit), count, limit),
            "total_size": session.size,
        }
        return Answered(200, body)

    def whole(self, name: str = f"{SESSION}0") -> bytes:
        """Return the file as it is in the storage."""
        return b"".join(content for _, content in sorted(self.sessions[name].content.items()))


def _page(page: int, pages: int, results: int, limit: int = 10) -> dict[str, int]:
    return {"limit_per_page": limit, "page": page, "total_page": pages, "total_results": results}
