"""Spreadsheets in: uploaded, tried dry with every problem named, then taken in through actions."""
