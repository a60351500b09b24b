"""Accounts, their grants, and the households of a hamlet."""
