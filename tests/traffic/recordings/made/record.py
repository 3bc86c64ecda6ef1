"""Record the same five exchanges with real tools: `python record.py TOOL…`; the tools must be installed.

The API is a server of this file on port 8765, so that nothing is sent anywhere; `record.mjs` calls it too, by the tools
of JavaScript. Of the five exchanges one request and one answer break the contract.
"""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import requests

HERE = Path(__file__).parent
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}/v1.3"
KEY = {"x-api-key": "REDACTED"}
INDEX = "6298d673f1090f1100476d4c"
PAGE = {"limit_per_page": 10, "page": 1, "total_page": 1, "total_results": 0}
CREATED = {"index_name": "clips", "models": [{"model_name": "marengo3.0", "model_options": ["visual"]}]}
FOUND = {"data": [], "page_info": {"limit_per_page": 10, "total_results": 0}, "search_pool": {"index_id": INDEX}}
ERROR = {"code": "parameter_invalid", "message": "page_limit is at most 50"}


class Api(BaseHTTPRequestHandler):
    """Answers as the API would, but for one listing, whose total is a text."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a listing; that of tasks is packed."""
        if "page_limit=51" in self.path:
            self._answer(400, ERROR)
        elif "/tasks" in self.path:
            self._answer(200, {"data": [], "page_info": PAGE}, pack=True)
        elif "/indexes" in self.path:
            self._answer(200, {"data": [], "page_info": {**PAGE, "total_results": "0"}})
        else:
            self._answer(200, "<!doctype html><title>API</title>", kind="text/html")

    def do_POST(self) -> None:
        """Answer what creates or searches."""
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self._answer(*((201, {"_id": INDEX}) if self.path.endswith("/indexes") else (200, FOUND)))

    def _answer(self, status: int, value: object, *, pack: bool = False, kind: str = "application/json") -> None:
        body = (value if isinstance(value, str) else json.dumps(value)).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        if pack and "gzip" in self.headers.get("accept-encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def call(session: Any) -> None:
    """Make the five calls."""
    session.get(f"{BASE}/tasks?page_limit=10", headers=KEY)
    session.get(f"{BASE}/tasks?page_limit=51", headers=KEY)
    session.get(f"{BASE}/indexes", headers=KEY)
    session.post(f"{BASE}/indexes", headers=KEY, json=CREATED)
    form = [("index_id", (None, INDEX)), ("search_options", (None, "visual"))]
    files = [*form, ("query_media_type", (None, "image")), ("query_media_file", ("a.png", b"\x89PNG\r\n\x1a\n\xff"))]
    session.post(f"{BASE}/search", headers=KEY, files=files)


def vcrpy() -> None:
    """Record with vcrpy."""
    vcr = import_module("vcr")
    (HERE / "vcrpy.yaml").unlink(missing_ok=True)
    with vcr.use_cassette(str(HERE / "vcrpy.yaml")):
        call(requests.Session())


JS = """
async ([base, index]) => {
  const headers = {"x-api-key": "REDACTED"};
  for (const path of ["/tasks?page_limit=10", "/tasks?page_limit=51", "/indexes"])
    await (await fetch(base + path, {headers})).text();
  const body = JSON.stringify({index_name: "clips", models: [{model_name: "marengo3.0", model_options: ["visual"]}]});
  await (await fetch(base + "/indexes",
    {method: "POST", headers: {...headers, "content-type": "application/json"}, body})).text();
  const form = new FormData();
  form.append("index_id", index);
  form.append("search_options", "visual");
  form.append("query_media_type", "image");
  form.append("query_media_file", new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])]), "a.png");
  await (await fetch(base + "/search", {method: "POST", headers, body: form})).text();
}
"""


def playwright() -> None:
    """Record with Playwright and a Chromium of the system, bodies in the file and attached in a zip."""
    with import_module("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, content in (("playwright.har", "embed"), ("playwright.zip", "attach")):
            context = browser.new_context(record_har_path=HERE / name, record_har_content=content)
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{PORT}/")
            page.evaluate(JS, [BASE, INDEX])
            context.close()
        browser.close()


def mitmproxy() -> None:
    """Record with mitmproxy: the calls of requests, and those of curl."""
    proxy = "http://127.0.0.1:8766"
    for name in ("mitmproxy.har", "curl.har"):
        command = ["mitmdump", "--quiet", "--listen-port", "8766", "--set", f"hardump={HERE / name}"]
        with subprocess.Popen(command) as running:
            _wait(8766)
            if name == "mitmproxy.har":
                session = requests.Session()
                session.trust_env = False
                session.proxies = {"http": proxy}
                call(session)
            else:
                curl(proxy)
            running.terminate()


def _wait(port: int) -> None:
    """Wait until something listens."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


def curl(proxy: str) -> None:
    """Make the five calls with curl."""
    common = ["curl", "--silent", "--compressed", "--noproxy", "", "--proxy", proxy, "--header", "x-api-key: REDACTED"]
    (HERE / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    form = (
        f"index_id={INDEX}",
        "search_options=visual",
        "query_media_type=image",
        f"query_media_file=@{HERE / 'a.png'}",
    )
    for more in (
        [f"{BASE}/tasks?page_limit=10"],
        [f"{BASE}/tasks?page_limit=51"],
        [f"{BASE}/indexes"],
        ["--json", json.dumps(CREATED), f"{BASE}/indexes"],
        [*(word for part in form for word in ("--form", part)), f"{BASE}/search"],
    ):
        subprocess.run([*common, *more], check=True, stdout=subprocess.DEVNULL)
    (HERE / "a.png").unlink()


def main() -> None:
    """Serve, and record with each tool that is named; `serve` waits for `record.mjs`."""
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for tool in sys.argv[1:]:
        if tool == "serve":
            subprocess.run(["node", str(HERE / "record.mjs")], check=True)  # noqa: S607
        else:
            {"vcrpy": vcrpy, "playwright": playwright, "mitmproxy": mitmproxy}[tool]()
    for path in HERE.glob("*.har"):  # no path of this machine
        path.write_text(re.sub(r"(?<=[\"/])(?:/[\w.-]+)+/(?=a\.png)", "", path.read_text()))


if __name__ == "__main__":
    main()
