"""Who reads the books, and who writes in them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import BankLine, Book, Entry

BOOKERS = (Role.BOOKKEEPER, Role.TOWNSHIP_STAFF)
"""The village's bookkeeper, or the township that keeps its books for it (村账乡代管)."""


@permission(_("See the books"), roles=Book.seen_by, reading=True)
def see_books(actor: Actor) -> Decision:
    """Line by line, for those who keep, watch or audit them; a villager reads what is disclosed
    (财农〔2021〕121号 第三十五、三十六条)."""
    return ALLOWED


@permission(_("Open a book"), roles=[*BOOKERS, SYSTEM_ROLE])
def open_book(actor: Actor, hamlet: Region) -> Decision:
    """One each for the villagers' committee, the collective, a hamlet's running fund (33)."""
    if hamlet.level not in (Level.VILLAGE, Level.HAMLET):
        return denied(_("Books are kept by a village or a hamlet."))
    return ALLOWED


@permission(_("Write in a book"), roles=[*BOOKERS, SYSTEM_ROLE])
def post_entry(actor: Actor, book: Book) -> Decision:
    """By the bookkeeper; whoever spends the money decides nothing here (34)."""
    return ALLOWED


@permission(_("Take an entry back"), roles=[*BOOKERS, SYSTEM_ROLE])
def reverse_entry(actor: Actor, entry: Entry) -> Decision:
    """By another entry that names the reason: nothing is struck out."""
    return ALLOWED


@permission(_("Shut a month"), roles=[*BOOKERS, SYSTEM_ROLE])
def close_month(actor: Actor, book: Book) -> Decision:
    """What is wrong in it is mended in an open month from then on."""
    return ALLOWED


@permission(_("Close a year"), roles=[*BOOKERS, SYSTEM_ROLE])
def close_year(actor: Actor, book: Book) -> Decision:
    """Income and expenses go to 321, and from there to 322."""
    return ALLOWED


@permission(_("Close a book"), roles=[*BOOKERS, SYSTEM_ROLE])
def close_book(actor: Actor, book: Book) -> Decision:
    """When nothing stands on it any more."""
    return ALLOWED


@permission(_("Book a line of the bank"), roles=BOOKERS)
def book_bank_line(actor: Actor, line: BankLine) -> Decision:
    """What the bank says happened, said in words."""
    return ALLOWED
