"""Sealing the codes that stand in clear in a table: for the migrations that did away with them."""

from django.db import models, transaction

from . import keys
from .bulk import update_rows
from .codes import PURPOSE

BATCH = 2000


def seal_codes(model: type[models.Model], clear: str) -> int:
    """Give each row the mark and the seal of the code in its field ``clear``; how many there were.

    Batch by batch, each in a transaction of its own; stopped half-way, it goes on where it was.
    """
    waiting = model._default_manager.filter(code_mark=None).order_by("pk")
    done = 0
    while rows := list(waiting.values_list("pk", clear)[:BATCH]):
        sealed = [(keys.mark(PURPOSE, code), keys.seal(PURPOSE, code), pk) for pk, code in rows]
        with transaction.atomic():
            update_rows(model, ("code_mark", "code_sealed"), sealed)
        done += len(rows)
    return done
