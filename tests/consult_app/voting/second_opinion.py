"""A second reading of the law for the tests: plain fractions, thresholds typed by hand, no line shared with the program."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor

from tests.consult_app.voting.second_count import counted

HALF, THIRD, FIFTH, TENTH = Fraction(1, 2), Fraction(1, 3), Fraction(1, 5), Fraction(1, 10)
TWO_THIRDS, THREE_QUARTERS = Fraction(2, 3), Fraction(3, 4)

MEETINGS = {
    # rule: quorum, approval, whether the approval is of all (else of those present)
    "village.assembly.by_person": ((">", HALF), (">", HALF), False),
    "village.assembly.by_household": ((">=", TWO_THIRDS), (">", HALF), False),
    "village.yishi.assembly.by_person": ((">", HALF), (">", HALF), False),
    "village.yishi.assembly.by_household": ((">=", TWO_THIRDS), (">", HALF), False),
    "village.reps": ((">=", TWO_THIRDS), (">", HALF), False),
    "village.group.by_person": ((">=", TWO_THIRDS), (">", HALF), False),
    "village.group.by_household": ((">=", TWO_THIRDS), (">", HALF), False),
    "urban.assembly.by_person": ((">", HALF), (">", HALF), False),
    "urban.assembly.by_household": ((">", HALF), (">", HALF), False),
    "urban.assembly.by_group_reps": ((">", HALF), (">", HALF), False),
    "urban.reps": ((">=", TWO_THIRDS), (">", HALF), False),
    "collective.assembly": ((">=", TWO_THIRDS), (">=", TWO_THIRDS), True),
    "collective.reps": (None, (">=", TWO_THIRDS), True),
    "collective.council": ((">=", TWO_THIRDS), (">", HALF), True),
    "collective.outsider_rights": (None, (">=", THREE_QUARTERS), True),
    "owners_committee.meeting": ((">", HALF), (">", HALF), True),
}
RECALLS = {
    "village.recall.vote": (">", HALF),
    "urban.recall.vote": (">", HALF),
    "urban.recall.vote.by_person": (">", HALF),
    "urban.recall.vote.by_household": (">", HALF),
    "urban.recall.vote.by_reps": (">", TWO_THIRDS),
}
ELECTIONS = {
    "village.election": (">", HALF),
    "village.by_election": (">", HALF),
    "urban.election.by_person": (">", HALF),
    "urban.election.by_household": (">", HALF),
    "urban.election.by_reps": (">", TWO_THIRDS),
    "urban.by_election.by_person": (">", HALF),
    "urban.by_election.by_household": (">", HALF),
    "urban.by_election.by_reps": (">", TWO_THIRDS),
}
RUNOFFS = ("village.election.runoff", "urban.election.runoff")
PETITIONS = {
    # rule: whether any route is enough, and the routes: signed, of, share
    "owners.call_extraordinary": (False, [("signer_heads", "total_heads", FIFTH)]),
    "owners.call_extraordinary.dual": (
        False,
        [("signer_area", "total_area", FIFTH), ("signer_heads", "total_heads", FIFTH)],
    ),
    "village.call_assembly": (True, [("signers", "villagers", TENTH), ("rep_signers", "reps", THIRD)]),
    "village.call_reps": (True, [("rep_signers", "reps", FIFTH)]),
    "village.recall.petition": (True, [("signers", "voters_total", FIFTH), ("rep_signers", "reps", THIRD)]),
    "urban.call_assembly": (True, [("signers", "eligible", TENTH), ("rep_signers", "reps", THIRD)]),
    "urban.call_reps": (True, [("rep_signers", "reps", FIFTH)]),
    "urban.recall.petition": (True, [("signers", "voters_total", TENTH), ("rep_signers", "reps", THIRD)]),
}
NOTICES = {"owners.notice": 15, "village.assembly.notice": 10, "urban.assembly.notice": 10}
PROXIES = ("village.proxy_check", "urban.proxy_check")


def opinion(rule, inputs):
    """What the law makes of a case: the keys of `expected`, and under `shares` each measure's own numbers."""
    for known, read in (
        (MEETINGS, _meeting), (RECALLS, _recall), (ELECTIONS, _election), (RUNOFFS, _runoff), (PETITIONS, _petition),
        (NOTICES, _notice), (PROXIES, _proxies),
    ):  # fmt: skip
        if rule in known:
            return read(rule, inputs)
    return SINGLE[rule](rule, inputs)


