"""A stylesheet that parses only what is new, and matches its rules with a widget's place only once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias

import msgspec
from textual.app import App
from textual.css.match import _check_selectors
from textual.css.model import RuleSet, SelectorSet, SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.types import Specificity3
from textual.dom import DOMNode
from textual.widget import Widget

MOST_KEPT: Final = 2_000
"""How many places are remembered; with more than that all are forgotten."""
SIGNS: Final = {SelectorType.TYPE: "", SelectorType.CLASS: ".", SelectorType.ID: "#"}
"""What stands before names of each type."""

Asked: TypeAlias = Sequence[tuple[AbstractSet[str], SelectorSet]]
"""The selectors of a rule, each with the names that must all be found at a node or above it."""


class _Matched(msgspec.Struct, frozen=True):
    """What came of matching all rules with a place."""

    rules: RulesMap
    has_hover: bool


class KeptStylesheet(Stylesheet):
    """A stylesheet that keeps its parsed rules until the colours change, and what they mean for each place.

    It looks closely only at rules of which all names are found at a node or above it.

    Textual's own parses every sheet again each time a screen with a sheet is first opened, and when the
    app begins, with the colours that it has already. It matches every rule again each time a class, the
    focus or a state of a widget changes, and for each new widget.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._matched: dict[Hashable, _Matched] = {}
        self._shared: dict[Hashable, Hashable] = {}
        """What places have in common, so that it is kept once."""
        self._matched_rules: object = None
        """The list of rules that was matched."""
        self._asked: dict[RuleSet, Asked] = {}
        self._path: Sequence[DOMNode] = ()
        """The node that is being matched and those above it."""
        self._names: AbstractSet[str] = frozenset()
        """Their types, classes and ids."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the theme's variables; the rules are parsed anew where these are others than before."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what was added since, or everything if the colours have changed.

        Raises:
            StylesheetParseError: a sheet holds errors.
        """
        self.parse()

    def apply(
        self,
        node: DOMNode,
        *,
        animate: bool = False,
        cache: dict[tuple[Any, ...], RulesMap] | None = None,  # noqa: ARG002 - what is kept here holds longer
    ) -> None:
        """Give a node its styles.

        Rules that depend on a node's siblings, or on where in it the focus is, are matched each time, as
        Textual leaves them out of a cache of its own.
        """
        if self._matched_rules is not self.rules or len(self._matched) > MOST_KEPT:
            self._begin_anew()
        place = _place(node)
        matched = self._matched.get(place)
        if matched is None:
            found: dict[tuple[Any, ...], RulesMap] = {}
            super().apply(node, animate=animate, cache=found)
            self._path = ()  # nodes are let go when they close
            place = tuple(self._shared.setdefault(traits, traits) for traits in place)
            for rules in found.values():
                self._matched[place] = _Matched(rules, node._has_hover_style)
            return
        node._has_hover_style = matched.has_hover
        node._has_focus_within = node._has_order_style = node._has_odd_or_even = False
        self.replace_rules(node, matched.rules, animate=animate)
        self._process_component_classes(node)

    def _begin_anew(self) -> None:
        """Forget what was matched."""
        self._matched, self._shared, self._asked = {}, {}, {}
        self._matched_rules = self.rules

    @classmethod
    def replace_rules(cls, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
        """Set the rules of a node that are others than before: each that is set is worked out anew."""
        if animate and "transitions" in rules:
            super().replace_rules(node, rules, animate=True)
            return
        styles = node.styles.base
        before: dict[str, Any] = dict(styles._rules)
        after: dict[str, Any] = dict(rules)
        for name in before.keys() | after.keys():
            if before.get(name) != after.get(name):
                setattr(styles, name, after.get(name))
        node.notify_style_update()

    def _check_rule(  # type: ignore[override] # Textual's is called as one of the object
        self, rule_set: RuleSet, css_path_nodes: list[DOMNode]
    ) -> Iterator[Specificity3]:
        """Yield how specific those selectors of a rule are that match a path; most name what is not there."""
        if css_path_nodes is not self._path:
            self._path = css_path_nodes
            self._names = frozenset().union(*map(_names_of, css_path_nodes))
        asked = self._asked.get(rule_set)
        if asked is None:
            asked = self._asked[rule_set] = [(_named_in(each), each) for each in rule_set.selector_set]
        for names, selector_set in asked:
            if names <= self._names and _check_selectors(selector_set.selectors, css_path_nodes):
                yield selector_set.specificity


def _named_in(selector_set: SelectorSet) -> frozenset[str]:
    """Return all names in a selector."""
    return frozenset(
        SIGNS[selector.type] + selector.name for selector in selector_set.selectors if selector.type in SIGNS
    )


def _names_of(node: DOMNode) -> Iterator[str]:
    """Yield the types, the classes and the id of a node as selectors name them."""
    yield from node._css_type_names
    yield from (f".{name}" for name in node.classes)
    if node.id is not None:
        yield f"#{node.id}"


def _place(node: DOMNode) -> tuple[Hashable, ...]:
    """Return all that rules can ask of a node and those around it, other than its siblings and the focus."""
    return tuple(_traits(each) for each in node.css_path_nodes)


def _traits(node: DOMNode) -> Hashable:
    if isinstance(node, Widget):
        states = (node.mouse_hover, node.has_focus, node.disabled, node.allow_focus())
        return node.__class__, node.id, node.classes, states
    if isinstance(node, App):
        return node.__class__, node.id, node.classes, frozenset(node.get_pseudo_classes())
    return node.__class__, node.id, node.classes
