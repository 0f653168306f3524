import json

import pytest

from consult_app.kernel.errors import Missing
from consult_app.proposals.rules import Flag, Outcome
from consult_app.workflow.template import STATE_WORDS, from_data, load, problems, read, templates, templates_for

MINIMAL = """
id = "t"
name = "示例"
applies_to = ["owners"]
[[steps]]
code = "one"
name = "一"
short = "一"
actor = "甲"
back_targets = {back}
[[steps.artefacts]]
code = "paper"
name = "单子"
needs = {needs}
{more}
"""


def minimal(back: str = "[]", needs: str = '["recorded"]', more: str = "") -> str:
    return MINIMAL.format(back=back, needs=needs, more=more)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)
def test_every_shipped_template_is_consistent(template) -> None:
    assert problems(template) == ()


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)
def test_every_shipped_template_speaks_of_known_things_only(template) -> None:
    artefacts = [artefact for step in template.steps for artefact in step.artefacts]
    assert {artefact.when for artefact in artefacts} - {""} <= set(Flag)
    assert {outcome for step in template.steps for outcome in step.outcomes} <= set(Outcome)
    named = {artefact.wait.days for artefact in artefacts if artefact.wait and isinstance(artefact.wait.days, str)}
    assert named <= {"notice", "objection"}
    assert {state for artefact in artefacts for state in artefact.needs} <= set(STATE_WORDS)


def test_the_default_has_the_six_steps_by_name() -> None:
    template = load("six_step_default")
    assert "".join(step.short for step in template.steps) == "提定议决办评"
    assert [step.code for step in template.steps] == [
        "propose",
        "screen",
        "deliberate",
        "decide",
        "implement",
        "review",
    ]


def test_four_discuss_two_open_has_its_six_steps_in_order() -> None:
    names = [step.name for step in load("four_discuss_two_open").steps]
    assert names == ["支部提议", "两委商议", "党员审议", "村民决议", "决议公开", "结果公开"]


def test_a_body_is_offered_the_templates_made_for_it() -> None:
    offered = {kind: [template.id for template in templates_for(kind)] for kind in ("owners", "village", "residents")}
    assert offered["owners"] == ["six_step_default", "owners_written"]
    assert offered["village"] == ["six_step_default", "four_discuss_two_open", "talk_discuss_do_rate"]
    assert offered["residents"] == ["six_step_default", "talk_discuss_do_rate"]


def test_a_copy_reads_back_to_the_same_template_and_digest() -> None:
    template = load("six_step_default")
    copy = from_data(json.loads(json.dumps(template.data)))
    assert (copy.steps, copy.digest) == (template.steps, template.digest)


def test_any_change_of_the_text_changes_the_digest() -> None:
    assert read(minimal()).digest != read(minimal().replace("甲", "乙")).digest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (minimal(back='["two"]'), "one: no way back to two"),
        (minimal(needs="[]"), "paper: needs nothing"),
        (minimal(needs='["painted"]'), "paper: unknown state painted"),
        (minimal(needs='["signed"]'), "paper: nobody signs"),
        (minimal(more='wait = { after = "posted", days = 3 }'), "paper: waits for a state it does not need"),
        (minimal(more="deadline = { days = 3 }"), "paper: its deadline must say from which milestone"),
        (minimal(more='deadline = { days = 3, from = "other.issued" }'), "one: deadline from unknown other.issued"),
        (minimal() + '[[steps.artefacts]]\ncode = "paper"\nname = "又"\nneeds = ["recorded"]', "artefact paper twice"),
    ],
)
def test_an_inconsistent_template_is_told_what_is_wrong(text: str, says: str) -> None:
    assert problems(read(text)) == (says,)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(Missing, match="找不到流程 none"):
        load("none")
