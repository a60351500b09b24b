"""The command ``genxu``: serving, figures, regions, accounts, the journal, the demonstration."""

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from genxu.config import mode


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2023-05-24", param, ctx)


DAY = Day()


@click.group()
@click.version_option(package_name="genxu")
def cli() -> None:
    """Genxu 根须: governing natural villages well, from one record made once."""


def _actor(name: str = "operator") -> Any:
    from genxu.core.access import system

    return system(name)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
@click.option("--worker/--no-worker", default=True, help="Start the background worker too.")
def serve(host: str, port: int, workers: int, worker: bool) -> None:
    """Serve the pages, with the worker beside them."""
    from genxu import serving

    serving.serve(host, port, workers, worker=worker)


@cli.command()
def worker() -> None:
    """Run the background work alone: figures, seals."""
    from genxu import serving

    serving.work()


@cli.command()
@click.argument("code")
@click.option("--as-of", type=DAY, default=None, help="The day; today if not given.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def figures(code: str, as_of: date | None, as_json: bool) -> None:
    """Count every figure of a place from the records as they stood on a day."""
    from genxu.core import clock
    from genxu.insight.catalogue import figures as catalogue
    from genxu.insight.counting import count_on
    from genxu.regions.queries import find_region

    place = find_region(code)
    day = as_of or clock.today()
    counted = count_on(place.code, day)
    if as_json:
        body = {"region": place.code, "as_of": day.isoformat(), "figures": counted}
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    click.echo(f"{place} ({place.code}), {day}")
    for key, value in counted.items():
        click.echo(f"{value:>10}  {catalogue()[key].term}  {key}")


@cli.group()
def regions() -> None:
    """The tree of places."""


@regions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def regions_import(file: Path) -> None:
    """Add or rename the places of a CSV file (code, name, level, parent_code)."""
    from genxu.regions.actions import import_regions, read_csv

    rows = read_csv(file)
    import_regions(actor=_actor(), rows=rows, count=len(rows))
    click.echo(f"{len(rows)} places")


@regions.command("recode")
@click.argument("old")
@click.argument("new")
def regions_recode(old: str, new: str) -> None:
    """Give a place and all below it another code; the old one stays findable."""
    from genxu.regions.actions import recode_region
    from genxu.regions.codes import short

    region = recode_region(actor=_actor(), old=short(old), new=short(new))
    click.echo(f"{old} is now {region.code} {region}")


@regions.command("add-hamlet")
@click.argument("village")
@click.argument("name")
def regions_add_hamlet(village: str, name: str) -> None:
    """Add a hamlet to a village; prints its code."""
    from genxu.regions.actions import add_hamlet
    from genxu.regions.queries import find_region

    region = add_hamlet(actor=_actor(), village=find_region(village), name=name)
    click.echo(region.code)


@cli.group()
def accounts() -> None:
    """Accounts and what they may do."""


@accounts.command("open")
@click.argument("phone")
@click.argument("name")
@click.option("--role", required=True)
@click.option("--place", required=True, help="The code of the place.")
@click.password_option(help="Leave empty to sign in by text message only.", default="")
def accounts_open(phone: str, name: str, role: str, place: str, password: str) -> None:
    """Open an account and grant it a role at a place."""
    from genxu.people.actions import grant_role, open_account
    from genxu.people.roles import Role
    from genxu.regions.queries import find_region

    if role not in Role:
        raise click.BadParameter(f"one of {', '.join(Role)}", param_hint="--role")
    region = find_region(place)
    account = open_account(actor=_actor(), phone=phone, name=name, password=password or None)
    grant_role(actor=_actor(), account=account, role=Role(role), place=region)
    click.echo(f"{account} {Role(role).label} {region}")


def _grant_of(phone: str, role: str, place: str) -> dict[str, Any]:
    from genxu.core.errors import Missing
    from genxu.people.models import Account
    from genxu.people.roles import Role
    from genxu.regions.queries import find_region

    if role not in Role:
        raise click.BadParameter(f"one of {', '.join(Role)}", param_hint="--role")
    account = Account.objects.filter(phone=phone).first()
    if account is None:
        raise Missing("There is no account with this phone number.")
    return {"account": account, "role": Role(role), "place": find_region(place)}


@accounts.command("grant")
@click.argument("phone")
@click.option("--role", required=True)
@click.option("--place", required=True, help="The code of the place.")
def accounts_grant(phone: str, role: str, place: str) -> None:
    """Grant an account another role at a place."""
    from genxu.people.actions import grant_role

    click.echo(grant_role(actor=_actor(), **_grant_of(phone, role, place)))


@accounts.command("revoke")
@click.argument("phone")
@click.option("--role", required=True)
@click.option("--place", required=True, help="The code of the place.")
def accounts_revoke(phone: str, role: str, place: str) -> None:
    """Take a role away from an account."""
    from genxu.people.actions import revoke_role

    click.echo(revoke_role(actor=_actor(), **_grant_of(phone, role, place)))


@cli.group()
def jobs() -> None:
    """The background work that somebody waits for."""


@jobs.command("work")
def jobs_work() -> None:
    """Run the jobs of the queue; the worker starts this by itself."""
    from genxu import serving

    serving.work_on_jobs()


@cli.command()
@click.argument("place")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--what", type=click.Choice(["certificate", "plate", "both"]), default="both")
@click.option("--zip", "zipped", is_flag=True, help="Single files in a ZIP for each township.")
@click.option("--others", is_flag=True, help="Print all but names that no font can show.")
@click.option("--site", default="", help="What the QR codes open; SITE_ADDRESS if not given.")
def certificates(place: str, out: Path, what: str, zipped: bool, others: bool, site: str) -> None:
    """Print the certificates and door plates of all who serve at a place."""
    from django.conf import settings

    from genxu.organisation.centre_households import printing
    from genxu.regions.queries import find_region

    address = site.rstrip("/") or settings.SITE_ADDRESS
    if not address.startswith(("http://", "https://")):
        raise click.UsageError(
            "say with --site (or SITE_ADDRESS) what the QR codes open: https://…"
        )
    job = printing.print_now(
        actor=_actor(), place=find_region(place), what=what, zipped=zipped, others=others,
        site=address, into=out, say=click.echo,
    )  # fmt: skip
    if job.state != job.State.DONE:
        raise SystemExit(1)


@cli.group()
def households() -> None:
    """The households of a hamlet."""


@households.command("add")
@click.argument("hamlet")
@click.argument("head_name")
@click.argument("head_count", type=int)
@click.option("--phone", default="")
def households_add(hamlet: str, head_name: str, head_count: int, phone: str) -> None:
    """Add a household with the next number of its hamlet."""
    from genxu.people.registering import register_households
    from genxu.people.rows import HouseholdRow
    from genxu.regions.queries import find_region

    place = find_region(hamlet)
    row = HouseholdRow(place.code, None, head_name, phone, head_count)
    register_households(actor=_actor(), place=place, rows=[row], count=1, hamlets=[place.code])
    click.echo(f"{place}: {head_name}")


@cli.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--place", required=True, help="The code of the place that the file is for.")
@click.option("--dry-run", is_flag=True, help="Check every row and write nothing.")
def import_(kind: str, file: Path, place: str, dry_run: bool) -> None:
    """Take a spreadsheet in: households, organisations, members, centre_households, councils."""
    from genxu.imports.console import import_file
    from genxu.regions.queries import find_region

    if not import_file(kind, file, find_region(place), actor=_actor(), dry_run=dry_run):
        sys.exit(1)


@cli.command("export")
@click.argument("kind")
@click.argument("place")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(kind: str, place: str, file: Path) -> None:
    """Write the register of a place as a spreadsheet: households."""
    from genxu.imports.console import export_file
    from genxu.regions.queries import find_region

    click.echo(f"{export_file(kind, find_region(place), file, actor=_actor()):,} rows")


@cli.group()
def journal() -> None:
    """The journal of everything that was done."""


@journal.command("seal")
def journal_seal() -> None:
    """Seal the rows that wait; the worker does this by itself."""
    from genxu.core import journal as book

    click.echo(f"{book.seal()} rows sealed")


@journal.command("verify")
def journal_verify() -> None:
    """Check every seal and row; names the first altered or missing one."""
    from genxu.core import journal as book

    verdict = book.verify()
    if not verdict.sound:
        click.echo(verdict.fault, err=True)
        sys.exit(1)
    click.echo(
        f"{verdict.checked} rows sound, {verdict.waiting} not yet sealed, head {verdict.head}"
    )


@cli.group()
def world() -> None:
    """The demonstration world."""


@world.command("build")
@click.option("--scale", type=click.Choice(["small", "prefecture"]), default="prefecture")
@click.option("--seed", default=20230524, show_default=True)
@click.option("--today", type=DAY, default=None, help="Build it as of this day.")
def world_build(scale: str, seed: int, today: date | None) -> None:
    """Build the world in an empty database (which is migrated first)."""
    from contextlib import nullcontext

    from django.core.management import call_command

    from genxu.core import clock
    from genxu.demo.actions import build_world, moment_of, settle

    call_command("migrate", verbosity=0)
    started = datetime.now()
    moment = moment_of(today)

    def say(text: str) -> None:
        click.echo(f"{(datetime.now() - started).total_seconds():6.1f} s  {text}")

    with clock.at(moment) if moment else nullcontext():
        build_world(actor=_actor("demonstration"), scale=scale, seed=seed, say=say)
    settle()


@cli.command()
@click.option("--scale", type=click.Choice(["small", "prefecture"]), default="prefecture")
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.pass_context
def demo(ctx: click.Context, scale: str, port: int) -> None:
    """Build the world if there is none yet, say how to come in, and serve."""
    from django.core.management import call_command

    from genxu.demo.welcome import how_to_come_in
    from genxu.institutions.talks.models import Talk

    call_command("migrate", verbosity=0)
    if not Talk.objects.exists():
        ctx.invoke(world_build, scale=scale)
    click.echo(how_to_come_in(port))
    ctx.invoke(serve, port=port)


@cli.command()
@click.option("--deploy", is_flag=True, help="Check the settings of production.")
def check(deploy: bool) -> None:
    """Check the set-up; with --deploy as strictly as production needs it."""
    from django.core.management import call_command

    call_command("check", deploy=deploy, fail_level="WARNING")


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from django.core.management import call_command

    call_command("migrate")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Any command of Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["genxu manage", *arguments])


def main() -> None:
    """Choose the settings, then run; refusals are sentences, not tracebacks."""
    if "--deploy" in sys.argv:
        os.environ["GENXU_MODE"] = "production"
    mode.choose()
    import django

    from genxu.config.private import own_files_only, secure_var
    from genxu.core.errors import Refusal

    own_files_only()

    if len(sys.argv) > 1 and not {"--help", "--version"} & set(sys.argv):
        from django.core.exceptions import ImproperlyConfigured

        try:
            django.setup()
        except ImproperlyConfigured as error:
            raise SystemExit(f"genxu: {error}") from error
        secure_var()
    from django.core.management.base import CommandError

    try:
        cli()
    except CommandError as error:
        raise SystemExit(f"genxu: {error}") from error
    except Refusal as error:
        fields = getattr(error, "fields", None)
        lines = [f"{k}: {v}" for k, v in fields.items()] if fields else [str(error.message)]
        raise SystemExit("genxu: " + "; ".join(lines)) from error


if __name__ == "__main__":
    main()
