"""The slips of one vote as PDF, from its motion and the slips as they were issued. Pure."""

from collections.abc import Sequence

from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.documents.slip_words import SlipFace, SlipSheet
from consult_app.documents.slips import slips_pdf
from consult_app.documents.terms import slip_terms
from consult_app.kernel.text import moment_words
from consult_app.voting.facts import MotionFacts
from consult_app.voting.issuing import IssuedSlip


def vote_slips(
    motion: MotionFacts, slips: Sequence[IssuedSlip], *, wifi: str = "", address: str = "", large: bool = False
) -> bytes:
    """The slips of a motion, in their order; `wifi` names the hall's network, `address` is where a code can be typed.

    Refuses what `slips_pdf` refuses.
    """
    sheet = SlipSheet(
        body=motion.body_name,
        matter=motion.title,
        items=tuple(item.text for item in motion.items),
        closes=moment_words(motion.closes_at),
        weight=LEGAL_WORDS[motion.legal_mode],
        signature="" if motion.secret else _signature(motion),
        terms=slip_terms(motion),
        secret=motion.secret,
        wifi=wifi,
        address=address,
        hall_word=motion.hall_word,
    )
    faces = [
        SlipFace(slip.url, slip.human_code, slip.serial, slip.room, slip.codes, slip.words.replace(" ", "　"))
        for slip in slips
    ]
    return slips_pdf(faces, sheet, large=large)


def _signature(motion: MotionFacts) -> str:
    return "业主签名" if "area" in motion.rule.measures else "本人签名"
