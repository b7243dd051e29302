"""Do the right sections come first? A floor under ranking, over sentences and judgements of our own."""

import json
from math import log2
from pathlib import Path
from statistics import mean

from tests.search.conftest import section

FLOOR_NDCG = 0.95
FLOOR_RECALL = 0.95
MATERIAL = json.loads(Path(__file__).with_name("relevance.json").read_text(encoding="utf-8"))


def ndcg(found, relevant):
    gains = [(2 ** relevant.get(str(number), 0) - 1) / log2(place + 2) for place, number in enumerate(found[:10])]
    ideal = sorted(relevant.values(), reverse=True)[:10]
    return sum(gains) / sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(ideal))


def recall(found, relevant):
    return len({str(number) for number in found[:10]} & relevant.keys()) / len(relevant)


def test_the_right_sections_come_first(index_of):
    texts = MATERIAL["sections"].items()
    index = index_of(*(section(int(n), text, heading, language=language) for n, (language, heading, text) in texts))
    scores = []
    for _, query, relevant in MATERIAL["queries"]:
        answer = index.ask(query)
        found = [int(section_id[-4:]) for section_id, *_ in (*answer.ids, *answer.partial)]
        scores.append((ndcg(found, relevant), recall(found, relevant), query))
    below = [score for score in scores if min(score[:2]) < 0.9]
    assert mean(score[0] for score in scores) >= FLOOR_NDCG, below
    assert mean(score[1] for score in scores) >= FLOOR_RECALL, below
