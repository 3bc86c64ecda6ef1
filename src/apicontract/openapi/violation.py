"""A violation: one way in which an exchange breaks the contract."""

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
    """The operation's id, also if only another edition has it; `None` for a request that matches no operation, and for
    a named schema."""
    where: str
    """Such as `query.page_limit`, `form.search_options[1]`, `body.models[0].model_name`, `event[3].text`, `status`."""
    rule: str
    """A JSON Schema keyword, or one of ours: `undeclared`, `missing`, `encoding`, `media_type`, `status`, `sequence`,
    `truncated`, `unanswered`, `limit`; `stale` and `signature` for signed messages; `removed` and `not_yet` for what is
    valid on another day; `unreadable` for an entry of a recording."""
    message: str
    """What is wrong, and the likely fix."""
    pointer: str
    """Where the broken rule is in the document (RFC 6901)."""
    excerpt: str | None = None
    """The offending value as JSON, shortened; `None` if there is none, or if it could be a secret."""

    def __post_init__(self) -> None:
        """Shorten the location and the message to one line: both can contain text from outside."""
        object.__setattr__(self, "where", plain(self.where))
        object.__setattr__(self, "message", plain(self.message))

    def __str__(self) -> str:
        """Return the violation on one line."""
        operation = f"{self.operation}: " if self.operation else ""
        value = f", got {self.excerpt}" if self.excerpt is not None else ""
        return printable(f"{operation}{self.where}: {self.message}{value} [{self.rule}, #{self.pointer}]")


def where(root: str, path: Sequence[str | int]) -> str:
    """Return a location such as `root.name[0]`; a name that is not a plain word is quoted in brackets."""
    for step in path:
        if isinstance(step, int):
            root += f"[{step}]"
        elif step.replace("-", "_").isidentifier():
            root += f".{step}"
        else:
            root += f"[{json.dumps(step, ensure_ascii=False)}]"
    return root


def without(violation: Violation, taken: Secrets) -> Violation:
    """Return a violation in which secrets are replaced."""
    shown = {
        name: text
        for name in ("where", "message", "excerpt")
        if (held := getattr(violation, name)) is not None and (text := taken.text(held)) != held
    }
    return replace(violation, **shown) if shown else violation


def plain(text: str, length: int = TEXT_LENGTH) -> str:
    """Escape unprintable characters, and cut a text to `length` characters."""
    if len(text) > length:
        text = f"{text[: length - 1]}…"
    return printable(text)


def printable(text: str) -> str:
    """Escape characters that are not printable or that control a terminal, and commands to a CI job."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    if text.lstrip().startswith("::"):  # a GitHub workflow command, which may be indented
        text = text.replace("::", r"\x3a:", 1)
    return text.replace("##[", r"#\x23[")


def excerpt(value: Any) -> str:
    """Return a value as JSON in at most `EXCERPT_LENGTH` characters.

    A long list or string is cut before it is serialised.
    """
    try:
        text = json.dumps(_shortened(value), ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = f"<{type(value).__name__}>"
    return plain(text if len(text) <= EXCERPT_LENGTH else f"{text[: EXCERPT_LENGTH - 1]}…")


def _shortened(value: Any) -> Any:
    """Cut what `excerpt` would not show anyway, so that large values are cheap."""
    if isinstance(value, str):
        return value[:EXCERPT_LENGTH]
    if isinstance(value, list | tuple):
        return [_shortened(item) for item in value[: EXCERPT_LENGTH // 2]]
    if isinstance(value, dict):
        return {str(key): _shortened(value[key]) for key in list(value)[: EXCERPT_LENGTH // 4]}
    return value
