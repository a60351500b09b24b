"""How fast the house stands: measured ratios, each against a floor of the same run.

``make bench`` (``python -m bench``) prints a table and writes ``build/bench.json``. A floor is the
least that the same machine, server or database can do: a bare view, a raw insert. Ratios hold
better than times from one machine to the next; still, keep the machine quiet while it runs.
"""
