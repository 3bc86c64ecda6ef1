"""Faults in schemas, shapes and the document: what the rules are taken to be."""

from __future__ import annotations

from tests.mutants.fault import faults_in

CHECK, DOCUMENT = "tests/contract/test_check.py", "tests/contract/test_document.py"
REQUESTS, OTHER = "tests/client/test_requests.py", "tests/contract/test_other_document.py"
SURVIVORS, SURVIVORS_WIRE = "tests/contract/test_survivors.py", "tests/contract/test_survivors_wire.py"

_schema = faults_in("_schema.py", CHECK, SURVIVORS)
_shape = faults_in("_shape.py", CHECK, OTHER, REQUESTS, SURVIVORS_WIRE, "tests/contract/test_wire.py")
_document = faults_in("_document.py", DOCUMENT, CHECK, OTHER, SURVIVORS)
_operation = faults_in("_operation.py", DOCUMENT, CHECK, SURVIVORS)
_yaml = faults_in("_yaml.py", DOCUMENT)

FAULTS = (
    _schema("formats are not checked", "validate_formats=True", "validate_formats=False"),
    _schema("undeclared parameters pass", '"additionalProperties": False,', '"additionalProperties": True,'),
    _schema(
        "required parameters may be missing",
        '"required": [name for name, (_, required) in members.items() if required]',
        '"required": []',
    ),
    _schema("all parameters are required", "in members.items() if required]", "in members.items()]"),
    _schema(
        "a body is not checked with the other arguments",
        'groups["body"] = {"$ref": reference(content.schema_pointer)} if content and described else body is not None',
        'groups["body"] = described or body is not None',
        REQUESTS,
    ),
    _schema("a body may be missing", '[*needed, "body"] if body and body.required else needed', "needed", REQUESTS),
    _schema(
        "a path may be missing",
        "needed = [location for location, group in groups.items() if",
        "needed = [location for location, group in {}.items() if",
        REQUESTS,
    ),
    _schema(
        "only the first violation is told",
        "for error in validator.iter_errors(instance) for v in",
        "for error in list(validator.iter_errors(instance))[:1] for v in",
    ),
    _schema("items are counted from 1", 'root += f"[{step}]"', 'root += f"[{step + 1}]"'),
    _schema(
        "a place with a space reads like a path",
        'root += f"[{json.dumps(step, ensure_ascii=False)}]"',
        'root += f".{step}"',
    ),
    _schema(
        "a pointer stays percent-encoded",
        "return unquote(location[len(URN) + 1 :])",
        "return (location[len(URN) + 1 :])",
    ),
    _schema(
        "dependent fields are told as missing ones",
        'if "/dependentRequired/" in pointer else',
        'if "/dependentRequired/" not in pointer and False else',
    ),
    _schema(
        "only one undeclared key is told",
        'for name in error.kind.as_dict()["unexpected"]:',
        'for name in error.kind.as_dict()["unexpected"][:1]:',
    ),
    _schema("an undeclared key is told at its object", 'where(place, [name]), "undeclared"', 'place, "undeclared"'),
    _schema("a missing key is told at its object", "where(place, [name]), _OURS[keyword]", "place, _OURS[keyword]"),
    _schema("no nearest name is told", "match = difflib.get_close_matches(name, known, n=1)", "match: list[str] = []"),
    _schema(
        "no value is shown",
        "value = None if isinstance(error.instance, dict | list) else excerpt(error.instance)\n                yield",
        "value = None\n                yield",
    ),
    _schema("a variant is chosen by none of its tags", "if len(meant) == 1:", "if len(meant) == 99:"),
    _schema("a variant without its tag is told as unknown", "if tag not in error.instance:", "if tag is None:"),
    _schema(
        "alternatives are not named",
        "if branches and len(names) == len(branches) and tag is None:",
        "if not branches and tag is None:",
    ),
    _schema(
        "what is no JSON crashes the check",
        "except ValueError as error:\n            if",
        "except ZeroDivisionError as error:\n            if",
    ),
    _schema(
        "a rule is not told in the document's words",
        'if keyword in ("contains", "not") else None',
        "if keyword is None else None",
    ),
    _schema("nothing is said of a boolean with a capital", 'return "; write true or false in lower case"', 'return ""'),
    _schema(
        "known values are not suggested",
        'if keyword in ("enum", "const") and isinstance(text, str):',
        'if keyword == "types" and isinstance(text, str):',
    ),
    _shape(
        "references of a shape are not followed",
        "schema, pointer = self._document.resolve(schema, pointer)\n",
        "pass\n",
    ),
    _shape(
        "alternatives of a union have no types",
        '_BRANCHES = ("allOf", "anyOf", "oneOf")',
        '_BRANCHES = ("allOf", "oneOf")',
    ),
    _shape(
        "null is admitted where no type is named",
        'return "null" in self.types',
        'return "null" in self.types or not self.types',
    ),
    _shape("null is never admitted", 'return "null" in self.types', "return False"),
    _shape("null is admitted everywhere", 'return "null" in self.types', "return True"),
    _shape("a file is text", 'schema.get("format") == "binary"', 'schema.get("format") == "byte"'),
    _shape(
        "JSON text is text",
        'schema.get("contentMediaType") == "application/json"',
        'schema.get("contentMediaType") == "text/json"',
    ),
    _shape(
        "items have no shape",
        'return shape_at(self._document, schema["items"], f"{pointer}/items")',
        'return shape_at(self._document, True, f"{pointer}/items")',
    ),
    _shape(
        "properties of a map have no shape",
        'return shape_at(self._document, schema["additionalProperties"], f"{pointer}/additionalProperties")',
        'return shape_at(self._document, True, f"{pointer}/additionalProperties")',
    ),
    _shape(
        "a closed object is open",
        'if schema.get("additionalProperties") is False:\n                return None',
        'if schema.get("additionalProperties") is False:\n                continue',
    ),
    _shape(
        "the last declaration of a property counts",
        "found.setdefault(name, shape_at(self._document, value,",
        "found.__setitem__(name, shape_at(self._document, value,",
    ),
    _shape("a constant has no type", 'elif "const" in schema or "enum" in schema:', 'elif "enum" in schema:'),
    _shape("a property's pointer is not escaped", "/properties/{escape(name)}", "/properties/{name}"),
    _document(
        "a parameter of a path is not overridden",
        "if (p.location, p.name) not in overridden)",
        "if (p.location, p.name) in overridden or not overridden)",
    ),
    _document(
        "a parameter is known by its name alone",
        "if (p.location, p.name) not in overridden)",
        "if p.name not in {name for _, name in overridden})",
    ),
    _document(
        "parameters of a path are forgotten",
        "shared = list(self._parameters(item, at))",
        "shared: list[Parameter] = []",
    ),
    _document(
        "arrays of a query are not repeated", 'node.get("explode", style == "form")', 'node.get("explode", False)'
    ),
    _operation(
        "a default stands for a success",
        'if found is None and (status >= 400 or not any(key.startswith("2") for key in self.responses)):',
        "if found is None:",
    ),
    _operation(
        "a default stands for nothing",
        'if found is None and (status >= 400 or not any(key.startswith("2") for key in self.responses)):',
        "if found is None and status >= 900:",
    ),
    _operation(
        "ranges of status are not known",
        'self.responses.get(str(status)) or self.responses.get(f"{status // 100}XX")',
        "self.responses.get(str(status))",
    ),
    _operation(
        "a range goes before a status",
        'self.responses.get(str(status)) or self.responses.get(f"{status // 100}XX")',
        'self.responses.get(f"{status // 100}XX") or self.responses.get(str(status))',
    ),
    _document("a required body is optional", 'RequestBody(bool(node.get("required", False))', "RequestBody(bool(0)"),
    _document("a required parameter is optional", 'required=bool(node.get("required", False)),', "required=False,"),
    _document(
        "a media type has one spelling", 'name.partition(";")[0].strip().lower()', 'name.partition(";")[0].strip()'
    ),
    _document(
        "a body by reference is empty",
        "node, pointer = self._object(node, pointer)\n        return RequestBody(",
        "return RequestBody(",
    ),
    _document("a key in a cookie is a header", 'if place == "header" else "")', 'if place else "")'),
    _document(
        "an operation without security needs a key",
        'node.get("security", raw.get("security")) or []',
        'raw.get("security") or []',
    ),
    _document(
        "variables of a server are left in it", 'url = url.replace("{" + name + "}", str(value))', "url = str(url)"
    ),
    _document("a slash ends a server", 'found.append(url.rstrip("/"))', "found.append(url)"),
    _document(
        "a pointer is unescaped in the wrong order",
        'return token.replace("~1", "/").replace("~0", "~")',
        'return token.replace("~0", "~").replace("~1", "/")',
    ),
    _document(
        "a pointer is escaped in the wrong order",
        'return token.replace("~", "~0").replace("/", "~1")',
        'return token.replace("/", "~1").replace("~", "~0")',
    ),
    _document(
        "a circle of references is a hang",
        'raise DocumentInvalid(f"$ref {reference!r} leads back to itself", pointer)',
        "pass",
    ),
    _document("an operation's id may come twice", "if operation.id in operations:", "if operation.id in ():"),
    _document("any version of OpenAPI will do", 'not version.startswith("3.1")', 'not version.startswith("3")'),
    _document(
        "an operation has the first method of its path",
        "yield self._operation(path, method, item[method]",
        "yield self._operation(path, METHODS[0], item[method]",
    ),
    _yaml("a key given twice passes", "if key.value in found:", "if key.value is None:"),
    _yaml(
        "a leading zero is octal",
        '{"0o": 8, "0x": 16}.get(digits[:2], 10)',
        '{"0o": 8, "0x": 16}.get(digits[:2], 8 if digits[0] == "0" else 10)',
    ),
    _yaml(
        "broken YAML is a crash", "except (yaml.YAMLError, RecursionError) as error:", "except RecursionError as error:"
    ),
    _schema("what is nested too deeply is no JSON", 'if "ecursion" in str(error):', 'if "recursion!" in str(error):'),
    _document("a media type keeps its parameters", 'name.partition(";")[0].strip().lower()', "name.strip().lower()"),
    _document(
        "other credentials count for nothing",
        'alternatives.append(() if "" in found else tuple(found))',
        'alternatives.append(tuple(filter(None, found)) or ("x",))',
    ),
    _document(
        "a key is needed where none is an alternative",
        "key_alternatives=() if () in alternatives else alternatives,",
        "key_alternatives=tuple(filter(None, alternatives)),",
    ),
    _document(
        "a key in a query is not known", 'queries += [str(scheme["name"])] if place == "query" else []', "queries += []"
    ),
    _document(
        "only the default of a variable counts", 'v.get("enum") or [v.get("default", "")]', '[v.get("default", "")]'
    ),
    _document("a reference that leads nowhere is found late", 'self._follow_all(self.raw, "")\n', ""),
    _document("what examples hold is a reference", "if key not in _PLAIN:", "if key:"),
    _yaml("a key may be a list", "if not isinstance(key, yaml.ScalarNode):", "if key is None:"),
    _shape("raw bytes are text", " or _is_raw(schema)", ""),
    _shape(
        "text of a media type is a file", 'not media.startswith("text/") and "json" not in media', '"json" not in media'
    ),
    _operation(
        "a default never stands for a success",
        'if found is None and (status >= 400 or not any(key.startswith("2") for key in self.responses)):',
        "if found is None and status >= 400:",
    ),
)
