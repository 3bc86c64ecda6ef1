"""A violation, one way in which an exchange breaks the contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from apicontract.openapi.secrets import Secrets

EXCERPT_LENGTH = 80
TEXT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which an exchange or a payload breaks the contract."""

    operation: str | None
    """The operation's id, also of one that another edition has; `None` for a request that belongs to no operation, and
    for a named schema."""
    where: str
    """Such as `query.page_limit`, `form.search_options[1]`, `body.models[0].model_name`, `event[3].text`, `status`."""
    rule: str
    """A JSON Schema keyword, or one of ours: `undeclared`, `missing`, `encoding`, `media_type`, `status`, `sequence`,
    `truncated`, `limit`; `stale` and `signature` of what is signed; `removed` and `not_yet` for what is right on
    another day; `unreadable` for an entry of a recording."""
    message: str
    """What is wrong, and the likely fix."""
    pointer: str
    """Where the broken rule is in the document (RFC 6901)."""
    excerpt: str | None = None
    """The offending value as JSON, shortened; `None` where there is no value, or where it could be a secret."""

    def __post_init__(self) -> None:
        """Keep place and message short and on one line: both can hold text that a stranger sent."""
        object.__setattr__(self, "where", plain(self.where))
        object.__setattr__(self, "message", plain(self.message))

    def __str__(self) -> str:
        """Say all of it on one line."""
        operation = f"{self.operation}: " if self.operation else ""
        value = f", got {self.excerpt}" if self.excerpt is not None else ""
        return printable(f"{operation}{self.where}: {self.message}{value} [{self.rule}, #{self.pointer}]")


def where(root: str, path: Sequence[str | int]) -> str:
    """Write a place as `root.name[0]`; a name that is no plain word is quoted in brackets."""
    for step in path:
        if isinstance(step, int):
            root += f"[{step}]"
        elif step.replace("-", "_").isidentifier():
            root += f".{step}"
        else:
            root += f"[{json.dumps(step, ensure_ascii=False)}]"
    return root


def without(violation: Violation, taken: Secrets) -> Violation:
    """Return a violation that shows nothing of some secrets."""
    shown = {
        name: text
        for name in ("where", "message", "excerpt")
        if (held := getattr(violation, name)) is not None and (text := taken.text(held)) != held
    }
    return replace(violation, **shown) if shown else violation


def plain(text: str, length: int = TEXT_LENGTH) -> str:
    """Escape what is not printable, and cut what is longer than `length` characters."""
    if len(text) > length:
        text = f"{text[: length - 1]}…"
    return printable(text)


def printable(text: str) -> str:
    """Escape what is not printable, as data and documents can hold what steers a terminal, and what steers a CI job."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    if text.lstrip().startswith("::"):  # a workflow command of GitHub, which may be indented; `##[` is one anywhere
        text = text.replace("::", r"\x3a:", 1)
    return text.replace("##[", r"#\x23[")


def excerpt(value: Any) -> str:
    """Show a value as JSON in at most `EXCERPT_LENGTH` characters; a long list or text is cut before it is written."""
    try:
        text = json.dumps(_shortened(value), ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = f"<{type(value).__name__}>"
    return plain(text if len(text) <= EXCERPT_LENGTH else f"{text[: EXCERPT_LENGTH - 1]}…")


def _shortened(value: Any) -> Any:
    """Cut what `excerpt` would not show anyway, so that a large value costs nothing."""
    if isinstance(value, str):
        return value[:EXCERPT_LENGTH]
    if isinstance(value, list | tuple):
        return [_shortened(item) for item in value[: EXCERPT_LENGTH // 2]]
    if isinstance(value, dict):
        return {str(key): _shortened(value[key]) for key in list(value)[: EXCERPT_LENGTH // 4]}
    return value
