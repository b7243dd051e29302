"""Does a run that is stopped leave nothing of its work behind, whenever that is?"""

import pytest

from archive.pipeline import leftovers


def _stop(*_arguments):
    raise KeyboardInterrupt


@pytest.mark.parametrize("moment", ["_sync", "_write"])
def test_a_run_that_is_stopped_while_its_folder_is_made_leaves_none(archive, monkeypatch, moment):
    monkeypatch.setattr(leftovers, moment, _stop)
    with pytest.raises(KeyboardInterrupt), leftovers.work_folder(archive.settings, ["a.txt"]):
        pass
    assert not (archive.settings.index_dir / "work").exists()
    monkeypatch.undo()
    with leftovers.work_folder(archive.settings, ["a.txt"]) as work:
        assert work.is_dir()
    assert not work.exists()
