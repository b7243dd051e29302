"""What is installed, and is the archive whole?"""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, write_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, option

if TYPE_CHECKING:
    from archive.doctor.finding import Finding

# What one mending brings to light the next one mends.
_ROUNDS = 3
_IN_VAIN = "`--repair` could not mend it. Keep a copy of the archive's folder, and report this with what it says."
_SIGNS = {"fine": "ok", "note": "note", "problem": "PROBLEM"}


@command(
    ("archive doctor", "Check everything; each problem comes with its remedy."),
    ("archive doctor --repair", "Mend what can be mended, then check again."),
    ("archive doctor -q", "Say only what is not well."),
    ("archive doctor --json", "For a program that watches over the archive."),
)
@option("--repair", is_flag=True, help="Mend what can be mended, then check again.")
@click.pass_obj
def doctor(run: Run, /, *, repair: bool) -> int:
    """Check what is installed and whether the archive is whole.

    Every scan is hashed again, so that a damaged disk is noticed. Nothing is changed without --repair, which mends what
    lies in index/ and ids.csv; what is damaged there is set aside, and scans are never touched. The exit code is 0 when
    all is well or only worth a note, else that of the worst problem.
    """
    from archive.doctor import check, exit_code

    findings = check(run.root)
    mended: tuple[str, ...] = ()
    if repair:
        findings, mended = _mend(run, findings)
    code = exit_code(findings)
    if run.json:
        names = ("kind", "level", "message", "hint", "path", "exit_code")
        listed = [{name: getattr(finding, name) for name in names} for finding in findings]
        write_json({"schema_version": SCHEMA_VERSION, "exit_code": code, "findings": listed, "mended": mended})
        return code
    for line in mended:
        say(f"{'mended':<8} {line}")
    for finding in findings:
        if finding.level == "fine" and run.quiet:
            continue
        where = f"{finding.path}: " if finding.path else ""
        say(f"{_SIGNS[finding.level]:<8} {where}{finding.message}")
        if finding.hint:
            say(f"{'':<8} {finding.hint}")
    if not run.quiet:
        tell(_summary(Counter(str(finding.level) for finding in findings)))
    return code


def _mend(run: Run, findings: "tuple[Finding, ...]") -> "tuple[tuple[Finding, ...], tuple[str, ...]]":
    """Mend what has a remedy, and look again: what was hidden by one damage may show when it is mended.

    Nothing is mended twice: what is found again would be found for ever.
    """
    from archive.doctor import check
    from archive.pipeline.repair import repair

    mended: tuple[str, ...] = ()
    tried = set[tuple[str, str]]()
    for _ in range(_ROUNDS):
        wanted = {(finding.remedy, finding.path) for finding in findings if finding.remedy} - tried
        if not wanted:
            break
        mended += repair(run.settings(), sorted(wanted), Bar("pages", quiet=run.quiet))
        tried |= wanted
        findings = check(run.root)
    again = ((finding.remedy, finding.path) in tried for finding in findings)
    return tuple(
        replace(finding, hint=_IN_VAIN) if vain else finding for finding, vain in zip(findings, again, strict=True)
    ), mended


def _summary(levels: Counter[str]) -> str:
    if not levels["problem"] and not levels["note"]:
        return "All is well."
    problems = count(levels["problem"], "problem") if levels["problem"] else "No problem"
    return f"{problems} found" + (f", {count(levels['note'], 'note')}." if levels["note"] else ".")
