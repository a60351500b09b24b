"""Errands done for a resident (帮办代办): the catalogue, the stewards (红色管家), each errand."""
