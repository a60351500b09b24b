"""A floor below matters has one opened, and reads how it stands."""

import pytest
from django.urls import reverse

from genxu.core.errors import Invalid
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.people.raising import raise_matter, standing_of
from tests.cast import Cast, Enter


def _raised(cast: Cast, **changes: object) -> Matter:
    given = {"actor": cast.actor("member"), "hamlet": cast.home, "text": "村口的井盖松了"}
    return Matter.objects.get(pk=raise_matter(**{**given, **changes}))  # type: ignore[arg-type]


def test_it_waits_for_the_secretary_with_its_receipt(cast: Cast, enter: Enter) -> None:
    matter = _raised(cast)
    (said,) = matter.suggestions.all()
    assert (said.source, said.noted_by, matter.tier) == (
        Suggestion.Source.SERVICE,
        cast.member,
        "",
    )
    page = enter("secretary").get(reverse("matter", args=[matter.pk]))
    assert "村口的井盖松了" in page.content.decode()


def test_how_it_stands_is_told_without_its_words(
    cast: Cast, django_assert_num_queries: object
) -> None:
    matter = _raised(cast, household=cast.households()[0], tier="personal")
    with django_assert_num_queries(1):  # type: ignore[operator]
        standing = standing_of([matter.pk, None])[matter.pk]
    assert (str(standing.told), standing.ended) == (matter.get_state_display(), False)
    assert standing.url == reverse("matter", args=[matter.pk])
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert standing_of([None]) == {}


def test_what_others_will_read_names_nobody(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        _raised(cast, text="罗测一家门口堵了", household=cast.households()[0], tier="common")
    assert "text" in refused.value.fields
    with pytest.raises(Invalid):
        _raised(cast, text=" ")
