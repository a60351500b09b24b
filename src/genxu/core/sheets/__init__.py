"""Spreadsheets, without a word of what stands in them."""
