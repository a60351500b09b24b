"""Contracts of a collective: land that comes in, what is let out, and the rents of both."""
