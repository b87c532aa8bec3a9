"""Problems found in content files: where, how bad, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.content.messages import MESSAGES

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One fault. `path` is relative to the root, `line` counts from 1.

    `template` and `hint_template` are message ids for translation; both take `params`.
    """

    path: str
    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    subject: str = ""

    @property
    def severity(self) -> Severity:
        """Errors stop publishing, warnings do not."""
        return MESSAGES[self.code].severity

    @property
    def template(self) -> str:
        """The message with named gaps."""
        return MESSAGES[self.code].text

    @property
    def hint_template(self) -> str:
        """The hint with named gaps; may be empty."""
        return MESSAGES[self.code].hint

    @property
    def message(self) -> str:
        """The message in English."""
        return self.template % self.params

    @property
    def hint(self) -> str:
        """What to do, in English."""
        return self.hint_template % self.params

    def format(self) -> str:
        """Return the problem as one line: place, subject, message, hint."""
        warning = "warning: " if self.severity == "warning" else ""
        subject = f"{self.subject}: " if self.subject else ""
        hint = f" – {self.hint}" if self.hint else ""
        return f"{self.path}:{self.line} {warning}{subject}{self.message}{hint}"


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sort by place and drop repetitions."""
    unique = {problem.format(): problem for problem in problems}
    return tuple(
        sorted(unique.values(), key=lambda p: (p.path, p.line, p.code, p.subject, p.message))
    )
