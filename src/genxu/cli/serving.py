"""Serving the pages and working behind them: ``genxu serve``, ``worker``, ``jobs``."""

import click

from .root import cli


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
@click.option("--worker/--no-worker", default=True, help="Start the background worker too.")
def serve(host: str, port: int, workers: int, worker: bool) -> None:
    """Serve the pages, with the worker beside them."""
    from genxu.serving import pages

    pages.serve(host, port, workers, worker=worker)


@cli.command()
def worker() -> None:
    """Run the background work alone: figures, seals, jobs."""
    from genxu.serving.worker import work

    work()


@cli.group()
def jobs() -> None:
    """The background work that somebody waits for."""


@jobs.command("work")
@click.option("--queue", default="*", show_default=True, help="Only the jobs of this queue.")
def jobs_work(queue: str) -> None:
    """Run the jobs of the queue; the worker starts this by itself."""
    from genxu.serving.worker import work_on_jobs

    work_on_jobs(queue)