def share(name, part, whole, threshold):
    """One measure: name, numerator, denominator, needed, shortfall, met. Areas in steps of 0.01."""
    op, ratio = threshold
    step = Fraction(1, 100) if name.endswith("area") or name.startswith("area:") else Fraction(1)
    exact = whole * ratio / step
    needed = (floor(exact) + 1 if op == ">" else ceil(exact)) * step
    met = whole > 0 and (part / whole > ratio if op == ">" else part / whole >= ratio)
    return (name, part, whole, needed, max(Fraction(0), needed - part), met)


def judged(shares, codes, **facts):
    code = next((codes[name] for name, *_, met in shares if not met), "PASSED")
    return {"passed": code == "PASSED", "code": code, "shares": shares, **facts}


def refused(**facts):
    return {"passed": None, "code": "INPUT_INCONSISTENT", **facts}


AREA_AND_HEADS = {
    f"{gate}_{measure}": f"{gate.upper()}_{measure.upper()}_NOT_MET"
    for gate in ("participation", "approval")
    for measure in ("area", "heads")
}


def _pair(value):
    return {"area": Fraction(value["area"]), "heads": Fraction(value["heads"])}


def _owners(rule, inputs):
    bar = (">=", THREE_QUARTERS) if rule == "owners.special" else (">", HALF)
    total = {"area": Fraction(inputs["total_area"]), "heads": Fraction(inputs["total_heads"])}
    cast = {name: _pair(inputs[name]) for name in ("for", "against", "abstain", "invalid_mark")}
    silent = _pair(inputs.get("delivered_not_returned", {"area": "0", "heads": 0}))
    policy = inputs.get("policy", {})
    taken = [name for name in cast if name != "invalid_mark" or policy.get("invalid_mark_participates", True)]
    part = {m: sum(cast[name][m] for name in taken) for m in ("area", "heads")}
    shown = {"part_area": part["area"], "part_heads": part["heads"]}
    if any(sum(c[m] for c in cast.values()) + silent[m] > total[m] or total[m] == 0 for m in ("area", "heads")):
        return refused(**shown)
    follows = policy.get("no_return") == "follow_majority" and all(
        (policy.get("clause_in_rules"), policy.get("delivery_proved"), policy.get("warning_printed", True))
    )
    flag = {}
    if follows and any(silent.values()):
        ahead = {_ahead(cast, m) for m in ("area", "heads")}
        part = {m: part[m] + silent[m] for m in part}
        shown = {"part_area": part["area"], "part_heads": part["heads"]}
        if ahead not in ({"for"}, {"against"}):
            return {"passed": None, "code": "NEEDS_REVIEW_MAJORITY_SPLIT", **shown}
        cast["for"] = {m: cast["for"][m] + (silent[m] if ahead == {"for"} else 0) for m in part}
        flag = {"flag": "CONTESTED_FOLLOW_MAJORITY"}
    shares = [share(f"participation_{m}", part[m], total[m], (">=", TWO_THIRDS)) for m in ("area", "heads")]
    shares += [share(f"approval_{m}", cast["for"][m], part[m], bar) for m in ("area", "heads")]
    return judged(shares, AREA_AND_HEADS, **shown, **flag)


def _ahead(cast, measure):
    best = max(cast[name][measure] for name in ("for", "against", "abstain"))
    first = [name for name in ("for", "against", "abstain") if cast[name][measure] == best]
    return first[0] if len(first) == 1 else "nobody"


def _meeting(rule, inputs):
    quorum, approval, of_all = MEETINGS[rule]
    policy = inputs.get("policy", {})
    if policy.get("quorum") == "two_thirds":
        quorum = (">=", TWO_THIRDS)
    if policy.get("approval") == "at_least_half":
        approval = (">=", HALF)
    total, present, yes = (
        Fraction(inputs[key]) for key in ("members" if "members" in inputs else "eligible", "present", "for")
    )
    spoken = yes + sum(inputs.get(key, 0) for key in ("against", "abstain", "invalid", "left_early"))
    if total == 0 or present > total or spoken > present:
        return refused()
    shares = [share("quorum", present, total, quorum)] if quorum else []
    shares.append(share("approval", yes, total if of_all else present, approval))
    return judged(shares, {"quorum": "QUORUM_NOT_MET", "approval": "APPROVAL_NOT_MET"})


