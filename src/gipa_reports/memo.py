"""Answers that are remembered between sources: bounded, and listed here, so that all can be forgotten at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast, overload

Function = TypeVar("Function", bound=Callable[..., Any])
Key = TypeVar("Key")
Answer = TypeVar("Answer")
Owner = TypeVar("Owner")


class Memo(dict[Key, Answer]):
    """Key → the answer of ``answer``, for the last ``most`` keys or fewer: a full memo starts anew.

    Asking it is the look-up of a dictionary. Keys for which ``keeps`` is false are answered and not remembered.
    """

    __slots__ = ("_answer", "_keeps", "_most")

    def __init__(self, answer: Callable[[Key], Answer], most: int, keeps: Callable[[Key], bool] | None = None) -> None:
        super().__init__()
        self._answer = answer
        self._most = most
        self._keeps = keeps
        _clearing.append(self.clear)

    def __missing__(self, key: Key) -> Answer:
        answer = self._answer(key)
        if self._keeps is None or self._keeps(key):
            if len(self) >= self._most:
                self.clear()
            self[key] = answer
        return answer


def remembered(most: int) -> Callable[[Function], Function]:
    """Remember the last ``most`` answers of a function of several arguments, as ``Memo`` does those of one."""

    def remember(function: Function) -> Function:
        known = lru_cache(maxsize=most)(function)
        _clearing.append(known.cache_clear)
        return cast(Function, known)

    return remember


_clearing: list[Callable[[], None]] = []
"""Empty each memory there is; they live as long as the modules that made them."""


class lazy(Generic[Owner, Answer]):  # noqa: N801 - used as a decorator
    """An attribute that is worked out when first asked for, as ``functools.cached_property`` without its lock."""

    def __init__(self, answer: Callable[[Owner], Answer]) -> None:
        self._answer = answer
        self.__doc__ = answer.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> lazy[Owner, Answer]: ...
    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Answer: ...
    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Answer | lazy[Owner, Answer]:
        if owner is None:
            return self
        answer = owner.__dict__[self._name] = self._answer(owner)
        return answer


def forget_memos() -> None:
    """Empty every memo, as if nothing had been read yet."""
    for clear in _clearing:
        clear()
