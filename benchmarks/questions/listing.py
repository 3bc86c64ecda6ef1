"""What does it cost to read a listing of 1,000 items, in pages of fifty?"""

from __future__ import annotations

import json
from typing import Any

from benchmarks import clients, inputs
from benchmarks.model import Answer, Question, Side, Work

PER_PAGE = 50


def _ours(size: int) -> Work:
    client = clients.ours(inputs.listing(size // PER_PAGE, PER_PAGE))

    def run() -> list[Any]:
        return list(client.tasks.list(page_limit=PER_PAGE))

    return Work(run, lambda: {"items": [clients.plain(item) for item in run()]})


def _sdk(size: int) -> Work:
    client = clients.sdk(inputs.listing(size // PER_PAGE, PER_PAGE))

    def run() -> list[Any]:
        return list(client.tasks.list(page_limit=PER_PAGE))

    return Work(run, lambda: {"items": [clients.plain_sdk(item) for item in run()]})


def _raw(size: int) -> Work:
    client = clients.raw(inputs.listing(size // PER_PAGE, PER_PAGE))

    def run() -> list[Any]:
        items: list[Any] = []
        number = pages = 1
        while number <= pages:
            response = client.get(f"{inputs.BASE}/tasks", params={"page": number, "page_limit": PER_PAGE})
            got = json.loads(response.content)
            items += got["data"]
            number, pages = number + 1, got["page_info"]["total_page"]
        return items

    def answer() -> Answer:
        return {"items": run()}

    return Work(run, answer)


QUESTIONS = (
    Question(
        "listing",
        "List 1,000 tasks, twenty pages of fifty",
        (Side("ours", _ours), Side("raw httpx", _raw), Side("SDK", _sdk)),
        sizes=(1000,),
        per=lambda size: (size, "items"),
        small=(100,),
        note="The SDK asks for one page more than there are.",
    ),
)