def _recall(rule, inputs):
    gate = RECALLS[f"{rule}.{inputs['mode']}" if "mode" in inputs else rule]
    total, voters, yes = (Fraction(inputs[key]) for key in ("registered", "voters", "for"))
    if total == 0 or voters > total or yes > voters:
        return refused()
    shares = [share("turnout", voters, total, gate), share("approval", yes, voters, (">", HALF))]
    return judged(shares, {"turnout": "TURNOUT_NOT_MET", "approval": "APPROVAL_NOT_MET"})


def _levy(_rule, inputs):
    total, yes = Fraction(inputs["households"]), Fraction(inputs["for_households"])
    here = sum((Fraction(rep["households"]) for rep in inputs["reps"]), Fraction(0))
    if total == 0 or here > total or yes > here:
        return refused(represented=here)
    shares = [share("quorum", here, total, (">=", TWO_THIRDS)), share("approval", yes, here, (">", HALF))]
    return judged(shares, {"quorum": "QUORUM_NOT_MET", "approval": "APPROVAL_NOT_MET"}, represented=here)


def _unanimous(_rule, inputs):
    total, yes = Fraction(inputs["interested"]), Fraction(inputs["for"])
    if total == 0 or yes > total:
        return refused()
    return judged([("unanimity", yes, total, total, total - yes, yes == total)], {"unanimity": "NOT_UNANIMOUS"})


def _petition(rule, inputs):
    any_route, routes = PETITIONS[rule]
    told = [route for route in routes if route[0] in inputs]
    pairs = [(Fraction(inputs[signed]), Fraction(inputs[of]), ratio) for signed, of, ratio in told]
    if any(signed > of for signed, of, _ in pairs) or not any(of for _, of, _ in pairs):
        return refused()
    met = [of > 0 and signed >= of * ratio for signed, of, ratio in pairs]
    passed = any(met) if any_route else all(met)
    return {"passed": passed, "code": "PASSED" if passed else "PETITION_NOT_MET"}


def _days(earlier, later):
    return (date.fromisoformat(later) - date.fromisoformat(earlier)) // timedelta(days=1)


def _notice(rule, inputs):
    days = _days(inputs["notice_date"], inputs["meeting_date"])
    enough = days >= NOTICES[rule]
    return {"passed": enough, "code": "PASSED" if enough else "NOTICE_TOO_SHORT", "days": days}


def _board(_rule, inputs):
    days = _days(inputs["posted"], inputs["removed"])
    if days < 0:
        return refused(days=days)
    enough = days >= inputs.get("min_days", 15)
    return {"passed": enough, "code": "PASSED" if enough else "PUBLICITY_TOO_SHORT", "days": days}


def _extension(_rule, inputs):
    closes, said, until = (datetime.fromisoformat(inputs[key]) for key in ("closes", "announced_at", "extended_to"))
    if until <= closes:
        return refused()
    if not inputs["rules_allow"]:
        return {"passed": False, "code": "EXTENSION_NOT_ALLOWED"}
    return {"passed": said < closes, "code": "PASSED" if said < closes else "EXTENSION_TOO_LATE"}


def _proxies(_rule, inputs):
    if inputs["agent_is_candidate"]:
        return {"passed": False, "code": "PROXY_CANDIDATE", "accepted": 0}
    mandates = inputs["mandates"]
    return {
        "passed": mandates <= 3,
        "code": "PASSED" if mandates <= 3 else "PROXY_LIMIT",
        "accepted": min(3, mandates),
    }


def _mark(_rule, inputs):
    marks = inputs["marks"]
    if len(set(marks)) > inputs["seats"]:
        return {"passed": False, "code": "OVERVOTE"}
    if len(set(marks)) < len(marks):
        return {"passed": False, "code": "SAME_PERSON_TWICE"}
    return {"passed": True, "code": "PASSED" if marks else "BLANK_ABSTAIN"}


