"""Do the parsers that we wrote stand any input?"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutator import mutate
from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.full

FULL = os.environ.get("ARCHIVE_TEST_FULL") == "1"
CORPUS = Path(__file__).parent / "corpus"
SECONDS_EACH = 600 if FULL else 30 // len(TARGETS)
AT_ONCE = 5 if FULL else 2
EXAMPLES = 2000 if FULL else 60


def corpus_of(name):
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


@pytest.mark.parametrize("name", TARGETS)
def test_every_parser_has_a_corpus_and_stands_it(name):
    kept = corpus_of(name)
    assert kept
    for data in kept:
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_a_parser_answers_or_refuses_in_words(name, data):
    whole = data.draw(st.sampled_from(corpus_of(name)))
    damaged = st.integers(0, 2**32).map(lambda seed: mutate(whole, seed))
    TARGETS[name](data.draw(damaged | st.binary(max_size=200) | st.text(max_size=200).map(str.encode)))


@pytest.mark.fuzzer
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="no fuzzer led by coverage: atheris is not installed; the targets above ran over corpus and made input",
)
def test_fuzzers_led_by_coverage_find_nothing(tmp_path):
    root = Path(__file__).parents[2]
    line = [sys.executable, "-m", "tests.fuzz.run_atheris", "--seconds", str(SECONDS_EACH), "--at-once", str(AT_ONCE)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])}
    ended = subprocess.run(
        [*line, "--folder", str(tmp_path)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    print(ended.stdout)  # noqa: T201 - what each of them did, for the report of --all
    assert ended.returncode == 0, ended.stdout + ended.stderr[-2000:]
