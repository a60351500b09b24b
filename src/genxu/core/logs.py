"""What is logged of a request says which page it was, never the code by which it was opened."""

import logging
import re
from collections.abc import Sequence


class WithoutCodes(logging.Filter):
    """Blots out what follows one of ``paths`` in the words of a record: ``/r/ABC…/`` is ``/r/…``.

    Pages are addressed by numbers; only what a camera reads off a slip holds a code, and of that
    a warning may still be written, such as for a wrong method.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__()
        self.held = re.compile(rf"(/(?:{'|'.join(map(re.escape, paths))})/)[^\s\"?]+")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self._blotted(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(self._blotted, record.args))
        return True

    def _blotted(self, said: object) -> object:
        return self.held.sub(r"\1…", said) if isinstance(said, str) else said
