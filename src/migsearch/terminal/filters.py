"""What narrows every query of a session; set and removed one by one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Filters:
    """Organisations by id, the dates between ``since`` and ``until``, and languages.

    Dates are as they were typed: a year, month or day of any calendar; both ends are one where a period was chosen.
    """

    organisations: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    languages: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.values)

    @property
    def values(self) -> tuple[str, ...]:
        """What is active, as it is shown."""
        return (*self.organisations, *filter(None, [self.dates]), *self.languages)

    @property
    def dates(self) -> str:
        """The period that is shown, such as ``2021`` or ``2021-04..2022``; empty for all dates."""
        return self.since if self.since == self.until else f"{self.since}..{self.until}"

    @property
    def year(self) -> str:
        """The year that is chosen alone, of whatever calendar."""
        return self.since if self.since == self.until and self.since.isdecimal() else ""

    def toggled(self, name: str, value: str) -> Filters:
        """Return the same with ``value`` among the ``organisations`` or ``languages``, or without it if it is there."""
        values: tuple[str, ...] = getattr(self, name)
        others = tuple(other for other in values if other != value)
        changed: Any = others if value in values else (*values, value)
        return replace(self, **{name: changed})

    def during(self, period: str) -> Filters:
        """Return the same for one period, or for all dates if it is chosen already."""
        chosen = "" if self.dates == period else period
        return replace(self, since=chosen, until=chosen)

    def without(self, value: str) -> Filters:
        """Return the same without one of its values; raises :class:`ValueError` if it is not among them."""
        if value == self.dates:
            return replace(self, since="", until="")
        for name in ("organisations", "languages"):
            if value in getattr(self, name):
                return self.toggled(name, value)
        raise ValueError(value)

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of a search."""
        return asdict(self) | {"since": self.since or None, "until": self.until or None}
