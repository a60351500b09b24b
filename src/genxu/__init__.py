"""Genxu 根须: software for governing natural villages."""
