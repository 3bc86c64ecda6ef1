"""Faults in listings: pages that are missed, fetched twice, or fetched for ever."""

from __future__ import annotations

from tests.mutants.fault import faults_in

_pages = faults_in("client/_pages.py", "tests/client/test_pages.py", "tests/client/test_survivors.py")

_QUERY = 'query = {**(self._arguments.get("query") or {}), pagination.parameter: self._number}'
_END = "self._empty > 1 or self._number >= total"

FAULTS = (
    _pages("page counted from 0", "return 1 if number is None else number", "return 0 if number is None else number"),
    _pages(
        "the default of the first page does not count",
        "page_number(default if given in (None, OMIT) else given,",
        "page_number(0 if given in (None, OMIT) else given,",
    ),
    _pages(
        "the caller's first page does not count",
        'given = (listing.arguments.get("query") or {}).get(name)',
        "given = None",
    ),
    _pages(
        "off by one in the end test: one request too many",
        "self._empty > 1 or self._number >= total",
        "self._empty > 1 or self._number > total",
    ),
    _pages(
        "off by one in the end test: the last page is lost",
        "self._empty > 1 or self._number >= total",
        "self._empty > 1 or self._number + 1 >= total",
    ),
    _pages("the number of pages does not count", "self._empty > 1 or self._number >= total", "self._empty > 1"),
    _pages("an empty page is not the end", "over = self._empty > 0", "over = self._empty > 1"),
    _pages("empty pages are followed for ever", "self._empty > 1 or self._number >= total", "self._number >= total"),
    _pages("the second page again and again", "self._number += 1", "self._number = 2"),
    _pages("every second page is skipped", "self._number += 1", "self._number += 2"),
    _pages("second page without its filters", _QUERY, "query = {pagination.parameter: self._number}"),
    _pages(
        "the page number is sent under another name",
        _QUERY,
        'query = {**(self._arguments.get("query") or {}), "page_number": self._number}',
    ),
    _pages(
        "the caller's page wins on every page",
        _QUERY,
        'query = {pagination.parameter: self._number, **(self._arguments.get("query") or {})}',
    ),
    _pages(
        "second page without its options",
        'following: Arguments = {**self._arguments, "query": query}',
        'following: Arguments = {"query": query}',
    ),
    _pages(
        "a token that comes again is followed",
        "if not isinstance(token, str) or token in self._tokens:",
        "if not isinstance(token, str):",
    ),
    _pages(
        "a token that comes again ends the listing",
        "if not isinstance(token, str) or token in self._tokens:",
        "if token in self._tokens:\n            return None\n        if not isinstance(token, str):",
    ),
    _pages("only the latest token is remembered", "self._tokens.add(token)", "self._tokens = {token}"),
    _pages("an empty token is followed", 'if token is None or token == "":', "if token is None:"),
    _pages(
        "an empty page with a token is the end",
        'if token is None or token == "":',
        'if not page.items or token is None or token == "":',
    ),
    _pages(
        "a token that is no text is the end",
        'if token is None or token == "":',
        "if not isinstance(token, str) or not token:",
    ),
    _pages(
        "the first operation is repeated with the token",
        "listing.contract.operation(listing.pagination.operation or listing.operation.id)",
        "listing.contract.operation(listing.operation.id)",
    ),
    _pages("later pages of a search without their arguments", '{"query": dict(_repeated(listing)), ', '{"query": {}, '),
    _pages(
        "later pages of a search with all arguments",
        "for name in listing.pagination.repeat:",
        "for name in (body or {}):",
    ),
    _pages(
        "later pages of a search without their options",
        '"options": _without_body(listing.arguments)}',
        '"options": None}',
    ),
    _pages(
        "later pages of a search with the first one's body options",
        'kept.pop("additional_body_parameters", None)',
        "kept.copy()",
    ),
    _pages("a token is always a query parameter", "if in_path:", "if in_path and not in_path:"),
    _pages(
        "a token replaces all parameters",
        'following["query"] = {**(following.get("query") or {}), name: token}',
        'following["query"] = {name: token}',
    ),
    _pages(
        "items that are null are a crash",
        "Page(pick(response, self.pagination.items) or [], response)",
        "Page(pick(response, self.pagination.items), response)",
    ),
    _pages("has_next is always true", "return self._listing.cursor().after(self._first) is not None", "return True"),
    _pages(
        "has_next is true while there are items",
        "return self._listing.cursor().after(self._first) is not None",
        "return bool(self.items)",
    ),
    _pages(
        "only the first page",
        "        for page in self.iter_pages():\n            yield from page.items",
        "        for page in self.iter_pages():\n            yield from page.items\n            return",
    ),
    _pages(
        "async: only the first page",
        "            for item in page.items:\n                yield item",
        "            for item in page.items:\n                yield item\n            return",
    ),
    _pages(
        "async: only the first item of a page",
        "            for item in page.items:\n                yield item",
        "            for item in page.items[:1]:\n                yield item",
    ),
    _pages(
        "the first page comes twice",
        "page = self._listing.page(self._fetch(*following))\n            yield page",
        "page = self._listing.page(self._fetch(*following))\n            yield self._first",
    ),
    _pages(
        "async: the first page comes twice",
        "page = self._listing.page(await self._fetch(*following))\n            yield page",
        "page = self._listing.page(await self._fetch(*following))\n            yield self._first",
    ),
    _pages(
        "a page is fetched ahead",
        "page = self._listing.page(self._fetch(*following))\n            yield page",
        "page, last = self._listing.page(self._fetch(*following)), page\n            yield page".replace(
            "yield page", "yield page; self._fetch(*following)"
        ),
    ),
    _pages(
        "an error of a later page is the end",
        "page = self._listing.page(self._fetch(*following))",
        (
            "try:\n"
            "                page = self._listing.page(self._fetch(*following))\n"
            "            except Exception:\n"
            "                return"
        ),
    ),
    _pages(
        "async: an error of a later page is the end",
        "page = self._listing.page(await self._fetch(*following))",
        (
            "try:\n"
            "                page = self._listing.page(await self._fetch(*following))\n"
            "            except Exception:\n"
            "                return"
        ),
    ),
    _pages(
        "an empty page before the stated end ends the listing",
        "self._empty > 1 or self._number >= total",
        "self._empty > 0 or self._number >= total",
    ),
    _pages("empty pages are counted in all", "0 if page.items else self._empty + 1", "self._empty + (not page.items)"),
    _pages(
        "a page given as text does not count",
        "page_number(default if given in (None, OMIT) else given,",
        "page_number(given if isinstance(given, int) else default,",
    ),
)
