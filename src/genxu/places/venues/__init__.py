"""阵地: the places of a hamlet, what is in them, who owns them (P1)."""
