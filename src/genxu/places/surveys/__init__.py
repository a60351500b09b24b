"""The survey of incomes: once a year, from door to door; a mean, never of few."""
