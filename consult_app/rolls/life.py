"""名册的经过: where a roll stands between its import and the vote, what is to be done next, and why not yet. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from consult_app.kernel.text import day_words, short_day
from consult_app.rolls.publicity import OBJECTION_DAYS, Period
from consult_app.rolls.rules import RollKind


class Stage(StrEnum):
    """The stages of a roll, in their order; a list of members is neither published nor objected to."""

    IMPORTED = "imported"
    CHECKED = "checked"
    PUBLISHED = "published"
    OBJECTED = "objected"
    FROZEN = "frozen"
    AMENDED = "amended"


STAGE_WORDS = {
    Stage.IMPORTED: "导入",
    Stage.CHECKED: "核对",
    Stage.PUBLISHED: "公示",
    Stage.OBJECTED: "异议",
    Stage.FROZEN: "冻结",
    Stage.AMENDED: "变更",
}


class Act(StrEnum):
    """What is to be done next; WAIT when only time has to pass."""

    COMPLETE = "complete"
    DECIDE = "decide"
    PRINT = "print"
    POST = "post"
    ANSWER = "answer"
    WAIT = "wait"
    FREEZE = "freeze"
    VOTE = "vote"
    INSPECT = "inspect"


@dataclass(frozen=True)
class StageFacts:
    """One stage: done, present or waiting, with a few words (a date, 还有 7 天); amber when due, cinnabar when wrong."""

    stage: Stage
    state: str
    note: str = ""
    tone: str = ""

    @property
    def name(self) -> str:
        """The stage as officials call it."""
        return STAGE_WORDS[self.stage]


@dataclass(frozen=True)
class RollLife:
    """The stages of a roll, the next act, and in a sentence what it is or why it must wait."""

    stages: tuple[StageFacts, ...]
    act: Act
    words: str
    tone: str = ""


@dataclass(frozen=True)
class RollState:
    """What a roll's life is told from. `faults` are lines that lack something, `pairs` namesakes nobody decided on;
    `poster_on` is when a paper was made that waits to be put up, `changed` whether the roll differs from what was put up;
    `left_out` are lines of the imported file that were not taken.
    """

    kind: RollKind
    accepted_on: date
    lines: int
    faults: int = 0
    pairs: int = 0
    left_out: int = 0
    poster_on: date | None = None
    period: Period | None = None
    changed: bool = False
    objections: int = 0
    answers_due: tuple[date, ...] = ()
    frozen_on: date | None = None
    intact: bool = True
    amendments: int = 0

    @property
    def is_published(self) -> bool:
        """Whether a roll of this kind is published at all: members vote by name."""
        return self.kind is not RollKind.MEMBERS


def life_of(state: RollState, today: date) -> RollLife:
    """The life of a roll as it stands on a day."""
    stages = [
        StageFacts(Stage.IMPORTED, "done", short_day(state.accepted_on)),
        _checked(state),
        *([_published(state), _objected(state, today)] if state.is_published else []),
        _frozen(state, today),
        _amended(state),
    ]
    act, words, tone = _next(state, today)
    return RollLife(tuple(stages), act, words, tone)


def _checked(state: RollState) -> StageFacts:
    if not state.lines:
        return StageFacts(Stage.CHECKED, "present", "还没有内容", "amber")
    if state.faults:
        return StageFacts(Stage.CHECKED, "present", f"{state.faults} 行待补正", "amber")
    if state.pairs and not (state.period or state.frozen_on):
        return StageFacts(Stage.CHECKED, "present", f"同名 {state.pairs} 处", "amber")
    if state.left_out and not (state.period or state.frozen_on):
        return StageFacts(Stage.CHECKED, "done", f"{state.left_out} 行未采用", "amber")
    return StageFacts(Stage.CHECKED, "done", "已核对")


def _published(state: RollState) -> StageFacts:
    if state.period:
        return StageFacts(Stage.PUBLISHED, "done", short_day(state.period.posted_on))
    if state.frozen_on:
        return StageFacts(Stage.PUBLISHED, "waiting", "未公示")
    if state.faults or state.pairs or not state.lines:
        return StageFacts(Stage.PUBLISHED, "waiting", f"{OBJECTION_DAYS[state.kind]} 天")
    return StageFacts(Stage.PUBLISHED, "present", "待张贴" if state.poster_on else "待公示")


def _objected(state: RollState, today: date) -> StageFacts:
    if state.answers_due:
        late = min(state.answers_due) < today
        return StageFacts(
            Stage.OBJECTED, "present", f"{len(state.answers_due)} 件待答复", "cinnabar" if late else "amber"
        )
    if state.period is None:
        return StageFacts(Stage.OBJECTED, "waiting")
    if not state.period.is_over(today) and not state.frozen_on:
        return StageFacts(Stage.OBJECTED, "present", _left_words(state.period, today))
    return StageFacts(Stage.OBJECTED, "done", f"已答复 {state.objections} 件" if state.objections else "无异议")


def _frozen(state: RollState, today: date) -> StageFacts:
    if state.frozen_on:
        return StageFacts(
            Stage.FROZEN,
            "done",
            short_day(state.frozen_on) if state.intact else "校验不符",
            "" if state.intact else "cinnabar",
        )
    if _next(state, today)[0] is Act.FREEZE:
        return StageFacts(Stage.FROZEN, "present", "可以冻结")
    if state.period and not state.period.is_over(today):
        return StageFacts(Stage.FROZEN, "waiting", f"{short_day(_after(state.period))}起")
    return StageFacts(Stage.FROZEN, "waiting")


def _amended(state: RollState) -> StageFacts:
    if not state.frozen_on:
        return StageFacts(Stage.AMENDED, "waiting")
    return StageFacts(Stage.AMENDED, "present", f"{state.amendments} 项" if state.amendments else "没有变更")


def _next(state: RollState, today: date) -> tuple[Act, str, str]:
    if state.frozen_on:
        if not state.intact:
            return Act.INSPECT, "名册内容与冻结时的校验值不符，请停止使用并立即核查。", "cinnabar"
        return Act.VOTE, "名册已经冻结，可以用于表决；此后的变化登记为变更，名册本身不再改动。", ""
    if not state.lines:
        return Act.COMPLETE, "名册还是空的，请逐行增加，或者导入文件。", "amber"
    if state.faults:
        lacking = "面积、业主或交付情况" if state.kind is RollKind.OWNERS else "出生日期"
        return Act.COMPLETE, f"还不能冻结：有 {state.faults} 行缺少{lacking}，请先补正。", "amber"
    if state.answers_due:
        return _answer(state, today)
    if state.is_published and state.period is None:
        return _publish(state)
    if state.period and not state.period.is_over(today):
        left = _left_words(state.period, today)
        return Act.WAIT, f"还不能冻结：异议期到{day_words(state.period.last_day)}，{left}。", ""
    changed = "公示后名册有更正，冻结的是更正后的内容。" if state.changed else ""
    done = "异议期已满，" if state.period else "名册已核对，"
    left = "" if state.period else _left_out(state)
    return Act.FREEZE, f"{done}可以冻结名册。{changed}{left}", "amber" if left else ""


def _answer(state: RollState, today: date) -> tuple[Act, str, str]:
    due, count = min(state.answers_due), len(state.answers_due)
    if due < today:
        return Act.ANSWER, f"还不能冻结：有 {count} 件异议没有答复，答复期限（{day_words(due)}）已过。", "cinnabar"
    return Act.ANSWER, f"还不能冻结：有 {count} 件异议待答复，最迟{day_words(due)}。", "amber"


def _publish(state: RollState) -> tuple[Act, str, str]:
    if state.pairs:
        return Act.DECIDE, f"有 {state.pairs} 处同名，可能是同一人。请先核对，再公示。", "amber"
    if state.poster_on:
        return Act.POST, "公示稿已做好。打印张贴并拍照以后，登记张贴，异议期从次日起算。", ""
    left = _left_out(state)
    checked = f"{left}确认以后" if left else "名册已核对，请"
    words = f"{checked}制作公示稿并张贴，公示 {OBJECTION_DAYS[state.kind]} 天，听取异议。"
    return Act.PRINT, words, "amber" if left else ""


def _left_out(state: RollState) -> str:
    """What to look at again before others see the roll: a flat that is not on it has no vote, and the total is too small."""
    if not state.left_out:
        return ""
    what = "房屋" if state.kind is RollKind.OWNERS else "人员"
    return f"导入时有 {state.left_out} 行没有采用，请确认没有漏掉{what}。"


def _left_words(period: Period, today: date) -> str:
    left = (period.last_day - today).days
    return f"还有 {left} 天" if left else "今天截止"


def _after(period: Period) -> date:
    return period.last_day + timedelta(days=1)
