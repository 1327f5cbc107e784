"""XML as a tree, without entities and external references, and within limits."""

from __future__ import annotations

import html
import re
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from quiz.errors import ExchangeError
from quiz.exchange.decoding import decoded

_MOST_ELEMENTS: Final = 2_000_000
_DEEPEST: Final = 200
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parsed(data: bytes) -> Element:
    """Return the root of an XML document, its names without namespaces.

    HTML's named character references are understood, since many files use them undeclared.

    Raises:
        ExchangeError: it is not well-formed, declares entities, or is too deep or too large.
    """
    text = _DECLARATION.sub("", decoded(data).text)
    text = _NEVER.sub("", _NAMED.sub(_character, text))
    return _Reader().read(text)


def _character(found: re.Match[str]) -> str:
    """Return the character for a reference that HTML knows and XML does not."""
    if found[1] in _XML_ENTITIES:
        return found[0]
    character = html.unescape(found[0])
    return found[0] if character == found[0] or character in "&<>" else character


class _Reader:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = self._count = 0
        self._parser = expat.ParserCreate("utf-8", namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def read(self, text: str) -> Element:
        try:
            self._parser.Parse(text.encode("utf-8", "replace"), True)
            return self._builder.close()
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, str(error))
            raise ExchangeError(f"It is not well-formed XML: line {error.lineno}: {what}.") from error
        except AssertionError as error:
            raise ExchangeError("It is not well-formed XML.") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise ExchangeError("Its XML is too deep or too large to be a question bank.")
        self._builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_local(name))

    def _refuse(self, *_: object) -> int:
        raise ExchangeError("It declares entities of its own, which are not read.")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def text_in(element: Element | None, path: str = "") -> str:
    """Return the text of an element, or of one below it, or an empty text if it is missing."""
    found = element if element is None or not path else element.find(path)
    return (found.text or "").strip() if found is not None else ""
