"""Work that is shared among processes, with its results in order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from migsearch.errors import MigsearchError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_AHEAD = 4  # tasks for each process that are under way, or done and not yet asked for: they are held in memory


def in_processes(processes: int, work: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Iterator[_Result]:
    """Yield the result of each task in order, worked on in so many processes; each process is sent ``work`` once.

    ``work`` is a function of a module, or a bound method, or :func:`functools.partial` of one. Raises
    :class:`~migsearch.errors.MigsearchError` if a process is ended from outside, and what ``work`` and ``tasks`` raise.
    """
    # Spawned, not forked: the program may have threads.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[_Result]] = deque()
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(work,)) as pool:
        try:
            for task in tasks:
                with _uninterrupted():
                    waiting.append(pool.submit(_done, task))
                if len(waiting) >= _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise MigsearchError(
                "a process ended before its work was done: ask for fewer processes if memory is short; a program "
                'that asks for several must guard what it does by if __name__ == "__main__"'
            ) from None
        finally:  # also where no more results are asked for
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait; a process that begins meanwhile never hears of it, else it would die with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that began this process, on Windows too


def _done(task: Any) -> Any:
    return _work(task)