def _seated(passed, seats, rank, short):
    """The names elected from those who passed, in order; a tie over the last seat leaves it open."""
    order = sorted(passed, key=rank, reverse=True)
    if len(order) > seats and rank(order[seats - 1]) == rank(order[seats]):
        clear = [name for name in order if rank(name) > rank(order[seats])]
        return {"passed": False, "code": "TIE_REVOTE", "elected": clear}
    if len(order) < seats:
        return {"passed": False, "code": short, "elected": order}
    return {"passed": True, "code": "PASSED", "elected": order[:seats]}


def _papers(inputs):
    votes, valid = inputs["candidates"], inputs["collected"] - inputs["invalid"]
    sound = votes and inputs["seats"] > 0 and inputs["registered"] > 0 and inputs["voters"] <= inputs["registered"]
    full = valid >= 0 and max(votes.values(), default=0) <= valid and sum(votes.values()) <= valid * inputs["seats"]
    return votes, sound, full


def _election(rule, inputs):
    votes, sound, full = _papers(inputs)
    if not sound:
        return refused(elected=[])
    if inputs["collected"] > inputs["voters"]:
        return {"passed": False, "code": "MORE_BALLOTS_THAN_VOTERS", "elected": []}
    if not full:
        return refused(elected=[])
    turnout = share("turnout", Fraction(inputs["voters"]), Fraction(inputs["registered"]), ELECTIONS[rule])
    if not turnout[-1]:
        return {"passed": False, "code": "TURNOUT_NOT_MET", "elected": [], "shares": [turnout]}
    passed = [name for name, number in votes.items() if 2 * number > inputs["voters"]]
    return _seated(passed, inputs["seats"], votes.get, "RUNOFF_REQUIRED")


def _runoff(_rule, inputs):
    votes, sound, full = _papers(inputs)
    if not sound:
        return refused(elected=[])
    if inputs["collected"] > inputs["voters"]:
        return {"passed": False, "code": "MORE_BALLOTS_THAN_VOTERS", "elected": []}
    if not full:
        return refused(elected=[])
    passed = [name for name, number in votes.items() if inputs["collected"] and 3 * number >= inputs["collected"]]
    return _seated(passed, inputs["seats"], votes.get, "SEAT_VACANT")


def _committee(_rule, inputs):
    total = {"area": Fraction(inputs["total_area"]), "heads": Fraction(inputs["total_heads"])}
    part = {"area": Fraction(inputs["part_area"]), "heads": Fraction(inputs["part_heads"])}
    votes = {n: {"area": Fraction(a), "heads": Fraction(h)} for n, (a, h) in inputs["candidates"].items()}
    seats = inputs["seats"]
    for m in ("area", "heads"):
        most = max(v[m] for v in votes.values())
        if total[m] == 0 or part[m] > total[m] or most > part[m] or seats == 0:
            return refused(elected=[])
    shares = [share(f"participation_{m}", part[m], total[m], (">=", TWO_THIRDS)) for m in ("area", "heads")]
    gate = judged(shares, AREA_AND_HEADS, elected=[])
    if not gate["passed"]:
        return gate
    passed = [name for name, v in votes.items() if all(2 * v[m] > part[m] for m in v)]
    return _seated(passed, seats, lambda name: (votes[name]["heads"], votes[name]["area"]), "SEATS_NOT_FILLED")


def _papers_of_owners(rule, inputs):
    sums, totals, review = counted(inputs)
    if review:
        return {"passed": None, "code": min(review), **totals}
    whole = {"total_area": totals["total_area"], "total_heads": totals["total_heads"], **sums}
    return {**_owners(rule.removesuffix(".from_ballots"), whole | {"policy": inputs.get("policy", {})}), **totals}


SINGLE = {
    "owners.ordinary": _owners,
    "owners.special": _owners,
    "owners.ordinary.from_ballots": _papers_of_owners,
    "owners.special.from_ballots": _papers_of_owners,
    "owners.unanimous_interested": _unanimous,
    "owners.committee_election": _committee,
    "village.yishi.reps": _levy,
    "publicity.board": _board,
    "policy.extension": _extension,
    "ballot.mark": _mark,
}
