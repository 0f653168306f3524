import json
import re
from datetime import date
from pathlib import Path

import pytest

from consult_app.voting import lawbook, rulebook
from consult_app.voting.rule import Rule

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def book():
    return rulebook.load()


RULES = (
    "owners.ordinary owners.special owners.unanimous_interested owners.call_extraordinary owners_committee.meeting "
    "village.assembly.by_person village.assembly.by_household village.reps village.group.by_person "
    "village.group.by_household village.call_assembly village.call_reps village.election village.election.runoff "
    "village.recall.petition village.recall.vote village.by_election village.yishi.assembly.by_person "
    "village.yishi.assembly.by_household village.yishi.reps urban.assembly.by_person urban.assembly.by_household "
    "urban.reps urban.call_assembly urban.call_reps urban.election.by_person urban.election.by_household "
    "urban.election.by_reps urban.election.runoff urban.recall.petition urban.recall.vote urban.recall.vote.by_reps "
    "collective.assembly collective.reps collective.council collective.outsider_rights"
).split()


@pytest.mark.parametrize("id", RULES)
def test_every_rule_of_the_law_is_in_force_in_2026(book, id):
    assert book.rule(id, TODAY).title


def test_every_citation_resolves_to_text_or_marked_paraphrase(book):
    laws = lawbook.load()
    for rule in book.rules:
        assert rule.citations, rule.id
        for citation in rule.citations:
            article = laws.article(citation.key)
            assert bool(article.text) != bool(article.paraphrase), citation.key
            assert article.citation == citation.words


def test_every_version_cites_law_in_force_while_it_is_itself(book):
    for rule in book.rules:
        for citation in rule.citations:
            law = next(law for law in book.laws.laws for article in law.articles if article.key == citation.key)
            if law.id == "product":  # not law: what this program does where the law is silent
                continue
            assert law.valid_from <= rule.valid_from, (rule.id, citation.words)
            assert law.valid_to is None or (rule.valid_to is not None and rule.valid_to <= law.valid_to), rule.id


def test_no_meeting_of_2025_cites_an_article_of_2026(book):
    for rule in book.in_force(date(2025, 12, 31)):
        assert not [c.key for c in rule.citations if "-2025-" in c.key and "committees" in c.key], rule.id


@pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        ("village.assembly.by_person", "二十二", "二十六"),
        ("village.assembly.by_household", "二十二", "二十六"),
        ("village.reps", "二十六", "三十"),
        ("village.election", "十五", "十八"),
        ("village.election.runoff", "十五", "十八"),
        ("village.recall.petition", "十六", "十九"),
        ("village.recall.vote", "十六", "十九"),
        ("village.group.by_person", "二十八", "三十二"),
        ("village.group.by_household", "二十八", "三十二"),
        ("village.call_assembly", "二十一", "二十五"),
    ],
)
def test_the_articles_moved_at_the_new_year_of_2026(book, id, old, new):
    assert book.rule(id, date(2025, 12, 31)).basis == f"《村民委员会组织法》第{old}条"
    assert book.rule(id, date(2026, 1, 1)).basis == f"《村民委员会组织法》第{new}条"


def test_every_citation_names_law_and_article(book):
    words = re.compile(r"《.+》(第[一二三四五六七八九十百千零]+条)?")
    assert all(words.fullmatch(citation.words) for rule in book.rules for citation in rule.citations)


def test_article_numbers_are_the_statute_s_own():
    article = lawbook.load().article("civil-code-278")
    assert article.citation == "《民法典》第二百七十八条"
    assert "专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决" in article.text


def test_an_unknown_article_is_refused():
    with pytest.raises(lawbook.UnknownArticle):
        lawbook.load().article("civil-code-9999")


def test_a_paraphrase_says_that_it_is_one():
    assert lawbook.load().article("owners-guidelines-38").wording.startswith("（要点，非条文原文）")


def test_meetings_of_2025_cite_the_old_article(book):
    assert book.rule("village.reps", date(2025, 12, 31)).basis == "《村民委员会组织法》第二十六条"
    assert book.rule("village.reps", date(2026, 1, 1)).basis == "《村民委员会组织法》第三十条"


def test_the_proxy_cap_of_three_came_with_the_2025_amendment(book):
    assert book.rule("village.election", date(2025, 6, 1)).proxy.max_per_agent is None
    assert book.rule("village.election", TODAY).proxy.max_per_agent == 3


