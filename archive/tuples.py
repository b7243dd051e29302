"""How is a named tuple made quickly?

`typing.NamedTuple` compiles source text for each class whenever the program starts; a search from a cold start would
spend a tenth of its time on that. The one here compiles nothing and is used in the same way; to type checkers it is
typing's own.
"""

from collections import _tuplegetter  # type: ignore[attr-defined] # of which collections.namedtuple makes its fields
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

__all__ = ["NamedTuple"]

_new = tuple.__new__


class _Record(tuple[Any, ...]):
    """What each named tuple can do, as those of collections can."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]]
    _field_defaults: ClassVar[dict[str, Any]]
    _rest: ClassVar[dict[int, tuple[Any, ...]]]  # the defaults that follow so many values
    __match_args__: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        if cls.__base__ is not _Record:
            return  # derived from a named tuple, whose fields it keeps
        fields = tuple(cls.__annotations__)
        defaults = {field: vars(cls)[field] for field in fields if field in vars(cls)}
        rest, needed = tuple(defaults.values()), len(fields) - len(defaults)
        cls._fields = fields
        cls.__match_args__ = fields  # type: ignore[misc] # mypy knows those of typing's only
        cls._field_defaults = defaults
        cls._rest = {needed + count: rest[count:] for count in range(len(rest) + 1)}
        for place, field in enumerate(fields):
            setattr(cls, field, _tuplegetter(place, None))

    def __new__(cls, *values: Any, **named: Any) -> Self:  # noqa: ANN401 - each field is of its own type
        if named:
            values = cls._in_order(values, named)
        elif len(values) != len(cls._fields):
            try:
                values += cls._rest[len(values)]
            except KeyError:
                least, most = min(cls._rest), len(cls._fields)
                raise TypeError(f"{cls.__name__} takes {least} to {most} values, not {len(values)}") from None
        return _new(cls, values)

    @classmethod
    def _in_order(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """Put those given by name, and defaults, after those given by place; each must have a field of its own."""
        late = cls._fields[len(values) :]
        if wrong := named.keys() - set(late):
            raise TypeError(f"{cls.__name__} has no field, or two values, for {', '.join(sorted(wrong))}")
        try:
            return values + tuple(map((cls._field_defaults | named).__getitem__, late))
        except KeyError as missing:
            raise TypeError(f"{cls.__name__} needs a value for {missing}") from None

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        return cls(*values)

    def _replace(self, /, **changed: Any) -> Self:  # noqa: ANN401 - each field is of its own type
        made = _new(type(self), map(changed.pop, self._fields, self))
        if changed:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(changed)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{field}={value!r}' for field, value in self._asdict().items())})"


class _Maker(type):
    """Makes of a class body that names fields a class of records without a dict of their own."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:  # noqa: ARG004 - Python's
        return type(name, (_Record,), body | {"__slots__": ()})


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
