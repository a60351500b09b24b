"""Serving the pages and running the background work, as processes of one command.

``genxu serve`` is the father of all: of the processes that answer (Granian's), and of the worker,
which is the father of those that run jobs. Whoever falls is started again; when a father ends, his
children end too, so that old code never answers beside new.

``front`` takes requests in, ``pages`` serves, ``worker`` does duties, ``kept`` keeps processes.
"""
