"""The product that the engine is shipped as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apicontract.product import Product

if TYPE_CHECKING:
    from twelvelabs_contract.contract import Contract


def _load(*given: Any, **named: Any) -> Contract:
    from twelvelabs_contract.contract import Contract  # noqa: PLC0415 - a plugin that is not used loads nothing

    return Contract.load(*given, **named)


PRODUCT = Product(name="twelvelabs-contract", title="TwelveLabs", mock_fixture="twelvelabs_mock", load=_load)
