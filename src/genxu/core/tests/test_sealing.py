"""Codes that stood in clear are carried over: each found and read as before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from genxu.core import codes, sealing
from genxu.core.codes import has_code, new_code
from genxu.core.keys import unseal


@pytest.fixture
def old_table(db: None) -> Iterator[type[models.Model]]:
    """A table as it was half-way through the migration."""
    with isolate_apps("genxu.core"):

        class Old(models.Model):
            receipt = models.CharField(max_length=10)
            code_mark = models.CharField(max_length=64, null=True)  # noqa: DJ001
            code_sealed = models.CharField(max_length=160, null=True)  # noqa: DJ001

            class Meta:
                app_label = "core"
                db_table = "old_slips"

            def __str__(self) -> str:
                return self.receipt

        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE old_slips (id INTEGER PRIMARY KEY, receipt VARCHAR(10),"
                " code_mark VARCHAR(64), code_sealed VARCHAR(160))"
            )
        yield Old
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE old_slips")


def test_each_code_is_sealed_batch_by_batch_and_once(
    old_table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 3)
    old = {n: new_code() for n in range(1, 9)}
    old_table.objects.bulk_create(old_table(pk=n, receipt=code) for n, code in old.items())
    assert sealing.seal_codes(old_table, "receipt") == 8
    for n, code in old.items():
        row = old_table.objects.get(has_code(code))
        assert row.pk == n
        assert unseal(codes.PURPOSE, row.code_sealed) == code
    old_table.objects.filter(pk__gt=5).update(code_mark=None)
    assert sealing.seal_codes(old_table, "receipt") == 3, "stopped half-way it goes on"
    assert sealing.seal_codes(old_table, "receipt") == 0
