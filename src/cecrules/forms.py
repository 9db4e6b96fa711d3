"""Form, the table of readers of a class, shared by its constructor and its mapping."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, TypeAlias

import attrs

from .converters import nearest
from .errors import CecRulesError, ErrorCode, Path, Problems

__all__ = ["Form", "Reader", "RepeatedKeys", "refuse_repeated", "refuse_repeated_key"]

Reader: TypeAlias = "Callable[[Any, Path], object]"


class RepeatedKeys(dict[str, Any]):
    """A mapping read from a text that has some keys more than once; `repeated` names them."""

    repeated: Collection[str] = ()


def refuse_repeated(raw: Mapping[str, Any], path: Path, problems: Problems) -> None:
    """Records a problem for every key that the text of a mapping has more than once."""
    if isinstance(raw, RepeatedKeys):
        for key in raw.repeated:
            refuse_repeated_key((*path, key), problems)


def refuse_repeated_key(path: Path, problems: Problems) -> None:
    """Records that a key is given more than once."""
    problems.add(path, "must be given once, got it several times", code=ErrorCode.REPEATED_KEY)


@attrs.frozen(kw_only=True)
class Form:
    """The way the keys of a class are read.

    Attributes:
        readers: The reader of each key, in the order of the fields.
        required: The keys that must be given.
        agree: The function that checks and completes several keys together. It takes the keys given, the values that
            could be read, the problems found so far, and the path.
        ignored: Keys that are accepted and not read.
    """

    readers: Mapping[str, Reader]
    required: tuple[str, ...] = ()
    agree: Callable[[Mapping[str, Any], dict[str, Any], Problems, Path], None]
    ignored: Collection[str] = ()

    def read(self, given: Mapping[str, Any], path: Path = ()) -> dict[str, Any]:
        """Reads every key.

        Problems come in the order of the keys given; missing keys follow, in the order of the fields.

        Raises:
            InvalidValue: There is one problem.
            InvalidDocument: More than one problem; `problems` lists them all.
        """
        problems = Problems()
        values: dict[str, Any] = {}
        repeated = given.repeated if isinstance(given, RepeatedKeys) else ()
        for key, raw in given.items():
            inner = (*path, str(key))
            if key in repeated:
                refuse_repeated_key(inner, problems)
            elif (read := self.readers.get(key)) is not None:
                try:
                    values[key] = read(raw, inner)
                except CecRulesError as error:
                    problems.take(error)
            elif key not in self.ignored:
                problems.add(
                    inner, "is not a known key", partial(nearest, key, tuple(self.readers)), code=ErrorCode.UNKNOWN_KEY
                )
        for key in self.required:
            if key not in given:
                problems.add((*path, key), "is required", code=ErrorCode.MISSING)
        self.agree(given, values, problems, path)
        if len(problems.found) > 1:
            problems.found.sort(key=self._place_in(given, len(path)))
        problems.settle()
        return values

    def _place_in(self, given: Mapping[str, Any], depth: int) -> Callable[[CecRulesError], int]:
        """Returns the function that tells where a problem belongs among the others."""
        of_keys = {str(key): place for place, key in enumerate(given)}
        of_fields = {key: place for place, key in enumerate(self.readers, len(given))}

        def place(problem: CecRulesError) -> int:
            key, *inner = problem.path[depth:]
            is_missing = problem.code is ErrorCode.MISSING and not inner  # its key may be there, with null
            return (of_fields if is_missing else of_keys).get(str(key), len(given))

        return place
