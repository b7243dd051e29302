"""Named tuples made without compiling do what typing's do."""

import copy
import pickle
import subprocess
import sys
from functools import cached_property
from typing import NamedTuple as Typed

import pytest

from archive.tuples import NamedTuple as Ours


def place_of(base):
    """Make the same class of either kind."""

    class Place(base):
        """A place on a page."""

        page: int
        word: "str | None"
        role: str = "body"
        spans: tuple[int, ...] = ()

        @property
        def first(self):
            return self.page == 1

    Place.__qualname__ = "Place"  # by which it is pickled
    return Place


TheirPlace, Place = place_of(Typed), place_of(Ours)


class Derived(Place):
    @cached_property
    def twice(self):
        return self.page * 2


BOTH = pytest.mark.parametrize("kind", [TheirPlace, Place], ids=["typing", "archive"])
CALLS = [
    ((1, "a", "head", (2,)), {}),
    ((1, "a"), {}),
    ((1,), {"word": "a", "spans": (1, 2)}),
    ((), {"word": "a", "page": 0}),
    ((), {}),
    ((1,), {}),
    ((1,), {"role": "a"}),
    ((1, 2, 3, 4, 5), {}),
    ((1, 2, 3, 4), {"spans": ()}),
    ((1, 2), {"page": 1}),
    ((1, 2), {"line": 1}),
    ((1,), {"line": 1}),
]


def outcome(made):
    try:
        return made()
    except (TypeError, ValueError):
        return "refused"


@pytest.mark.parametrize(("values", "named"), CALLS)
def test_it_is_called_like_that_of_typing(values, named):
    ours, theirs = (outcome(lambda kind=kind: kind(*values, **named)) for kind in (Place, TheirPlace))
    assert ours == theirs
    assert repr(ours) == repr(theirs)


@BOTH
def test_fields_are_read_and_nothing_is_written(kind):
    place = kind(1, "a", role="head")
    assert (place.page, place.word, place.role, place.spans, place.first) == (1, "a", "head", (), True)
    assert isinstance(place, tuple)
    for name in ("page", "first", "other"):
        with pytest.raises(AttributeError):
            setattr(place, name, 2)
    assert not hasattr(place, "__dict__")


@BOTH
def test_what_stands_in_the_class_is_as_typing_has_it(kind):
    assert kind._fields == kind.__match_args__ == ("page", "word", "role", "spans")
    assert kind._field_defaults == {"role": "body", "spans": ()}
    assert kind.__doc__ == "A place on a page."
    assert (kind.__name__, kind.__module__, kind.__mro__[-2:]) == ("Place", __name__, (tuple, object))


@BOTH
def test_it_is_changed_taken_apart_and_made_of_any_values(kind):
    place = kind(1, "a")
    assert place._replace(page=3, spans=(4,)) == (3, "a", "body", (4,))
    assert type(place._replace(page=3)) is kind
    assert place._asdict() == {"page": 1, "word": "a", "role": "body", "spans": ()}
    assert kind._make(iter([1, 2, 3, 4])) == kind(1, 2, 3, 4)
    with pytest.raises((TypeError, ValueError)):
        place._replace(line=1)
    match place:
        case kind(page, word, role="body"):
            assert (page, word) == (1, "a")
        case _:
            pytest.fail("it does not match")


@pytest.mark.parametrize("kind", [Place, Derived])
def test_it_is_copied_and_sent_to_other_processes(kind):
    place = kind(1, "a", spans=(2, 3))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(place, protocol))  # noqa: S301 - our own
        assert (again, type(again)) == (place, kind)
    assert copy.copy(place) == copy.deepcopy(place) == place


def test_a_class_may_be_derived_and_keeps_the_fields():
    derived = Derived(4, "a")
    assert (derived.twice, derived.role, Derived._fields) == (8, "body", Place._fields)
    assert type(derived._replace(page=5)) is Derived


# "compile" is what Python tells of each piece of source text that it compiles.
PROBE = """\
import sys
from {module} import NamedTuple
sys.addaudithook(lambda event, _: event == "compile" and sys.exit(3))
class Word(NamedTuple):
    text: str
"""


@pytest.mark.parametrize(("module", "code"), [("archive.tuples", 0), ("typing", 3)])
def test_no_class_is_compiled(module, code):
    assert subprocess.run([sys.executable, "-c", PROBE.format(module=module)], check=False).returncode == code
