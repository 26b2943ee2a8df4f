"""A parser of arguments that says in one line what is wrong, and what may have been meant."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable


class Parser(argparse.ArgumentParser):
    """Takes options; ``arguments`` are what else its usage names, as in ``QUERY ...``."""

    def __init__(self, *, arguments: str = "", **given: Any) -> None:
        given.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(usage=f"%(prog)s [OPTIONS] {arguments}".rstrip(), **given)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and where help is, and exit with code 2."""
        self.exit(2, f"{self.prog}: {message}\nFor help: {self.prog} --help\n")

    def refuse(self, unknown: str) -> NoReturn:
        """Refuse an argument that is not known, such as an option that is misspelt."""
        if not unknown.startswith("-"):
            self.error(f"{unknown!r} is one argument too many")
        option = unknown.partition("=")[0]
        options = (name for action in self._actions for name in action.option_strings)
        self.error(f"there is no option {option}{_meant(option, options)}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Say what may have been meant, as argparse does not before Python 3.14, and what is missing before a query."""
        if action.choices is None or value in action.choices:
            return
        meant = _meant(value, action.choices)
        if not isinstance(action.choices, dict):
            raise argparse.ArgumentError(action, f"{value!r} is none of {', '.join(action.choices)}{meant}")
        self.error(f"there is no command {value!r}{meant or f'; to search for it: {self.prog} search {value}'}")


def _meant(typed: str, known: Iterable[str]) -> str:
    import difflib  # for what is misspelt alone

    near = difflib.get_close_matches(typed, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
