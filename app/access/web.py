"""Each view says who it is for: `@requires(permission)`, `@learner_view` or `@public`.

The mark opens the scope the view works in. A view without a mark is refused at start-up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask, abort, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import scope
from app.access.policy import Actor, Permission

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, ResponseReturnValue]
AgencyIds = Callable[[Sequence[str]], frozenset[int]]

MARK = "access_mark"
PUBLIC = "public"
LEARNER = "learner"


def current_actor() -> Actor | None:
    """Return the signed-in actor, or None."""
    return cast(Actor, current_user.actor) if current_user.is_authenticated else None


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let in who holds `permission` anywhere, and open the scope of those agencies."""

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            actor = current_actor()
            if actor is None:
                return _unauthorised()
            if not actor.may(permission):
                abort(403)
            scope.enter(scope.Scope(agency_ids=agency_ids(actor, permission)))
            return view(*args, **kwargs)

        setattr(guarded, MARK, permission)
        return guarded

    return mark


def learner_view(view: View[P]) -> View[P]:
    """Let in who is signed in, and open the scope of their own rows."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        actor = current_actor()
        if actor is None:
            return _unauthorised()
        scope.enter(scope.Scope(person_id=actor.person_id))
        return view(*args, **kwargs)

    setattr(guarded, MARK, LEARNER)
    return guarded


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let in everybody; no scope is open."""
    setattr(view, MARK, PUBLIC)
    return view


def agency_ids(actor: Actor, permission: Permission) -> frozenset[int]:
    """Return the ids of all agencies where `actor` holds `permission`."""
    resolve = cast(AgencyIds, current_app.extensions["agency_ids"])
    return resolve(actor.paths(permission))


def mark_of(app: Flask, endpoint: str) -> str | None:
    """Return who an endpoint is for: public, learner or a permission; None is unmarked."""
    return getattr(app.view_functions[endpoint], MARK, None)


def unmarked(app: Flask) -> list[str]:
    """Return the endpoints that do not say who they are for."""
    return sorted(name for name in app.view_functions if mark_of(app, name) is None)


def install(app: Flask, resolve: AgencyIds) -> None:
    """Close the scope around every request; `resolve` turns agency paths into ids."""
    app.extensions["agency_ids"] = resolve

    @app.before_request
    def _close_scope() -> None:
        g.scope_token = scope.enter(None)

    @app.teardown_request
    def _restore_scope(_error: BaseException | None) -> None:
        if token := g.pop("scope_token", None):
            scope.leave(token)


def _unauthorised() -> ResponseReturnValue:
    manager: Any = getattr(current_app, "login_manager")  # noqa: B009 - set by Flask-Login
    return cast(ResponseReturnValue, manager.unauthorized())
