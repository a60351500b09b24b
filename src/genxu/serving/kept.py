"""Processes that are kept: started again when they fall, ended with the one that keeps them."""

import logging
import os
import subprocess
import sys
import threading

log = logging.getLogger("genxu.serving")
FATHER = "GENXU_FATHER"
"""In the environment of a kept process: the number of the one that keeps it."""
LOOK_EVERY = 0.5


class Kept:
    """A further ``genxu`` command beside this process."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """See that it is there. Called once a second or so: that is how soon it comes back."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            told = " ".join(self.arguments)
            log.error("genxu %s ended with %s; it is started again", told, self.process.returncode)
        self.process = subprocess.Popen(  # noqa: S603
            (sys.executable, "-m", "genxu.cli", *self.arguments),
            env={**os.environ, FATHER: str(os.getpid())},
        )

    def end(self, patience: float = 0) -> None:
        """Let it go; ``patience`` is how many seconds it has to finish what it does."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Keeper:
    """Keeps processes from a thread, for a father who has something else to do."""

    def __init__(self, *kept: Kept) -> None:
        self.kept = kept
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        self.thread.join()
        for one in self.kept:
            one.end(patience=10)

    def _keep(self) -> None:
        while not self.stop.is_set():
            for one in self.kept:
                try:
                    one.keep()
                except OSError:  # no memory for a process just now
                    log.exception("genxu %s could not be started", " ".join(one.arguments))
            self.stop.wait(1)


def end_with_father(number: int | None = None) -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    number = number or int(os.environ.pop(FATHER, "0"))
    if number:
        threading.Thread(target=_end_with, args=(number,), daemon=True).start()


def _end_with(number: int) -> None:
    while os.getppid() == number:
        threading.Event().wait(LOOK_EVERY)
    os._exit(1)
