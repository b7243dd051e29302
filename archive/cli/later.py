"""Which library can wait until something of it is used?

click, and Python's own pathlib, import libraries that a command hardly ever needs; to load them takes as long as the
search itself.
"""

import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

_lock = Lock()


class _Later(ModuleType):
    """Stands for a library among those that are loaded, until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the library holds
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def put_off(*names: str) -> None:
    """Have libraries loaded when something of them is used, not when they are imported."""
    for name in names:
        sys.modules.setdefault(name, _Later(name))
