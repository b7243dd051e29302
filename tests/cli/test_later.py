"""Which library can wait until something of it is used?"""

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier

import pytest

from archive.cli.later import put_off

LIBRARY = "colorsys"  # a small one of Python's own


@pytest.fixture
def library(monkeypatch):
    monkeypatch.delitem(sys.modules, LIBRARY, raising=False)
    yield LIBRARY
    sys.modules.pop(LIBRARY, None)  # monkeypatch puts back what was there


def test_it_is_loaded_when_something_of_it_is_used(library):
    put_off(library)
    imported = import_module(library)
    assert "rgb_to_hsv" not in vars(imported)
    assert imported.rgb_to_hsv(1, 0, 0) == (0.0, 1.0, 1)
    real = sys.modules[library]
    assert real is not imported
    assert real.rgb_to_hsv is imported.rgb_to_hsv
    assert real.__spec__ is not None
    assert import_module(library) is real


def test_names_are_imported_from_it_as_ever(library):
    put_off(library)
    from colorsys import rgb_to_hsv

    assert rgb_to_hsv is sys.modules[library].rgb_to_hsv


def test_what_it_does_not_hold_is_missed(library):
    put_off(library)
    assert not hasattr(import_module(library), "nothing")


def test_a_library_that_is_loaded_stays(library):
    before = import_module(library)
    put_off(library)
    assert sys.modules[library] is before


def test_threads_that_use_it_at_once_load_it_once(library):
    put_off(library)
    stand_in, start = import_module(library), Barrier(8)

    def use(_):
        start.wait()
        return stand_in.rgb_to_hsv

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(use, range(8)))) == 1
