"""Rules about unions: how the variants are discriminated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.view import Node, Place, View, listed

if TYPE_CHECKING:
    from apicontract.openapi.objects import Json


def check(view: View) -> None:
    """Check every schema that is a union, and every discriminator."""
    for node in view.nodes("schema"):
        if node.role == "assertion" or "type" in node.value:
            if "discriminator" in node.value:
                view.report((*node.tokens, "discriminator"), "the discriminator is not in a union", "remove it")
            continue
        _union(view, node)
        if "discriminator" in node.value:
            _discriminator(view, node)


def _union(view: View, node: Node) -> None:
    value = node.value
    if "anyOf" in value and "oneOf" in value:
        view.report(node.tokens, "the schema is two unions, anyOf and oneOf", "write one of them")
    elif "oneOf" in value and "discriminator" not in value:
        view.report(
            (*node.tokens, "oneOf"), "the oneOf has no discriminator", "add one with its mapping, or write anyOf"
        )
    elif "anyOf" in value and "discriminator" in value:
        view.report((*node.tokens, "discriminator"), "the discriminator belongs to no oneOf", "write oneOf, not anyOf")
    if "anyOf" in value or "oneOf" in value:
        for key in value:
            if key in ("enum", "const", "not", "if", "then", "else", "format"):
                view.report((*node.tokens, key), f"{key!r} is beside a union", "move it into the variants")


def _discriminator(view: View, node: Node) -> None:
    """Check that the mapping is complete in both directions, and that each variant has its value."""
    discriminator, at = node.value["discriminator"], (*node.tokens, "discriminator")
    name, mapping = discriminator.get("propertyName"), discriminator.get("mapping")
    if name is None or mapping is None:
        return
    variants = node.value.get("oneOf", [])
    for position, variant in enumerate(variants):
        if "$ref" not in variant:
            fix = "give it a name, and refer to it"
            view.report((*node.tokens, "oneOf", str(position)), "a variant with a discriminator has no name", fix)
        elif variant["$ref"] not in mapping.values():
            found = variant["$ref"].rpartition("/")[2]
            view.report((*at, "mapping"), f"the mapping leaves out the variant {found!r}", "add its value")
    references = [variant.get("$ref") for variant in variants]
    targets = list(mapping.values())
    for value, target in mapping.items():
        called = target.rpartition("/")[2]
        if target not in references:
            message, fix = f"the mapping leads to {called!r}, which is not a variant", "add it to oneOf"
            view.report((*at, "mapping", value), message, fix)
        elif targets.count(target) > 1:
            message, fix = f"the mapping leads to {called!r} twice", "keep one value for each variant"
            view.report((*at, "mapping", value), message, fix)
        else:
            _variant(view, view.resolve(Place({"$ref": target}, at)), name, value)


def _variant(view: View, place: Place, name: str, value: Json) -> None:
    variant = place.tokens[-1]
    found = place.value.get("properties", {}).get(name)
    if found is None:
        view.report(place.tokens, f"the variant {variant!r} has no property {name!r}", f"add it with 'const: {value}'")
        return
    held = view.resolve(Place(found, (*place.tokens, "properties", name)))
    if held.value.get("const") != value:
        message = f"the property {name!r} of the variant {variant!r} is not always {value!r}"
        view.report(held.tokens, message, f"write 'const: {value}'")
    if name not in place.value.get("required", []):
        view.report(
            place.tokens, f"the variant {variant!r} does not require {name!r}", f"add it to required: {listed([name])}"
        )
