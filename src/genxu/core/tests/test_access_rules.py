"""Places as ranges of codes; grants, permissions, decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.access import (
    ALLOWED,
    NOBODY,
    PERMISSIONS,
    Actor,
    Decision,
    Grant,
    Kind,
    Permission,
    after,
    denied,
    permission,
    system,
    under,
    within,
)
from genxu.core.errors import Denied
from genxu.regions.models import Region
from tests.cast import COUNTY, FAR, HOME, PLACES, VILLAGE, Cast

LENGTHS = [2, 4, 6, 9, 12, 15]
codes = st.sampled_from(LENGTHS).flatmap(
    lambda n: st.text("0123456789", min_size=n, max_size=n)
).filter(lambda code: code[0] != "0" and not code.startswith("99"))  # fmt: skip
roles = st.sampled_from(["secretary", "village_staff", "auditor"])
grants = st.lists(st.builds(Grant, roles, codes), max_size=6).map(tuple)
actors = grants.map(lambda given_: Actor(Kind.ACCOUNT, "1", "x", given_))


def test_after_421221_comes_421222() -> None:
    assert after("421221") == "421222"
    assert after("421299") == "4213"
    assert after("421221104999") == "421221105"
    assert after("99") == ""
    assert after("099") == "1"


@given(codes, st.text("0123456789", max_size=9))
def test_a_code_below_lies_in_the_range(code: str, rest: str) -> None:
    assert code <= code + rest < after(code)


@given(codes, codes)
def test_only_a_code_below_lies_in_the_range(code: str, other: str) -> None:
    assert (code <= other < after(code)) == other.startswith(code)


@given(actors)
def test_the_widest_places_cover_all_and_do_not_overlap(actor: Actor) -> None:
    places = actor.places()
    for grant in actor.grants:
        assert any(grant.place.startswith(place) for place in places)
    for one in places:
        assert not any(one != other and one.startswith(other) for other in places)
    assert set(places) <= {grant.place for grant in actor.grants}


@given(actors, codes, st.sets(roles))
def test_a_role_holds_at_its_place_and_below(actor: Actor, code: str, wanted: set[str]) -> None:
    holds = actor.holds(wanted, code)
    assert holds == any(g.role in wanted and code.startswith(g.place) for g in actor.grants)
    assert actor.holds_at(wanted, code) <= holds
    assert holds <= actor.plays(wanted)


def test_the_query_says_what_the_prefix_says(cast: Cast) -> None:
    for place in [*PLACES, "421299"]:
        found = set(Region.objects.filter(under(place, "code")).values_list("code", flat=True))
        assert found == {code for code in PLACES if code.startswith(place)}
    assert Region.objects.filter(under("", "code")).count() == len(PLACES)


def test_within_is_the_union_of_the_grants(cast: Cast) -> None:
    def seen(*given_: Grant, only: list[str] | None = None) -> set[str]:
        actor = Actor(Kind.ACCOUNT, "1", "x", given_)
        return set(
            Region.objects.filter(within(actor, "code", only)).values_list("code", flat=True)
        )

    assert seen() == set()
    assert seen(Grant("secretary", HOME)) == {HOME}
    both = seen(Grant("secretary", FAR), Grant("village_staff", VILLAGE))
    assert both == {FAR, *(code for code in PLACES if code.startswith(VILLAGE))}
    assert seen(Grant("secretary", FAR), Grant("auditor", COUNTY), only=["secretary"]) == {FAR}
    assert seen(Grant("system", "")) == set(PLACES)
    assert seen(Grant("secretary", HOME), Grant("system", "")) == set(PLACES)


class Thing:
    place_code = HOME


def rule(actor: Actor, thing: Thing) -> Decision:
    """A rule."""
    return ALLOWED


def make(**changes: object) -> Permission:
    values: dict[str, object] = {"roles": ["secretary"], "public": False, "reading": False}
    return Permission(rule, "do it", **values | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("grant", "allowed"),
    [
        (Grant("secretary", HOME), True),
        (Grant("secretary", VILLAGE), True),
        (Grant("secretary", ""), True),
        (Grant("secretary", FAR), False),
        (Grant("secretary", HOME + "0"), False),
        (Grant("auditor", HOME), False),
    ],
)
def test_denied_unless_a_role_that_counts_is_held_there(grant: Grant, allowed: bool) -> None:
    actor = Actor(Kind.ACCOUNT, "1", "x", (grant,))
    decision = make()(actor, thing=Thing())
    assert bool(decision) is allowed
    assert allowed or str(decision.reason)


def test_two_grants_do_not_add_up_to_a_third() -> None:
    """The role of one and the place of the other give nothing."""
    actor = Actor(Kind.ACCOUNT, "1", "x", (Grant("secretary", FAR), Grant("auditor", HOME)))
    assert not make()(actor, thing=Thing())


def test_nobody_may_only_what_is_public() -> None:
    assert not make()(NOBODY, thing=Thing())
    assert make(public=True)(NOBODY, thing=Thing())


def test_require_raises_with_the_reason() -> None:
    with pytest.raises(Denied) as refused:
        make().require(NOBODY, thing=Thing())
    assert str(refused.value.message)
    make().require(Actor(Kind.ACCOUNT, "1", "x", (Grant("secretary", HOME),)), thing=Thing())


def test_a_permission_is_named_once() -> None:
    before = dict(PERMISSIONS)
    try:
        registered = permission("once", roles=["secretary"])(rule)
        assert registered.name == "tests.rule"
        with pytest.raises(ValueError, match="twice"):
            permission("twice", roles=["secretary"])(rule)
    finally:
        PERMISSIONS.clear()
        PERMISSIONS.update(before)


def test_a_decision_is_true_or_tells_why() -> None:
    assert ALLOWED
    assert not denied("because")
    assert denied("because").reason == "because"


def test_labels_name_nobody() -> None:
    actor = Actor(Kind.ACCOUNT, "7", "罗测春")
    assert actor.label == "account:7"
    assert system("clock").label == "system:clock"
    assert NOBODY.account_id is None
    assert actor.account_id == 7
