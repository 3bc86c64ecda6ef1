"""Rules about `x-signature`: the runtime must be able to check what is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apicontract.openapi.operation import Signature

if TYPE_CHECKING:
    from codegen.view import Place, View


def check(view: View, _: Place, found: Place) -> None:
    """Check that the signed template contains the body, and the time if there is one."""
    try:
        Signature(**found.value)
    except TypeError as error:
        view.report(found.tokens, f"x-signature cannot be used: {error}", "correct it")
