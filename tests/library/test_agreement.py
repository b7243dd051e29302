import pytest

from archive.library.agreement import agree


def pairs(table):
    return [(hand, machine) for (hand, machine), count in table.items() for _ in range(count)]


def test_kappa_is_that_of_the_textbook():
    # Two readers, 50 applications: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa 0.4.
    found = agree(pairs({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}))
    assert (found.coded, found.agreed) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert (found.low, found.high) == (pytest.approx(0.15, abs=0.01), pytest.approx(0.65, abs=0.01))


def test_the_interval_narrows_with_the_sample():
    table = {("a", "a"): 10, ("b", "b"): 10, ("c", "c"): 8, ("a", "b"): 3, ("b", "c"): 2}
    small, large = agree(pairs(table)), agree(pairs({pair: 100 * count for pair, count in table.items()}))
    assert small.kappa == pytest.approx(large.kappa)
    assert (small.high - small.low) == pytest.approx(10 * (large.high - large.low), rel=0.01)


def test_each_category_tells_who_said_what():
    found = agree(pairs({("a", "a"): 3, ("a", "b"): 1, ("b", "b"): 4}))
    first, second = found.categories
    assert (first.category, first.by_hand, first.by_machine, first.both) == ("a", 4, 3, 3)
    assert (first.precision, first.recall, first.machine_said) == (1.0, 0.75, (3, 1))
    assert (second.precision, second.recall) == (0.8, 1.0)


def test_full_agreement_is_one_and_sections_that_were_not_coded_do_not_count():
    found = agree([("a", "a"), ("b", "b"), ("", "b"), ("a", "")])
    assert (found.coded, found.kappa) == (2, 1.0)


@pytest.mark.parametrize("given", [[], [("a", "a"), ("a", "a")]])
def test_kappa_has_no_meaning_without_choice(given):
    assert agree(given).kappa is None
