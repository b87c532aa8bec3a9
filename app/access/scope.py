"""Which rows: every statement on agency data is narrowed to the open scope, or refused.

Three scopes exist. `agencies` shows the rows of the agencies below some paths; `own` shows
the rows of one learner wherever they were earned; `everything` is for the system itself and
names its reason. Without an open scope a query for agency data is an error, not all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    Executable,
    Integer,
    Table,
    event,
    false,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption


class ScopeError(Exception):
    """Agency data was asked for or written outside an open scope."""


class AgencyScoped:
    """Mixin of every model whose rows belong to an agency."""

    agency_id: Any
    private = False  # rows that only the learner and the system itself ever see

    @classmethod
    def visible_to_learner(cls, person_id: BindParameter[int]) -> ColumnElement[bool]:
        """Rows a learner sees of their own; models without such rows show none."""
        person = getattr(cls, "person_id", None)
        return person == person_id if isinstance(person, InstrumentedAttribute) else false()


@dataclass(frozen=True)
class Scope:
    """An open scope. Exactly one of the three fields is set."""

    agency_ids: frozenset[int] | None = None
    person_id: int | None = None
    reason: str | None = None


_open: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope | None:
    """Return the open scope, or None."""
    return _open.get()


def enter(scope: Scope | None) -> Token[Scope | None]:
    """Open `scope` until `leave`; requests use this, everything else a `with` block."""
    return _open.set(scope)


def leave(token: Token[Scope | None]) -> None:
    """Return to the scope before `enter`."""
    _open.reset(token)


@contextmanager
def agencies(ids: frozenset[int]) -> Iterator[None]:
    """Show and accept rows of these agencies only."""
    yield from _within(Scope(agency_ids=ids))


@contextmanager
def own(person_id: int) -> Iterator[None]:
    """Show and accept rows of this learner only."""
    yield from _within(Scope(person_id=person_id))


@contextmanager
def everything(reason: str) -> Iterator[None]:
    """Show all rows, for the system itself; `reason` says why."""
    yield from _within(Scope(reason=reason))


def _within(scope: Scope) -> Iterator[None]:
    token = _open.set(scope)
    try:
        yield
    finally:
        _open.reset(token)


class _ScopeParameter(BindParameter[Any]):
    """A parameter whose value is read from the open scope when a statement runs.

    Each statement holds several copies of it, which SQLAlchemy compares as dictionary keys; the
    comparison of columns, an expression each time, would cost more than the rest of the scope.
    """

    inherit_cache = True

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return hash(self) == hash(other)

    __hash__ = BindParameter.__hash__


_options: dict[tuple[type[AgencyScoped], bool], ExecutableOption] = {}


def _open_agencies() -> frozenset[int]:
    scope = _open.get()
    return (scope and scope.agency_ids) or frozenset()


def _open_person() -> int | None:
    scope = _open.get()
    return scope.person_id if scope else None


def _narrowing(model: type[AgencyScoped], own_rows: bool) -> ExecutableOption:
    """Return the option that narrows `model`; whose rows is read when a statement runs."""
    if kept := _options.get((model, own_rows)):
        return kept
    criteria: ColumnElement[bool]
    if own_rows:
        criteria = model.visible_to_learner(
            _ScopeParameter("scope_person", callable_=_open_person, type_=Integer())
        )
    elif model.private:
        criteria = false()
    else:
        ids = _ScopeParameter(
            "scope_agencies", callable_=_open_agencies, expanding=True, type_=Integer()
        )
        criteria = model.agency_id.in_(ids)
    option = with_loader_criteria(model, criteria, include_aliases=True)
    _options[model, own_rows] = option
    return option


@cache
def _models_by_table() -> dict[str, type[AgencyScoped]]:
    found: dict[str, type[AgencyScoped]] = {}
    waiting = list(AgencyScoped.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if table := getattr(model, "__tablename__", None):
            found[table] = model
    return found


_known: WeakKeyDictionary[ClauseElement, list[type[AgencyScoped]]] = WeakKeyDictionary()


def _models_in(statement: ClauseElement) -> list[type[AgencyScoped]]:
    """Return the scoped models a statement touches: columns, joins and subqueries alike."""
    models = _known.get(statement)
    if models is None:
        by_table = _models_by_table()
        names = {e.name for e in visitors.iterate(statement) if isinstance(e, Table)}
        models = [by_table[name] for name in sorted(names & by_table.keys())]
        _known[statement] = models
    return models


_narrow_twins: WeakKeyDictionary[Executable, dict[bool, Executable]] = WeakKeyDictionary()


def _narrowed(
    statement: Executable, models: list[type[AgencyScoped]], own_rows: bool
) -> Executable:
    """Return the narrowed twin of a statement; one that is run again keeps its twin."""
    twins = _narrow_twins.setdefault(statement, {})
    if own_rows not in twins:
        twins[own_rows] = statement.options(*(_narrowing(m, own_rows) for m in models))
    return twins[own_rows]


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    """Narrow each statement to the open scope; refuse one on agency data without a scope."""
    scope = _open.get()
    if scope is not None and scope.reason is not None:
        return
    models = _models_in(cast(ClauseElement, state.statement))
    if not models or state.is_column_load:
        return
    if scope is None or state.is_insert:
        names = ", ".join(model.__name__ for model in models)
        raise ScopeError(f"no scope is open for {names}")
    state.statement = _narrowed(state.statement, models, scope.person_id is not None)


@event.listens_for(Session, "before_flush")
def _check_writes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    scope = _open.get()
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, AgencyScoped) and not _accepts(scope, row):
            raise ScopeError(f"{type(row).__name__} is outside the open scope")


def _accepts(scope: Scope | None, row: AgencyScoped) -> bool:
    if scope is None:
        return False
    if scope.agency_ids is not None:
        return not row.private and row.agency_id in scope.agency_ids
    if scope.person_id is not None:
        return getattr(row, "person_id", None) == scope.person_id
    return True
