"""What hits are ordered by; apart from the model, since the command line offers it before it imports anything."""

from __future__ import annotations

from typing import Literal, get_args

Order = Literal["relevance", "date"]
"""What an engine orders hits by first; the other decides among equals, then the id."""

Sort = Literal["relevance", "words", "date"]
"""What a search orders hits by: ``words`` is relevance by the words of the query alone, without feedback."""

SORTS: tuple[Sort, ...] = get_args(Sort)

ORDERS: tuple[Order, ...] = get_args(Order)
