"""The service of `clips`, with mistakes that its own tests cannot see: each passes until the first paid call."""

from __future__ import annotations

from typing import Any

import httpx
from clips import Clips


class BrokenClips(Clips):
    """What a contract is for."""

    def unfinished(self) -> list[str]:
        """Ask for more than a page may hold."""
        tasks = self._client.tasks.list(index_id=self._index_id, status=["queued", "indexing"], page_limit=51)
        return [task.video_id for task in tasks if task.video_id]

    def find_by_hand(self, http: httpx.Client, words: str) -> int:
        """Search without the SDK, and write the list as other APIs want it."""
        fields = {"index_id": self._index_id, "search_options[]": "visual", "query_text": words}
        found: dict[str, Any] = http.post("/search", files={name: (None, text) for name, text in fields.items()}).json()
        return int(found["page_info"]["total_results"])
