"""Who leads an organisation, and the account and the role that come with it: parts of actions."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from genxu.people.granting import give_roles, take_roles
from genxu.people.models import Account, Grant
from genxu.people.numbers import Word, accounts_for, follow
from genxu.people.roles import Role

from . import thresholds
from .models import Member, Organisation, ServedHamlet
from .thresholds import Composition

HEADS = (Member.Duty.SECRETARY, Member.Duty.LEADER)


def served_codes(organisation: Organisation) -> list[str]:
    """The hamlets that it serves now, its seat among them."""
    rows = organisation.served.filter(until=None).order_by("hamlet")
    return list(rows.values_list("hamlet_id", flat=True))


def composition(kind: str, hamlets: Iterable[str], members: Iterable[Member]) -> Composition:
    """These members as the rules see them."""
    full = dict.fromkeys(hamlets, 0)
    present = list(members)
    for member in present:
        if thresholds.votes(member.kind):
            full[member.hamlet_id] = full.get(member.hamlet_id, 0) + 1
    duties = tuple((m.duty, thresholds.votes(m.kind)) for m in present)
    return Composition(kind, full, len(present), duties)


def composition_of(organisation: Organisation) -> Composition:
    """The organisation as the rules see it now: two queries."""
    members = organisation.members.present()
    return composition(organisation.kind, served_codes(organisation), members)


def follow_heads(organisations: Iterable[int], word: Word) -> None:
    """Give who leads now an account and the role at each hamlet, and take the role from others;
    likewise to who signs in as a member, where she lives. Who led before keeps her account,
    whatever her number.

    A fixed number of queries for any number of organisations, given by their keys. Only standing
    ones give a role; one that ends takes it.
    """
    hamlets = _hamlets(organisations)
    concerned = Q(duty__in=HEADS, left_on=None) | Q(signs_in=True) | ~Q(account=None)
    rows = Member.objects.filter(concerned, organisation__in=organisations)
    members = list(rows.select_related("organisation", "account").order_by("account"))
    serving = [m for m in members if m.left_on is None and m.organisation.is_standing]
    heads = {m.pk for m in serving if m.is_head}
    plain = {m.pk for m in serving if m.signs_in}
    held = [m for m in members if m.account_id]
    _take((m for m in held if m.pk not in heads), Role.SECRETARY, hamlets)
    _take((m for m in held if m.pk not in plain), Role.MEMBER, hamlets)
    due = _accounts([m for m in serving if m.pk in heads | plain], word)
    moved = [m for m in members if m.account != due.get(m.pk)]
    for member in moved:
        member.account = due.get(member.pk)
    Member.objects.bulk_update(moved, ["account"], batch_size=500)
    with_account = [m for m in serving if m.pk in due]
    give_roles(
        (due[m.pk], Role.SECRETARY, place)
        for m in with_account
        if m.pk in heads
        for place in hamlets[m.organisation_id]
    )
    give_roles((due[m.pk], Role.MEMBER, m.hamlet_id) for m in with_account if m.pk in plain)


def _accounts(members: Iterable[Member], word: Word) -> dict[int, Account]:
    """Of each that has one or a number to open it with."""
    kept = {one.pk: one.account for one in members if one.account}
    new = [one for one in members if one.pk not in kept and one.phone]
    accounts = accounts_for(((one.phone, one.name) for one in new), word) if new else {}
    return kept | {one.pk: accounts[one.phone] for one in new}


def follow_head(member: Member, was: tuple[str, str], word: Word) -> None:
    """Who has an account has another number, or her name was corrected (``was``): the office stays
    hers."""
    if member.account is None:
        return
    kept = follow(member.account, was, (member.name, member.phone), word)
    if kept != member.account:
        for role in (Role.SECRETARY, Role.MEMBER):
            _take([member], role, _hamlets([member.organisation_id]))
        member.account = kept
        member.save(update_fields=["account"])


def follow_over(into: Member, member: Member, left: str, word: Word) -> None:
    """Who goes over to another organisation (``into``) keeps his account, if he has one; his role
    is where he lives now, and no more in the hamlet that he has left."""
    if into.account is None:
        return
    follow_heads([into.organisation_id], word)
    if member != into:
        member.account = None
        member.save(update_fields=["account"])
    take_roles(Grant.objects.filter(account=into.account, role=Role.MEMBER, place=left))


def _hamlets(organisations: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = ServedHamlet.objects.filter(organisation__in=organisations, until=None)
    for organisation, hamlet in rows.values_list("organisation_id", "hamlet_id"):
        found[organisation].append(hamlet)
    return found


def _take(members: Iterable[Member], role: Role, hamlets: dict[int, list[str]]) -> None:
    """The role ends at once; other roles of the account stay."""
    for member in members:
        held = Grant.objects.filter(account=member.account, role=role)
        take_roles(held.filter(place__in=hamlets[member.organisation_id]))