def test_urban_elections_by_representatives_know_no_proxy(book):
    assert not book.rule("urban.election.by_reps").proxy.allowed


def test_a_day_before_every_version_is_refused(book):
    with pytest.raises(rulebook.NotInForce):
        book.rule("owners.ordinary", date(2020, 12, 31))


def test_an_unknown_rule_is_refused(book):
    with pytest.raises(rulebook.UnknownRule):
        book.rule("owners.nothing")


def test_every_item_of_civil_code_278_has_its_rule(book):
    ids = [book.for_item(item, TODAY).id for item in range(1, 10)]
    assert ids == ["owners.ordinary"] * 5 + ["owners.special"] * 3 + ["owners.ordinary"]


def test_versions_of_one_rule_never_overlap(book):
    for rule in book.rules:
        others = [other for other in book.rules if other.id == rule.id and other is not rule]
        assert not any(other.valid_on(rule.valid_from) for other in others), rule.id


def test_a_kept_copy_reads_back_with_the_same_digest(book):
    for rule in book.rules:
        copy = Rule.from_dict(json.loads(json.dumps(rule.to_dict())))
        assert copy == rule
        assert copy.digest == rule.digest


def test_digests_tell_rules_apart(book):
    assert len({rule.digest for rule in book.rules}) == len(book.rules)


def test_every_electorate_has_its_words(book):
    assert all(rule.electorate_words != rule.electorate for rule in book.rules)


def test_run_offs_name_rules_that_exist(book):
    named = {rule.runoff for rule in book.rules if rule.runoff}
    assert named == {"village.election.runoff", "urban.election.runoff"}
    assert all(book.rule(id) for id in named)


LOCAL = """
[pack]
name = "某市物业管理条例"

[[law]]
id = "some-city"
title = "某市物业管理条例"
short = "某市物业管理条例"
valid_from = 2026-03-01
[[law.article]]
key = "20"
number = "第二十条"
paraphrase = "会议二十日前通知。"

[[rule]]
id = "owners.ordinary"
as = "owners.ordinary"
cite = ["civil-code-278", "some-city-20"]
valid_from = 2026-03-01
notice_days = 20

[[rule]]
id = "some.new_rule"
title = "某种会议"
kind = "meeting"
electorate = "members"
cite = ["some-city-20"]
valid_from = 2026-03-01
participation = { op = ">", ratio = "1/3" }
approval = { base = "present", op = ">", ratio = "1/2" }
"""


def test_a_local_pack_lies_over_the_national_one_with_its_source(tmp_path):
    file = tmp_path / "city.toml"
    file.write_text(LOCAL, "utf-8")
    book = rulebook.load(file)
    local = book.rule("owners.ordinary", TODAY)
    assert (local.source, local.notice_days) == ("某市物业管理条例", 20)
    assert local.participation == book.rule("owners.special").participation
    assert "《某市物业管理条例》第二十条" in local.basis
    assert book.rule("owners.ordinary", date(2026, 2, 1)).source == "国家规定"


def test_adding_a_rule_needs_no_code(tmp_path):
    file = tmp_path / "city.toml"
    file.write_text(LOCAL, "utf-8")
    assert rulebook.load(file).rule("some.new_rule").shares == "参与超过三分之一，同意过半数"


@pytest.mark.parametrize(
    "text",
    [
        "not toml [",
        "[pack]\nname = 'x'\n",
        LOCAL.replace("some-city-20", "nowhere-1"),
        LOCAL.replace('"1/3"', '"3/1"'),
        LOCAL.replace('"1/3"', '"1/0"'),
        LOCAL.replace('kind = "meeting"', 'kind = "party"'),
        LOCAL.replace('kind = "meeting"', 'kind = "petition"'),
        LOCAL.replace('approval = { base = "present", op = ">", ratio = "1/2" }', ""),
        LOCAL.replace('as = "owners.ordinary"', 'as = "owners.nothing"'),
        "rule = 3\n[pack]\nname = 'x'\n",
    ],
)
def test_a_pack_that_makes_no_sense_is_refused_by_name(tmp_path, text):
    file = tmp_path / "broken.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(rulebook.BadPack, match=r"broken\.toml"):
        rulebook.load(file)


def test_a_pack_that_is_not_there_is_refused():
    with pytest.raises(rulebook.BadPack):
        rulebook.load(Path("/nowhere/at/all.toml"))
