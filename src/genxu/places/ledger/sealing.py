"""The triggers by which the database itself keeps the books: the same laws on both.

The lines of an entry are written first (their foreign key is looked at when all is committed), then
the entry: the trigger of its insertion sees them all. So neither database needs to defer a sum.
"""

UNBALANCED = "the lines of an entry sum to zero"
TOO_LATE = "an entry that stands takes no more lines"
SHUT = "this month is shut"

_SUM = """SELECT COUNT(*) < 2 OR SUM(debit) <> SUM(credit) OR SUM(debit) <> NEW.amount
FROM ledger_line WHERE entry_id = NEW.id"""
_STANDS = "SELECT EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)"
_SHUT = "SELECT COALESCE(NEW.day <= closed_until, FALSE) FROM ledger_book WHERE id = NEW.book_id"
LAWS = (
    ("ledger_entry", "balanced", _SUM, UNBALANCED),
    ("ledger_entry", "open_month", _SHUT, SHUT),
    ("ledger_line", "before_its_entry", _STANDS, TOO_LATE),
)


def statements_on(vendor: str) -> list[str]:
    """The SQL that sets them."""
    made = []
    for table, name, broken, said in LAWS:
        if vendor == "postgresql":
            made += [
                f"CREATE OR REPLACE FUNCTION genxu_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF ({broken}) THEN RAISE EXCEPTION '{said}' USING ERRCODE = '23514'; "
                "END IF; RETURN NEW; END $$",
                f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} FOR EACH ROW "
                f"EXECUTE FUNCTION genxu_{name}()",
            ]
        else:
            made.append(
                f"CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} WHEN ({broken}) "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
    return made


def statements_off(vendor: str) -> list[str]:
    """The SQL that lifts them: for undoing a migration."""
    on = " ON {table}" if vendor == "postgresql" else ""
    return [
        f"DROP TRIGGER IF EXISTS {table}_{name}{on.format(table=table)}"
        for table, name, _broken, _said in LAWS
    ]
