"""What would an ingest find out about the scans that it would take in? For `--dry-run`, which changes nothing."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from archive.catalog.rows import ScanState
from archive.model.issues import Fault
from archive.pipeline.intake import Intake, Taken
from archive.pipeline.plan import Plan
from archive.pipeline.progress import Silent
from archive.pipeline.workers import WorkerPool, count_cores
from archive.reading.scans import FoundScan
from archive.settings import Settings


def rehearse(
    settings: Settings, plan: Plan, states: Mapping[str, ScanState], jobs: int, timeout_s: float
) -> tuple[Plan, list[tuple[str, str]], list[Fault]]:
    """Open the new and changed scans of a plan as an ingest does, and write nothing.

    Args:
        settings: The archive.
        plan: What would be done.
        states: What the catalogue knows, by file.
        jobs: How many scans to open side by side; 0 for as many as in the settings, or one for each core.
        timeout_s: How long opening one may take; 0 for as long as in the settings.

    Returns:
        The plan without those that cannot be read or only have another name; these, with the old name first; and what
        is wrong with those.
    """
    lost = {states[file].sha256: file for file in plan.missing}
    moved, faults = [], []
    for each in _opened(settings, (*plan.new, *plan.changed), jobs, timeout_s):
        file = each.found.file
        if each.error is not None:
            faults.append(Fault(file, each.error.code, each.error.message, each.error.hint))
        elif each.opened is not None and each.opened.scan.sha256 in lost:
            moved.append((lost[each.opened.scan.sha256], file))
    told = {file for _, file in moved} | {fault.path for fault in faults}
    new, changed = (tuple(each for each in some if each.file not in told) for some in (plan.new, plan.changed))
    return replace(plan, new=new, changed=changed), moved, faults


def _opened(settings: Settings, fresh: Sequence[FoundScan], jobs: int, timeout_s: float) -> Sequence[Taken]:
    if not fresh:
        return ()
    size = jobs or settings.jobs or count_cores()
    with tempfile.TemporaryDirectory() as work, WorkerPool(size, Path(work)) as pool:
        intake = Intake(pool, settings, timeout_s or settings.page_timeout_s, Silent())
        return intake.open(fresh, date.min, reread=False)
