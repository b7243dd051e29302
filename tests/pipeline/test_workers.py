"""Do jobs come back, whatever becomes of the worker that had them?"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.errors import MissingPartError, UnreadableScanError
from archive.pipeline.worker import Job
from archive.pipeline.workers import PageTimeoutError, WorkerPool

FAULTS = "tests.faults.tasks:"


def job(key, task, *args, timeout_s=30.0):
    return Job((key,), FAULTS + task, args, timeout_s)


@pytest.fixture
def pool(tmp_path):
    with WorkerPool(2, tmp_path) as pool:
        yield pool


def outcomes(pool):
    ended = {}
    while pool.busy:
        outcome = pool.next_outcome()
        ended[outcome.key[0]] = outcome
    return ended


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat").read_text()
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_until(condition, seconds=10.0):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def test_every_job_comes_back_with_its_own_answer(pool):
    for number in range(20):
        pool.submit(job(number, "answer", number * 2))
    assert {key: outcome.value for key, outcome in outcomes(pool).items()} == {n: n * 2 for n in range(20)}


def test_an_error_of_the_program_crosses_whole(pool):
    pool.submit(job("x", "fail", "raw/a.pdf"))
    error = outcomes(pool)["x"].error
    assert isinstance(error, MissingPartError)
    assert str(error) == "raw/a.pdf: is not installed. Install it."


def test_an_unexpected_error_becomes_a_reason_with_its_traceback(pool):
    pool.submit(job("x", "break_down"))
    outcome = outcomes(pool)["x"]
    assert isinstance(outcome.error, UnreadableScanError)
    assert outcome.error.message == "could not be read: it is damaged in a way that its reader does not know"
    assert "RuntimeError: a parser broke" in outcome.trace
    assert "break_down" in outcome.trace


def test_a_worker_that_dies_costs_only_its_own_job(pool):
    pool.submit(job("dead", "die"))
    for number in range(5):
        pool.submit(job(number, "answer", number))
    ended = outcomes(pool)
    assert "signal 9" in ended.pop("dead").error.message
    assert [ended[number].value for number in range(5)] == list(range(5))


def test_a_job_over_its_limit_is_ended_with_its_children(pool, tmp_path):
    pids = tmp_path / "pids"
    pool.submit(job("slow", "hang", str(pids), timeout_s=2.0))
    pool.submit(job("fine", "answer", 1))
    ended = outcomes(pool)
    assert isinstance(ended["slow"].error, PageTimeoutError)
    assert "2 seconds" in ended["slow"].error.message
    assert ended["fine"].value == 1
    worker, child = map(int, pids.read_text().split())
    wait_until(lambda: not is_alive(worker) and not is_alive(child))


def test_a_job_that_needs_too_much_memory_says_so(pool):
    pool.submit(job("big", "fill_memory", 8 * 1024**3))
    assert "memory" in outcomes(pool)["big"].error.message


def test_nothing_lives_on_after_the_main_process_was_killed(tmp_path):
    pids = tmp_path / "pids"
    code = (
        "import pathlib\n"
        "from archive.pipeline.worker import Job\n"
        "from archive.pipeline.workers import WorkerPool\n"
        f"pool = WorkerPool(1, pathlib.Path({str(tmp_path)!r}))\n"
        f"pool.submit(Job((1,), 'tests.faults.tasks:hang', ({str(pids)!r},), 600.0))\n"
        "pool.next_outcome()\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    main = subprocess.Popen([sys.executable, "-c", code], env=environment)
    wait_until(pids.exists)
    worker, child = map(int, pids.read_text().split())
    main.send_signal(signal.SIGKILL)
    main.wait()
    wait_until(lambda: not is_alive(worker) and not is_alive(child))


def test_a_job_whose_worker_was_killed_is_done_again_alone(pool, tmp_path):
    pool.submit(job("killed", "die_once", str(tmp_path / "marker")))
    for number in range(5):
        pool.submit(job(number, "answer", number))
    ended = outcomes(pool)
    assert ended["killed"].value == "done"
    assert [ended[number].value for number in range(5)] == list(range(5))


def test_a_lower_limit_of_the_shell_is_kept_and_named_as_its_fault(tmp_path):
    code = (
        "import pathlib, resource\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({2 * 1024**3}, {2 * 1024**3}))\n"
        "from archive.pipeline.worker import Job\n"
        "from archive.pipeline.workers import WorkerPool\n"
        f"with WorkerPool(1, pathlib.Path({str(tmp_path)!r})) as pool:\n"
        "    pool.submit(Job((1,), 'tests.faults.tasks:answer', (7,), 60.0))\n"
        "    print(pool.next_outcome().value)\n"
        f"    pool.submit(Job((2,), 'tests.faults.tasks:fill_memory', ({3 * 1024**3},), 60.0))\n"
        "    print(pool.next_outcome().error.code)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    main = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert main.stdout.split() == ["7", "machine"]
