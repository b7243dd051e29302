"""Put first on PYTHONPATH, it lets no Python process, nor any that it starts, speak to a network.

Python itself loads a module of this name in every process. An audit hook sees each socket that is made and each name
that is looked up, whatever library asks; what was refused is written down, since an error might be swallowed.
"""

import os
import socket
import sys
from pathlib import Path

_ALLOWED = {getattr(socket, "AF_UNIX", None)}  # the pipes between a process and its workers


def _deny(event: str, args: tuple) -> None:
    looks_up = event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
    makes = event == "socket.__new__" and args[1] not in _ALLOWED
    if not (looks_up or makes or event in {"socket.sendto", "urllib.Request", "ftplib.connect", "smtplib.connect"}):
        return
    with Path(os.environ["ARCHIVE_TEST_NETWORK_LOG"]).open("a") as log:
        log.write(f"{event} {args[1:]} {sys.argv}\n")
    raise PermissionError(f"no network here: {event}")


def _note_start() -> None:
    with Path(os.environ["ARCHIVE_TEST_NETWORK_LOG"] + ".processes").open("a") as log:
        log.write(f"{os.getpid()}\n")


if "ARCHIVE_TEST_NETWORK_LOG" in os.environ:
    _note_start()
    sys.addaudithook(_deny)
