"""Persons, and numbers that pass through their hands: offices are given and taken, numbers and
names corrected, in any order, by people who answer truly when they are asked.

An account never acts for two persons; who holds an office keeps it through each change of her
number; a number signs in at most whose it was last said to be.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.organisation.branches import member_actions
from genxu.organisation.branches.models import Member
from genxu.organisation.branches.tests import factories as branch
from genxu.organisation.centre_households import actions as centre_actions
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests import factories as centre
from genxu.people import household_actions
from genxu.people.models import Account, Household
from genxu.people.numbers import Asked, NumberIs, answer_on
from genxu.people.roles import Role
from tests.cast import HOME, NOW, Cast, everybody

from .factories import household

PHONES = [f"1380000000{n}" for n in range(5)]
NAMES = {"罗测甲": "甲", "罗测乙": "乙", "罗测丙": "丙", "罗测嘉": "甲", "罗测兰": "兰"}
"""Name → person: one of them is written in two ways."""
phones, names, doors = st.sampled_from(PHONES), st.sampled_from([*NAMES]), st.integers(1, 3)


class Numbers(RuleBasedStateMachine):
    @initialize()
    def settle(self) -> None:
        self.world = transaction.atomic()
        self.world.__enter__()
        self.time = clock.at(NOW)
        self.time.__enter__()
        self.cast: Cast = everybody()
        self.person: dict[int, str] = {}
        """Account → the person for whom it was opened."""
        self.owner: dict[str, str] = {}
        """Number → whose it was last said to be, where an office depends on it."""
        self.branch = branch.founded(self.cast)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.time.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)

    def holders(self) -> dict[str, tuple[str, Account | None]]:
        """Office → name and account of who holds it."""
        found: dict[str, tuple[str, Account | None]] = {}
        for one in CentreHousehold.objects.serving().select_related("account"):
            found[f"centre {one.household_id}"] = (one.person_name, one.account)
        head = self.members.get(duty="secretary")
        found["head"] = (head.name, head.account)
        return found

    @property
    def members(self) -> Any:
        return self.branch.members.present().select_related("account").order_by("pk")

    def truth(self, asked: Asked, name: str) -> str:
        is_same = self.person.get(asked.account) == NAMES[name]
        return answer_on(asked.account, NumberIs.SAME if is_same else NumberIs.HERS)

    def do(self, name: str, act: Callable[..., Any]) -> bool:
        """Take an action on this person; asked, the truth is said: whether the account is hers."""
        try:
            with transaction.atomic():
                act("")
        except Conflict:
            return False
        except Invalid as error:
            if not isinstance(error, Asked):
                return False
            try:
                with transaction.atomic():
                    act(self.truth(error, name))
            except (Conflict, Invalid):  # two questions at once: one after the other, then
                return False
        return True

    def correct_number(self, office: str, name: str, phone: str, act: Callable[..., Any]) -> None:
        """Her name stands; the account that had the number stays hers."""
        _name, before = self.holders()[office]
        if self.do(name, act) and before is not None:
            _name, after = self.holders()[office]
            assert after is not None, "an office lost its account with a number"
            assert after.phone == phone, "the number did not follow"
            assert self.person[before.pk] == self.person.get(after.pk, self.person[before.pk])
            self.owner[phone] = NAMES[name]

    # --- what is done ---------------------------------------------------------------------------

    @rule(door=doors, name=names, phone=phones)
    def appoint(self, door: int, name: str, phone: str) -> None:
        mine = household(door)
        if f"centre {mine.pk}" in self.holders():
            return
        Household.objects.filter(pk=mine.pk).update(phone=phone)
        mine.refresh_from_db()
        one = centre.selected(self.cast, mine, name=name)

        def act(number_is: str) -> Any:
            return centre_actions.appoint_centre_household(
                actor=centre.township_of(self.cast, HOME), centre_household=one,
                number_is=number_is,
            )  # fmt: skip

        if self.do(name, act):
            self.owner[phone] = NAMES[name]
        else:
            centre.take(self.cast, "withdraw", centre.fresh(one))

    @rule(door=doors)
    def end(self, door: int) -> None:
        for one in CentreHousehold.objects.serving().filter(household=household(door)):
            centre.take(self.cast, "leave", one)

    @rule(door=doors, phone=phones, itself=st.booleans())
    def correct_household(self, door: int, phone: str, itself: bool) -> None:
        mine = household(door)
        office = f"centre {mine.pk}"
        name, account = self.holders().get(office, ("", None))

        def act(number_is: str) -> Any:
            if itself:
                return household_actions.correct_own_record(
                    actor=centre.holder(mine), household=mine, phone=phone,
                    head_count=mine.head_count,
                )  # fmt: skip
            return household_actions.correct_household(
                actor=self.cast.actor("secretary"), household=mine, head_name=mine.head_name,
                phone=phone, head_count=mine.head_count, number_is=number_is,
            )  # fmt: skip

        follows = account is not None and account.phone in (None, mine.phone)
        if follows and phone != mine.phone:
            self.correct_number(office, name, phone, act)
        else:
            act("")

    @rule(door=doors, name=names)
    def correct_holder(self, door: int, name: str) -> None:
        """Her name is written otherwise, or another person serves there by now."""
        one = CentreHousehold.objects.serving().filter(household=household(door)).first()
        if one is None:
            return

        def act(number_is: str) -> Any:
            return centre_actions.correct_centre_household(
                actor=centre.township_of(self.cast, HOME), centre_household=centre.fresh(one),
                person_name=name, duties=one.duties, number_is=number_is,
            )  # fmt: skip

        try:
            with transaction.atomic():
                act("")
        except Asked as error:
            try:
                with transaction.atomic():
                    act(self.truth(error, name))
            except Invalid:
                return
        account = centre.fresh(one).account
        if account is not None and account.phone:
            self.owner[account.phone] = NAMES[name]

    @rule(which=st.integers(0, 2), phone=phones)
    def correct_member(self, which: int, phone: str) -> None:
        member = self.members[which]

        def act(number_is: str) -> Any:
            return member_actions.correct_member(
                actor=self.cast.actor("township_staff"), organisation=self.branch, member=member,
                name=member.name, kind=member.kind, phone=phone, number_is=number_is,
            )  # fmt: skip

        if member.is_head and phone != member.phone:
            follows = member.account.phone in (None, member.phone)
            if follows:
                self.correct_number("head", member.name, phone, act)
        else:
            self.do(member.name, act)

    @rule(which=st.integers(0, 2))
    def lead(self, which: int) -> None:
        chosen = self.members[which]
        if not chosen.phone:
            return
        duties = [(m.pk, "secretary" if m.pk == chosen.pk else "") for m in self.members]

        def act(number_is: str) -> Any:
            return member_actions.change_duties(
                actor=self.cast.actor("township_staff"), organisation=self.branch, duties=duties,
                number_is=number_is,
            )  # fmt: skip

        if not chosen.is_head and self.do(chosen.name, act):
            self.owner[chosen.phone] = NAMES[chosen.name]

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def nobody_has_what_is_another_s(self) -> None:
        if not hasattr(self, "branch"):
            return
        held = set()
        for office, (name, account) in self.holders().items():
            if account is not None:
                held.add(account.pk)
                person = self.person.setdefault(account.pk, NAMES[name])
                assert person == NAMES[name], f"{office}: an account acts for two persons"
                role = Role.SECRETARY if office == "head" else Role.CENTRE_HOUSEHOLD
                assert account.grants.filter(role=role, place=HOME).exists(), office
        for account in Account.objects.that_may_sign_in().filter(pk__in=self.person):
            assert account.pk in held, "it acts without an office"
            if account.phone in self.owner:
                assert self.person[account.pk] == self.owner[account.phone], "a number of another"
        rows = Member.objects.filter(organisation=self.branch).exclude(account=None)
        assert not rows.exclude(duty="secretary").exists()


@pytest.mark.django_db
def test_numbers_pass_hands_and_offices_do_not(db: None) -> None:
    run_state_machine_as_test(
        Numbers,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
