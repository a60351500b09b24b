"""Open accounts: drawn up, signed by another one, shown; drawn up anew; a line asked about."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import yuan
from genxu.core.texts import required
from genxu.people.models import Household
from genxu.people.raising import raise_matter
from genxu.places.ledger.models import Book

from . import drawing, queries, rules
from .models import WHY_LIMIT, Disclosure, Pace, Question, Told, shortened
from .workflow import CORRECT, DRAW

ASKED_LIMIT = 100
QUESTIONS_A_DAY = 5
"""So many lines a household asks about within a day: the rest by talking."""
COMMON = "common"
"""大家事一起办: where common money goes concerns the hamlet."""


@action(rules.draw_disclosure, locks="book", also_ended=True)
def draw_up(*, actor: Actor, book: Book) -> Disclosure:
    """The next days of a book, once they are over; that nothing moved is told as well, and the last
    days of one that is closed."""
    check_can_be_drawn(book)
    turn = queries.turn_of(book)
    before = queries.last_shown(book)
    days = drawing.Days(
        turn.since, turn.until, drawing.key_of(book, book.serial),
        drawing.key_of(book, before.upto) if before else None,
    )  # fmt: skip
    one = Disclosure(place_id=book.place_id, book=book, since=turn.since, until=turn.until)
    _draw(one, days, actor, before.closing if before else 0)
    one.remember(actor, DRAW, "")
    return one


def check_can_be_drawn(book: Book) -> None:
    check_none_in_work(book)
    if queries.as_shown(book).is_told_whole:
        raise Conflict(_("This book is closed, and all of it is shown."))
    if queries.turn_of(book).until >= clock.today():
        raise Conflict(_("Those days are not over yet."))


def check_none_in_work(book: Book) -> None:
    if Disclosure.objects.in_work().filter(book=book).exists():
        raise Conflict(_("One is being worked on already: first show that, or drop it."))


def _draw(one: Disclosure, days: drawing.Days, actor: Actor, stood: int) -> None:
    """The lines and sums as the book has them now."""
    found = drawing.drawn(one.book, days, stood)
    for name, value in found.fields().items():
        setattr(one, name, value)
    one.upto = one.book.serial
    one.drawn_by_id = actor.account_id
    one.save()
    drawing.keep_lines(one, found)


@action(rules.keep_disclosure, locks="disclosure")
def redraw_disclosure(*, actor: Actor, disclosure: Disclosure) -> Disclosure:
    """From the books as they are now, once what was wrong is mended there."""
    disclosure.check_step("redraw")
    disclosure.book = _held(disclosure.book_id)
    _draw_again(disclosure, actor)
    return disclosure.advance(actor, "redraw", signed_by=None)


def _held(book: int) -> Book:
    """The book, so that nobody writes in it or draws from it meanwhile."""
    return Book.objects.select_for_update(of=("self",), no_key=True).get(pk=book)


def _draw_again(one: Disclosure, actor: Actor) -> None:
    book, former = one.book, one.replaces
    before = queries.last_shown(book, one.since)
    days = drawing.Days(
        one.since, one.until, drawing.key_of(book, book.serial),
        drawing.key_of(book, before.upto) if before else None,
        drawing.key_of(book, former.upto) if former else None,
    )  # fmt: skip
    _draw(one, days, actor, before.closing if before else 0)


@action(rules.keep_disclosure, locks="disclosure")
def correct_disclosure(*, actor: Actor, disclosure: Disclosure, words: str) -> Disclosure:
    """A newer one of the same days that says what it changes; until it is shown the one that
    everybody has read stands."""
    check_stands(disclosure)
    book = _held(disclosure.book_id)
    check_none_in_work(book)
    why = public_words(disclosure, required(words, WHY_LIMIT))
    one = Disclosure(
        place_id=disclosure.place_id, book=book, since=disclosure.since, until=disclosure.until,
        edition=disclosure.edition + 1, replaces=disclosure, why=why,
    )  # fmt: skip
    _draw_again(one, actor)
    one.remember(actor, CORRECT, "")
    return one


def check_stands(disclosure: Disclosure) -> None:
    if not disclosure.stands:
        raise Conflict(_("Only what is open to all now can be put right by a newer one."))
    if disclosure != queries.last_shown(disclosure.book):
        raise Conflict(_("Later days are open to all already, and go on from these. What is mended "
                         "in the books stands on top of the next ones."))  # fmt: skip


def public_words(disclosure: Disclosure, words: str) -> str:
    """Words that everybody will read; ``Invalid`` if they name somebody who lives or serves
    there."""
    names = drawing.Names.at(disclosure.book, [])
    if names.left_out(words) != words:
        raise Invalid({"words": _("Everybody will read this: please leave out names.")})
    return words


# --- signed, shown -------------------------------------------------------------------------------


@action(rules.sign_disclosure, locks="disclosure")
def sign_disclosure(
    *, actor: Actor, disclosure: Disclosure, no_relative: bool, words: str = ""
) -> Disclosure:
    """A supervisor has read it line by line. Who is related to those who decide on the money or
    keep it leaves it to another one (村民委员会组织法 32): she says so herself, and nothing of it
    is kept. Her remark is read by all."""
    disclosure.check_step("sign")
    if not no_relative:
        raise Invalid({"no_relative": _("Then another supervisor signs; nobody asks you why.")})
    words = public_words(disclosure, words)
    return disclosure.advance(actor, "sign", words=words, signed_by_id=actor.account_id)


@action(rules.sign_disclosure, locks="disclosure")
def send_back(*, actor: Actor, disclosure: Disclosure, words: str) -> Disclosure:
    """What does not agree with slips and decisions is looked at again."""
    words = required(words, WHY_LIMIT)
    return disclosure.advance(actor, "send_back", words=words, signed_by=None)


@action(rules.keep_disclosure, locks="disclosure")
def publish_disclosure(*, actor: Actor, disclosure: Disclosure) -> Disclosure:
    """Open to all from today on, on its page and on the wall; what it replaces says so."""
    disclosure.check_step("publish")
    former = disclosure.replaces
    if former is not None:
        former.advance(actor, "replace")
    return disclosure.advance(actor, "publish", published_on=clock.today())


@action(rules.keep_disclosure, locks="disclosure")
def drop_disclosure(*, actor: Actor, disclosure: Disclosure, words: str) -> Disclosure:
    """Before it was shown; afterwards it is put right by a newer one."""
    return disclosure.advance(actor, "drop", words=required(words, WHY_LIMIT))


@action(rules.set_pace, locks="book", notes=("monthly",))
def set_pace(*, actor: Actor, book: Book, monthly: bool) -> Pace:
    """Each month or each quarter, whatever the number of entries."""
    pace, _made = Pace.objects.update_or_create(book=book, defaults={"monthly": monthly})
    return pace


# --- asked ---------------------------------------------------------------------------------------


@action(rules.ask_line, locks="household")
def ask_line(*, actor: Actor, household: Household, line: Told, words: str) -> Question:
    """A question on a line: it becomes a common matter of her hamlet, which she alone closes."""
    if not household.lives_here:
        raise Conflict(_("You are noted as moved away. Please tell the branch secretary."))
    words = required(words, ASKED_LIMIT)
    own = Question.objects.filter(household__in=household.entries)
    if own.filter(entry=line.entry_id).exists():
        raise Conflict(_("You have asked about this line already: how it stands is on your page."))
    today = clock.today()
    if own.filter(asked_on__gt=today - timedelta(days=1)).count() >= QUESTIONS_A_DAY:
        message = _("That is %(n)s today. Please ring the secretary, or go on tomorrow.")
        raise Conflict(message % {"n": QUESTIONS_A_DAY})
    try:
        matter = raise_matter(
            actor=actor, hamlet=household.hamlet, text=matter_text(line, words),
            household=household, tier=COMMON,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid({"words": error.fields.get("text", error.message)}) from error
    return Question.objects.create(
        hamlet_id=household.hamlet_id, entry_id=line.entry_id, household=household, matter=matter,
        asked_on=today,
    )  # fmt: skip


def matter_text(line: Told, words: str) -> str:
    """The line with its day, and what is asked about it."""
    told = {
        "day": date_format(line.entry.day, "DATE_FORMAT"), "line": shortened(line.text),
        "sum": yuan(line.sum), "words": words,
    }  # fmt: skip
    return _("Accounts, %(day)s “%(line)s”, %(sum)s yuan: %(words)s") % told
