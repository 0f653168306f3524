"""What if: a close result names the ballots it hangs on."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from consult_app.voting import rulebook
from consult_app.voting.rules import Choice, Tally, Weight, decide
from consult_app.voting.whatif import Alternative, Doubt, DoubtKind, flips, read_so

RULE = rulebook.load().rule("owners.ordinary", date(2026, 11, 22))


def ballot(choice: Choice, heads: int = 1, kind: DoubtKind = DoubtKind.UNSIGNED) -> Doubt:
    weight = Weight(heads * 100, heads)
    return Doubt(kind, "业主01", (Alternative("签字后计入", weight, gives=choice),))


def tally(for_: int, against: int, eligible: int = 9) -> Tally:
    return Tally(Weight(eligible * 100, eligible), Weight(for_ * 100, for_), Weight(against * 100, against))


def test_one_missing_signature_turns_the_participation():
    """civil-code-278: six of nine take part; with five there is no decision."""
    found = flips(RULE, tally(5, 0), [ballot(Choice.FOR)])
    assert (found.verdict.passed, found.flips[0].verdict.passed, found.together) == (False, True, True)
    assert "1 处单独就能改变结果" in found.words


def test_two_that_turn_it_only_together_are_told():
    found = flips(RULE, tally(4, 0), [ballot(Choice.FOR), ballot(Choice.AGAINST)])
    assert (found.flips, found.together) == ((), True)
    assert "合在一起可能改变结果" in found.words


def test_a_safe_result_says_so():
    found = flips(RULE, tally(8, 0), [ballot(Choice.AGAINST)])
    assert (found.flips, found.together) == ((), False)
    assert "无论怎样认定都不改变结果" in found.words


def test_a_joining_undone_raises_the_bar():
    """Six of nine heads are two thirds; of ten they are not."""
    joining = Doubt(DoubtKind.JOINING, "业主01", (Alternative("撤销", Weight(heads=1), eligible=Weight(heads=1)),))
    found = flips(RULE, tally(6, 0), [joining])
    assert found.flips[0].verdict.code == "PARTICIPATION_HEADS_NOT_MET"


def test_too_many_doubts_are_not_called_safe():
    found = flips(RULE, tally(6, 0, 600), [ballot(Choice.FOR) for _ in range(40)])
    assert found.together is None
    assert "未能逐一推算" in found.words


@given(st.integers(0, 6), st.integers(0, 3), st.lists(st.sampled_from([Choice.FOR, Choice.AGAINST]), max_size=4))
def test_the_answer_agrees_with_trying_every_reading(for_, against, marks):
    start = tally(for_, against, 13)
    doubts = [ballot(mark) for mark in marks]
    reached = {start}
    for doubt in doubts:
        reached |= {read_so(one, doubt.alternatives[0]) for one in reached}
    results = {decide(RULE, one).passed for one in reached}
    assert flips(RULE, start, doubts).together is (len(results) > 1)
