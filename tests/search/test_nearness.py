"""Do words that stand near each other as in the query count for more?"""

import pytest

from tests.search.conftest import section

# Both words, but far apart; and twice, so that without nearness it comes first.
APART = "Wij bouwen niet zonder vergunning aan de brug. De bewoners leveren hun ervaring aan, en nog eens ervaring."
OTHERS = [section(number, "De brug is dicht en de sluis is open.") for number in range(5, 25)]


@pytest.mark.parametrize(
    "near",
    [
        "Van de vier mensen in het team zijn er twee zonder ervaring met dit werk, en dat gaat heel goed.",
        "Van de vier mensen in het team zijn er twee zonder enige eerdere ervaring, en dat gaat heel goed.",
        "Van de vier mensen in het team zijn er twee zonder eerdere werkervaring, en dat gaat heel goed.",
    ],
)
def test_a_negation_counts_where_it_stands_before_the_word_it_turns(index_of, near):
    index = index_of(section(1, APART), section(2, near), *OTHERS)
    assert index.find("zonder ervaring") == [2, 1]


def test_other_neighbours_count_too_but_less(index_of):
    near = "De bewoners van de oude haven komen bijeen."
    index = index_of(section(1, "De haven is open. In de oude school komen de bewoners."), section(2, near), *OTHERS)
    assert index.find("oude haven") == [2, 1]
