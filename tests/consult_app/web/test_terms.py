"""Who decides and what silence means stand on the page on which one votes, before anything is chosen."""

from tests.consult_app.voting import estate

CLAUSE = "第十二条　送达后逾期未交回的，视为同意已表决的“多数意见”<b>"


def test_the_ballot_page_quotes_scope_and_clause(store, phone, owners):
    vote = estate.opened(
        store, owners, scope=(("1", ""),), scope_reason="费用只由1号楼业主分摊", follow_clause=CLAUSE,
        warning_printed=True,
    )  # fmt: skip
    page = phone.get("/V/" + vote.slips[0].token)
    assert "表决范围：本次只由1号楼的业主表决。" in page.text
    assert "特别提示：收到选票后逾期不投票的" in page.text
    assert "多数意见”&lt;b&gt;" in page.text
    assert page.text.index("特别提示") < page.text.index("<form")


def test_a_plain_vote_says_nothing_of_it(phone, vote):
    page = phone.get("/V/" + vote.slips[0].token)
    assert "表决范围" not in page.text
    assert "特别提示" not in page.text
