"""The filled ballots of one vote as PDF, to be signed, from its motion and what voters chose. Pure."""

from collections.abc import Sequence

from consult_app.documents.ballots import BallotSheet, FilledBallot, ballots_pdf
from consult_app.documents.terms import slip_terms
from consult_app.kernel.text import moment_words
from consult_app.voting.choices import CHANNEL_WORDS
from consult_app.voting.facts import FilledBallot as StoredBallot
from consult_app.voting.facts import MotionFacts
from consult_app.voting.rules import CHOICE_WORDS


def vote_ballots(motion: MotionFacts, ballots: Sequence[StoredBallot]) -> bytes:
    """The filled ballots of a closed motion, in their order. Refuses what `ballots_pdf` refuses."""
    sheet = BallotSheet(
        body=motion.body_name,
        matter=motion.title,
        items=tuple(item.text for item in motion.items),
        signature="业主签名" if "area" in motion.rule.measures else "本人签名",
        terms=slip_terms(motion),
    )
    filled = [
        FilledBallot(
            code=ballot.human_code,
            scan=ballot.human_code,
            serial=ballot.serial,
            voter="、".join(ballot.names) or ballot.label,
            choices=tuple(CHOICE_WORDS[choice] for _, choice in ballot.choices),
            room="、".join(ballot.rooms),
            cast_at=f"{moment_words(ballot.at)}（{CHANNEL_WORDS[ballot.channel]}）",
        )
        for ballot in ballots
    ]
    return ballots_pdf(filled, sheet)
