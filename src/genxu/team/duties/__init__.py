"""Whose turn it is: the weekly clean-up of a hamlet and the rota of those who keep watch."""
