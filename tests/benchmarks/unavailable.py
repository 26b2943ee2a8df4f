"""Why a system cannot take part."""

from __future__ import annotations


class Unavailable(Exception):  # noqa: N818 - a reason to skip, no error
    """The system is not installed, not reachable, or not for this language."""
