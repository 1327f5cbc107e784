"""The JSON Schema of the bank format for editors, made from the structs that banks are read into.

It is draft-07, which editors' YAML servers know. A text may be written as a number or as true or false, since
everything in a bank is text as written; only fields that hold numbers or booleans require them.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias, get_args, get_origin

import msgspec
from msgspec import inspect as mi

from quiz.authoring.diagnostic_codes import all_codes
from quiz.core.content.bank import Bank
from quiz.core.content.item import Id, Ignore, Item
from quiz.core.content.kinds import DEFAULT_KIND, all_kinds

Schema: TypeAlias = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_TEXT: Final = ["string", "number", "boolean", "null"]
_ID_PATTERN: Final = get_args(Id)[1].pattern


def bank_schema() -> Schema:
    """Return the schema of a bank file, as data for JSON."""
    definitions: Schema = {}
    bank = _struct(Bank, definitions)
    items = bank["properties"]["items"]
    items["items"] = {"$ref": "#/definitions/item"}
    items["minItems"] = 1
    for name, kind in all_kinds().items():
        definitions[name] = _kind(name, kind, definitions)
    definitions.pop(Item.__name__, None)
    definitions[Ignore.__name__]["properties"]["ignore"]["items"] = {"enum": _codes_to_ignore()}
    return {
        "$schema": DRAFT,
        "title": "A question bank for quiz",
        **bank,
        "definitions": {"item": _item(), **dict(sorted(definitions.items()))},
    }


def _codes_to_ignore() -> list[str]:
    """Return the codes of findings that an author may let stand, for editors to complete."""
    return [code for code, told in all_codes().items() if told.can_stand]


def _item() -> Schema:
    """Return the schema of an item: that of its kind, or of the default kind if it names none."""
    kinds = all_kinds()
    named = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {"$ref": f"#/definitions/{name}"},
        }
        for name in kinds
    ]
    default = {"if": {"not": {"required": ["kind"]}}, "then": {"$ref": f"#/definitions/{DEFAULT_KIND}"}}
    described = f"Which kind of item it is; {DEFAULT_KIND} if not said."
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(kinds), "default": DEFAULT_KIND, "description": described}},
        "required": ["id"],
        "allOf": [*named, default],
    }


def _kind(name: str, kind: type[Item], definitions: Schema) -> Schema:
    schema = _struct(kind, definitions)
    schema["title"] = name
    schema["description"] = kind.summary
    schema["properties"] = {
        "kind": {"const": name, "description": kind.summary},
        **schema["properties"],
    }
    return schema


def _struct(cls: type[msgspec.Struct], definitions: Schema) -> Schema:
    """Return the schema of a struct, adding those within it to the definitions."""
    info = mi.type_info(cls)
    assert isinstance(info, mi.StructType)  # noqa: S101
    written = {field.name: field.type for field in msgspec.structs.fields(cls)}
    properties = {}
    for field in info.fields:
        schema = _type(field.type, definitions)
        values = _literals(written[field.name])
        if values:
            schema["enum"] = values
        if isinstance(field.default, str | int | float | bool) and field.default != "":
            schema["default"] = field.default
        properties[field.encode_name] = schema
    return {
        "type": "object",
        "description": _sentence(cls),
        "properties": properties,
        "required": [field.encode_name for field in info.fields if field.required],
        "additionalProperties": False,
    }


def _sentence(cls: type[msgspec.Struct]) -> str:
    """Return the first sentence of a struct's docstring."""
    return (cls.__doc__ or "").strip().partition("\n")[0].partition(". ")[0].rstrip(".") + "."


def _literals(annotation: Any) -> list[Any]:
    """Return the values of a Literal in the order of their declaration; msgspec sorts them."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return _literals(get_args(annotation)[0]) if get_origin(annotation) is Annotated else []


def _type(expected: mi.Type, definitions: Schema) -> Schema:
    """Return the schema of a type."""
    match expected:
        case mi.Metadata():
            schema = _type(expected.type, definitions)
            described = (expected.extra_json_schema or {}).get("description")
            if described is None:
                return schema
            return {"description": described, **({"allOf": [schema]} if "$ref" in schema else _bare(schema))}
        case mi.StrType():
            return _text(expected)
        case mi.BoolType():
            return {"type": "boolean"}
        case mi.IntType() | mi.FloatType():
            return _number(expected)
        case mi.LiteralType():
            return {"enum": list(expected.values)}
        case mi.UnionType():
            found = [_type(one, definitions) for one in expected.types if not isinstance(one, mi.NoneType)]
            return found[0] if len(found) == 1 else {"anyOf": found}
        case mi.VarTupleType() | mi.ListType():
            schema = {"type": "array", "items": _type(expected.item_type, definitions)}
            return _limited(schema, "Items", expected.min_length, expected.max_length)
        case mi.DictType():
            return _mapping(expected, definitions)
        case mi.StructType():
            name = expected.cls.__name__
            if name not in definitions:
                definitions[name] = {}
                definitions[name] = _struct(expected.cls, definitions)
            return {"$ref": f"#/definitions/{name}"}
    raise NotImplementedError(f"{expected} has no schema yet.")


def _mapping(expected: mi.DictType, definitions: Schema) -> Schema:
    schema: Schema = {"type": "object", "additionalProperties": _type(expected.value_type, definitions)}
    names = _text_limits(expected.key_type)
    if names:
        schema["propertyNames"] = names
    return _limited(schema, "Properties", expected.min_length, expected.max_length)


def _bare(schema: Schema) -> Schema:
    return {name: value for name, value in schema.items() if name != "description"}


def _text(expected: mi.StrType) -> Schema:
    if expected.pattern == _ID_PATTERN:
        return {"type": ["string", "integer"], **_text_limits(expected)}
    return {"type": _TEXT, **_text_limits(expected)}


def _text_limits(expected: mi.Type) -> Schema:
    bare = expected.type if isinstance(expected, mi.Metadata) else expected
    if not isinstance(bare, mi.StrType):
        return {}
    limits = _limited({}, "Length", bare.min_length, bare.max_length)
    return {**limits, "pattern": bare.pattern} if bare.pattern else limits


def _limited(schema: Schema, what: str, least: int | None, most: int | None) -> Schema:
    return {
        **schema,
        **({f"min{what}": least} if least else {}),
        **({f"max{what}": most} if most is not None else {}),
    }


def _number(expected: mi.IntType | mi.FloatType) -> Schema:
    limits = {
        "minimum": expected.ge, "exclusiveMinimum": expected.gt,
        "maximum": expected.le, "exclusiveMaximum": expected.lt,
    }  # fmt: skip
    kind = "integer" if isinstance(expected, mi.IntType) else "number"
    return {"type": kind, **{name: limit for name, limit in limits.items() if limit is not None}}
