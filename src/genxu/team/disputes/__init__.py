"""Disputes (矛盾调解): told, talked over by the sides, agreed, looked back at; read by few."""
