"""A year's income shared out among the members of a collective (收益分配), to the fen."""
