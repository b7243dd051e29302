"""Is the training text whole: enough sections, all five categories, every label known?"""

import re
from collections import Counter
from pathlib import Path

import pytest

from archive.parsing.classify import load_categories

FOLDER = Path(__file__).parent / "category_texts"
HEAD = re.compile(
    r"(?m)^== (?P<language>[a-z]{2}) (?P<category>[a-z]+) \|(?P<heading>.*)\n(?P<text>(?:(?!== ).+\n?|\n)+)"
)


@pytest.fixture(scope="module")
def labelled():
    return [
        (file.stem, match)
        for file in sorted(FOLDER.glob("*.txt"))
        for match in HEAD.finditer(file.read_text(encoding="utf-8"))
    ]


def test_every_section_is_labelled_with_a_known_category(labelled):
    known = {rules.name for rules in load_categories()}
    assert {match["category"] for _, match in labelled} == known
    heads = sum(len(re.findall(r"(?m)^== ", file.read_text(encoding="utf-8"))) for file in FOLDER.glob("*.txt"))
    assert len(labelled) == heads


def test_there_are_many_kinds_of_associations_and_each_category_is_common(labelled):
    assert len({kind for kind, _ in labelled}) >= 60
    assert len(labelled) >= 700
    assert min(Counter(match["category"] for _, match in labelled).values()) >= 100


def test_sections_are_as_long_as_in_newsletters(labelled):
    lengths = [len(match["text"].split()) for _, match in labelled]
    assert min(lengths) >= 20
    assert max(lengths) <= 180
