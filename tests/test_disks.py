"""On what kind of disk does a folder lie?"""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.disks import is_read_only, network_type

MOUNTS = r"""
/dev/vda / ext4 rw 0 0
server:/scans /mnt/scans nfs4 rw 0 0
/dev/vdb /mnt/scans/fast ext4 rw 0 0
//nas/oud\040archief /mnt/oud\040archief cifs rw 0 0
/dev/vdc /over xfs rw 0 0
me@host: /over fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/archive/index", ""),
        ("/mnt/scans", "nfs4"),
        ("/mnt/scans/1998/index", "nfs4"),
        ("/mnt/scans/fast/index", ""),
        ("/mnt/scans-not", ""),
        ("/mnt/oud archief/index", "cifs"),
        ("/over/index", "fuse.sshfs"),
    ],
)
def test_the_nearest_mount_above_a_folder_tells_its_kind(tmp_path, folder, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.lstrip())
    assert network_type(Path(folder), mounts=mounts) == kind


def test_a_link_is_followed(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nnas: {tmp_path}/share nfs rw 0 0\n")
    (tmp_path / "share").mkdir()
    (tmp_path / "index").symlink_to(tmp_path / "share")
    assert network_type(tmp_path / "index", mounts=mounts) == "nfs"


def test_a_system_that_does_not_tell_counts_as_local(tmp_path):
    assert network_type(tmp_path, mounts=tmp_path / "absent") == ""


@pytest.mark.parametrize("flags", [os.ST_RDONLY | os.ST_NOSUID, os.ST_NOSUID])
def test_a_disk_says_whether_it_can_be_written(tmp_path, monkeypatch, flags):
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=flags))
    assert is_read_only(tmp_path) is bool(flags & os.ST_RDONLY)
