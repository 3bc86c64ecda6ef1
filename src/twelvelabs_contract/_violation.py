"""Floor 1: a violation, one way in which an exchange breaks the contract."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

EXCERPT_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which an exchange or a payload breaks the contract."""

    operation: str | None
    """The operation's id; `None` for a request that belongs to no operation, and for a named schema."""
    where: str
    """Such as `query.page_limit`, `form.search_options[1]`, `body.models[0].model_name`, `event[3].text`, `status`."""
    rule: str
    """A JSON Schema keyword, or one of ours: `undeclared`, `missing`, `encoding`, `media_type`, `status`, `sequence`,
    `truncated`."""
    message: str
    """What is wrong, and the likely fix."""
    pointer: str
    """Where the broken rule stands in the document (RFC 6901)."""
    excerpt: str | None = None
    """The offending value as JSON, shortened; `None` where there is no value, or where it could be a secret."""

    def __str__(self) -> str:
        """Say all of it on one line."""
        operation = f"{self.operation}: " if self.operation else ""
        value = f", got {self.excerpt}" if self.excerpt is not None else ""
        return f"{operation}{self.where}: {self.message}{value} [{self.rule}, #{self.pointer}]"


def excerpt(value: Any) -> str:
    """Show a value as JSON in at most `EXCERPT_LENGTH` characters; a long list or text is cut before it is written."""
    try:
        text = json.dumps(_shortened(value), ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = f"<{type(value).__name__}>"
    return text if len(text) <= EXCERPT_LENGTH else f"{text[: EXCERPT_LENGTH - 1]}…"


def _shortened(value: Any) -> Any:
    """Cut what `excerpt` would not show anyway, so that a large value costs nothing."""
    if isinstance(value, str):
        return value[:EXCERPT_LENGTH]
    if isinstance(value, list | tuple):
        return [_shortened(item) for item in value[: EXCERPT_LENGTH // 2]]
    if isinstance(value, dict):
        return {str(key): _shortened(value[key]) for key in list(value)[: EXCERPT_LENGTH // 4]}
    return value
