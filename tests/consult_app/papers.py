"""A made-up owners' matter that was discussed and voted on, for tests of its papers."""

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from consult_app.meetings import actions as meetings
from consult_app.meetings.actions import AgendaLine
from consult_app.storage.store import Store
from consult_app.voting import queries as voting
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY, HandClock

EXPECTED = ("业主01", "业主02", "业主03", "业主04", "𬱖䶮")


@dataclass(frozen=True)
class Decided:
    """The numbers of a matter, its meeting and its motion."""

    body: int
    proposal: int
    meeting: int
    motion: int


def decided(store: Store, clock: HandClock, body: int, folder: Path, *, against: int = 2) -> Decided:
    """Nine owners voted by phone, `against` of them against; the vote is declared and the meeting was held."""
    estate.owners_roll(store, folder, body)
    vote = estate.opened(store, body)
    proposal = store.ask(voting.motion, vote.motion).proposal_id
    meeting = held(store, clock, proposal)
    for number in range(8):
        vote.cast(number, estate.AGAINST if number < against else estate.FOR)
    vote.close()
    vote.declare()
    return Decided(body, proposal, meeting, vote.motion)


def held(store: Store, clock: HandClock, proposal: int) -> int:
    """A meeting of four of five that was opened, recorded and closed."""
    meeting = store.do(
        SECRETARY,
        meetings.call,
        proposal,
        title="第三网格议事会",
        place="社区活动室",
        starts_at=clock.now,
        chair="业主01",
        recorder="业主02",
        expected=EXPECTED,
        agenda=(AgendaLine("说明情况", 10), AgendaLine("自由讨论", 30)),
    )
    store.do(SECRETARY, meetings.open_meeting, meeting)
    for name in (*EXPECTED[:3], EXPECTED[4]):
        store.do(SECRETARY, meetings.check_in, meeting, name=name, capacity="业主代表")
    store.do(SECRETARY, meetings.check_in, meeting, name="业主04", status="excused", reason="出差")
    store.do(SECRETARY, meetings.check_in, meeting, name="物业服务人", status="observer")
    for speaker, position, text in (
        ("业主01", "说明", "电梯方案已由设计单位完成。"),
        ("业主03", "赞成", "按楼层分摊比较公平。"),
        ("𬱖䶮", "反对", "一层采光受影响。"),
        ("物业服务人", "提问", "施工期间消防通道怎么保证？"),
    ):
        store.do(SECRETARY, meetings.state, meeting, speaker=speaker, capacity="业主", position=position, text=text)
    store.do(
        SECRETARY,
        meetings.record_opinion,
        meeting,
        agreed="1. 同意加装电梯。\n2. 费用按楼层系数分摊。",
        dissent="一户担心采光。",
    )
    clock.forward(minutes=90)
    store.do(SECRETARY, meetings.close_meeting, meeting)
    return meeting


def photo(width: int = 64, shade: int = 200) -> tuple[str, bytes]:
    """A small picture to stand for a photo."""
    data = io.BytesIO()
    picture = Image.new("L", (width, 48), shade)
    ImageDraw.Draw(picture).line((0, 0, width, 48), fill=0)
    picture.save(data, "PNG")
    return "张贴.png", data.getvalue()


def text_of(content: bytes) -> str:
    """All text of a PDF without white space, so that a line broken on the page still reads as one."""
    return "".join("".join(lines_of(content)).split())


def lines_of(content: bytes) -> list[str]:
    """The lines of text of a PDF, page after page."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    finally:
        document.close()
    return [line.strip() for page in pages for line in page.splitlines()]


def page_count(content: bytes) -> int:
    """Pages of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as found:
        return len(found.pages)
