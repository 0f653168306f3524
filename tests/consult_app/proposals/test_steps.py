import pytest

from consult_app.proposals import records
from consult_app.storage.store import Store
from consult_app.workflow.template import templates
from tests.consult_app.proposals.matters import complete, registered
from tests.fixtures import SECRETARY, HandClock


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)
def test_every_template_can_be_walked_to_its_end(store: Store, clock: HandClock, template) -> None:
    kind = template.applies_to[0]
    from consult_app.bodies.actions import add_body

    body = store.do(SECRETARY, add_body, kind, "示范")
    matter = registered(store, body, template_id=template.id)
    for _ in template.steps:
        complete(store, clock, matter)
    assert store.ask(lambda db: records.matter(db, matter).outcome) == "done"
