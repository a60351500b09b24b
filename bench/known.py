"""The addresses and places that are measured."""

CITY = "4212"
COUNTY = "421223"
HAMLET = "421223106211001"
COUNTIES = ("421202", "421221", "421222", "421223")

BARE = "/bench/bare/"
DASHBOARD = "/insight/"
PLACE = "/places/"
HOME = "/home/"
LIST = "/matters/"
RECORD = "/talks/at/{hamlet}/new/"
ROWS = 20
TIMES, KEPT, NOT_SENT = 12, 4, 2
"""At most so many times the bare view: a page, one that is kept, one that is not sent again."""
