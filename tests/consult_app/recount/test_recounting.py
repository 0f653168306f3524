"""A second count, that shares no code with the first, agrees with it; and finds what somebody changed."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult_app.recount.reading import Unreadable, hundredths
from consult_app.recount.recounting import recount
from consult_app.rolls import queries as rolls
from consult_app.rolls.actions import join_people
from consult_app.voting import actions, exporting
from tests.consult_app.voting import estate
from tests.consult_app.voting.conftest import owners, village, vote  # noqa: F401
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR, SECRETARY

MIXED = (
    "楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况",
    "1,1,101,80.01,业主甲,,已交付",
    "1,1,102,81.02,业主甲,,已交付",
    "1,1,201,82.03,业主乙、业主丙,,已交付",
    "1,1,202,83.04,业主丁,,已交付",
    "1,1,301,84.05,示范置业有限公司,,未售",
    "1,1,302,85.06,示范置业有限公司,,未售",
    "1,1,401,86.07,业主戊,,未交付",
)


def export(store, motion: int, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in store.ask(exporting.files, motion):
        (folder / name).write_bytes(content)
    return folder


def changed(folder: Path, name: str, where: int, column: str, value: str) -> None:
    """Change one cell of an exported table."""
    lines = list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))
    lines[where][column] = value
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, lines[0])
        writer.writeheader()
        writer.writerows(lines)


@pytest.fixture
def counted(store, vote, tmp_path):  # noqa: F811
    for number, choices in enumerate((FOR, FOR, FOR, FOR, FOR, AGAINST, ABSTAIN)):
        vote.cast(number, choices)
    vote.close()
    return export(store, vote.motion, tmp_path / "out")


def test_both_counts_agree(counted):
    found = recount(counted)
    assert found.differences == ()
    assert found.found == ("应参加表决 9，756.00 ㎡", "第 1 项：同意 5、反对 1、弃权 1、填写无效 0", "第 1 项：通过")


def test_heads_are_formed_anew_from_the_lines(store, owners_body, tmp_path):
    """司法解释9: a joined buyer of two units, co-owners and the developer with three units are one each."""
    estate.import_roll(store, tmp_path / "mixed.csv", owners_body, list(MIXED))
    roll = store.ask(rolls.current_roll, owners_body).id
    first, second = (person for person in store.ask(rolls.people, roll) if person.name == "业主甲")
    store.do(SECRETARY, join_people, second.id, first.id, "本人确认")
    vote = estate.opened(store, owners_body)  # noqa: F811
    assert len(vote.slips) == 4
    for number in range(3):
        vote.cast(number)
    vote.close()
    folder = export(store, vote.motion, tmp_path / "out")
    assert recount(folder).differences == ()
    (folder / "joinings.csv").write_text("人员编号,同一人编号,依据\n", "utf-8")
    assert any("不应与其他业主合并为一人" in line for line in recount(folder).differences)


@pytest.mark.parametrize(
    ("name", "where", "column", "value", "says"),
    [
        ("ballots.csv", 0, "第1项", "反对", "第 1 项同意"),
        ("ballots.csv", 0, "是否计入", "否", "第 1 项"),
        ("ballots.csv", 0, "面积", "999.00", "应为"),
        ("ballots.csv", 0, "人数", "2", "应为 1 人"),
        ("ballots.csv", 0, "票权编号", "p999", "不在票权清册中"),
        ("roll.csv", 0, "面积", "180.00", "应参加表决"),
    ],
)
def test_a_changed_cell_is_found_and_named(counted, name, where, column, value, says):
    changed(counted, name, where, column, value)
    found = recount(counted)
    assert not found.agrees
    assert any(says in line for line in found.differences)


def test_a_changed_verdict_is_found(counted):
    motion = json.loads((counted / "motion.json").read_text("utf-8"))
    motion["result"]["verdict"]["items"]["1"]["code"] = "APPROVAL_HEADS_NOT_MET"
    (counted / "motion.json").write_text(json.dumps(motion), "utf-8")
    assert recount(counted).differences == ("第 1 项结论：重新计票为 PASSED，原结果为 APPROVAL_HEADS_NOT_MET",)


def test_a_second_ballot_of_one_voter_is_found(counted):
    path = counted / "ballots.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[1]]), "utf-8-sig")
    assert any("每人只能计一张" in line for line in recount(counted).differences)


@pytest.mark.parametrize("more", [{}, {"secret": True}])
def test_a_meeting_counts_heads(store, village, tmp_path, more):  # noqa: F811
    vote = estate.opened(store, village, "village.reps", items=("甲", "乙"), **more)  # noqa: F811
    for number in range(4):
        vote.cast(number, {"1": "for", "2": "for" if number < 2 else "against"})
    vote.close()
    folder = export(store, vote.motion, tmp_path / "out")
    assert recount(folder).differences == ()
    assert recount(folder).found[-1] == "第 2 项：未通过"


def test_hands_are_recounted_from_both_tellers(store, village, tmp_path):  # noqa: F811
    vote = estate.opened(store, village, "village.reps")  # noqa: F811
    for teller in ("计票人甲", "计票人乙"):
        counts = {"1": {"for": 3, "against": 1}}
        store.do(SECRETARY, actions.enter_hand_count, vote.motion, teller, counts, 5)
    vote.close()
    folder = export(store, vote.motion, tmp_path / "out")
    assert recount(folder).differences == ()
    changed(folder, "hands.csv", 0, "同意", "4")
    assert "举手计数没有两名计票人一致的记录" in recount(folder).differences


def test_secret_papers_are_recounted_from_both_tellers(store, village, tmp_path):  # noqa: F811
    vote = estate.opened(store, village, "village.reps", secret=True)  # noqa: F811
    vote.cast(0)
    for slip in vote.slips[1:4]:
        store.do(SECRETARY, actions.box_paper, vote.motion, slip.human_code)
    vote.close()
    for teller in ("计票人甲", "计票人乙"):
        counts = {"1": {"for": 2, "invalid": 1}}
        store.do(SECRETARY, actions.enter_paper_count, vote.motion, teller, 3, counts)
    folder = export(store, vote.motion, tmp_path / "out")
    assert recount(folder).differences == ()
    assert "第 1 项：同意 3、反对 0、弃权 0、填写无效 1" in recount(folder).found
    changed(folder, "papers.csv", 0, "同意", "3")
    assert "无记名纸质选票没有两名计票人一致的计数" in recount(folder).differences


def test_a_survey_has_no_verdict(store, owners, tmp_path):  # noqa: F811
    vote = estate.opened(store, owners, legal_mode="survey")  # noqa: F811
    vote.cast(0)
    vote.close()
    assert recount(export(store, vote.motion, tmp_path / "out")).differences == ()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(votes=st.lists(st.sampled_from(["for", "against", "abstain", "paper", ""]), min_size=9, max_size=9))
@pytest.mark.parametrize("rule", ["owners.ordinary", "owners.special"])
def test_both_counts_agree_on_any_vote(store, owners, tmp_path, rule, votes):  # noqa: F811
    vote = estate.opened(store, owners, rule)  # noqa: F811
    for number, choice in enumerate(votes):
        if choice == "paper":
            for teller in ("计票人甲", "计票人乙"):
                vote.paper(number, {}, teller)
        elif choice:
            vote.cast(number, {"1": choice})
    vote.close()
    assert recount(export(store, vote.motion, tmp_path / "out")).differences == ()


def test_a_folder_that_is_no_export_is_unreadable(tmp_path, counted):
    with pytest.raises(Unreadable, match=r"没有 motion\.json"):
        recount(tmp_path)
    (counted / "motion.json").write_text("{}", "utf-8")
    with pytest.raises(Unreadable, match="不是本程序导出"):
        recount(counted)
    with pytest.raises(Unreadable, match="无法识别"):
        hundredths("80,5")
