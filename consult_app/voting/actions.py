"""What one can do with a motion, from its draft to its declared result. The words stand in one module a noun."""

from consult_app.voting.arriving import arrive, undo_arrival
from consult_app.voting.box_keys import KeyCards, make_cards, open_box
from consult_app.voting.casting import cast_assisted, cast_ballot, cast_by_code, cast_by_hand
from consult_app.voting.closing import close_vote, declare, extend, open_vote
from consult_app.voting.doubting import raise_doubt, settle_doubt, settle_majority
from consult_app.voting.drafting import change_motion, draft_motion, freeze
from consult_app.voting.duplicates import decide_conflict
from consult_app.voting.electing import (
    annul_election,
    change_election,
    close_election,
    draft_election,
    freeze_election,
    open_election,
    record_consent,
)
from consult_app.voting.election_rounds import draft_again, draft_runoff
from consult_app.voting.election_sheets import declare_election, enter_election_tally
from consult_app.voting.issuing import IssuedSlip, hand_out, issue_slips, reissue, spoil, take_back
from consult_app.voting.nominating import nominate
from consult_app.voting.paper import (
    ENTERED_WORDS,
    Entered,
    enter_hand_count,
    enter_paper,
    sign_ballot,
)
from consult_app.voting.proxying import register_proxy, revoke_proxy
from consult_app.voting.publishing import record_list
from consult_app.voting.secret_paper import box_paper, enter_paper_count

__all__ = [
    "ENTERED_WORDS",
    "Entered",
    "IssuedSlip",
    "KeyCards",
    "annul_election",
    "arrive",
    "box_paper",
    "cast_assisted",
    "cast_ballot",
    "cast_by_code",
    "cast_by_hand",
    "change_election",
    "change_motion",
    "close_election",
    "close_vote",
    "decide_conflict",
    "declare",
    "declare_election",
    "draft_again",
    "draft_election",
    "draft_motion",
    "draft_runoff",
    "enter_election_tally",
    "enter_hand_count",
    "enter_paper",
    "enter_paper_count",
    "extend",
    "freeze",
    "freeze_election",
    "hand_out",
    "issue_slips",
    "make_cards",
    "nominate",
    "open_box",
    "open_election",
    "open_vote",
    "raise_doubt",
    "record_consent",
    "record_list",
    "register_proxy",
    "reissue",
    "revoke_proxy",
    "settle_doubt",
    "settle_majority",
    "sign_ballot",
    "spoil",
    "take_back",
    "undo_arrival",
]
