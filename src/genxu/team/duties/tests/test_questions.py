"""What campaigns ask of inspections: found, and settled with the matter that came of it."""

from datetime import timedelta

from genxu.core import clock
from genxu.institutions.matters.models import Matter
from genxu.people.questions import questions
from genxu.team.duties.models import Found
from tests.cast import Cast

from .factories import noted


def test_what_was_found_is_settled_with_its_matter(cast: Cast) -> None:
    asks, today = questions()["inspections"], clock.today()
    one = noted(cast, Found.SOMETHING, text="塘边有垃圾")
    (row,) = asks.items(today - timedelta(days=30), ())
    assert (row.pk, row.settled) == (one.pk, False)
    assert asks.line(row)[1] == f"/duties/{one.rota_id}/"
    Matter.objects.filter(pk=one.matter).update(state="closed")
    assert asks.items(today - timedelta(days=30), ()).get().settled
    assert not asks.items(today + timedelta(days=1), ()).exists()
