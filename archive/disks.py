"""On what kind of disk does a folder lie?

SQLite cannot lock files on a network share, so the index may not lie on one. A disk that fails is often made read-only.
"""

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs", "lustre", "davfs", "9p", "beegfs"}
    | {f"fuse.{name}" for name in ("sshfs", "rclone", "davfs2", "s3fs", "gcsfuse", "glusterfs", "ceph", "curlftpfs")}
)
_ESCAPE = re.compile(r"\\([0-7]{3})")


def is_read_only(folder: Path) -> bool:
    """Tell whether the disk that a folder is on was mounted to be read only; nobody writes to it then.

    Raises:
        OSError: There is no such folder.
    """
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def network_type(path: Path, *, mounts: Path = MOUNTS) -> str:
    """Return the kind of network share that a folder lies on (`nfs4`, `cifs`, …); empty for a local disk.

    The folder need not be there yet. Empty too where the system does not tell (no /proc).
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(path)
    found = ("", "")  # the longest mount point above the folder wins, the last one of the same place
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        place = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), place)
        inside = real == place or real.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(found[0]):
            found = (place, kind)
    return found[1] if found[1] in _NETWORK else ""


def sync_folder(folder: Path) -> None:
    """Make a new file's name last; without this a power cut can take it away."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
