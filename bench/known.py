"""The addresses and places that are measured."""

CITY = "4212"
COUNTY = "421223"
TOWNSHIP = "421223106"
HAMLET = "421223106211001"
COUNTIES = ("421202", "421221", "421222", "421223")

BARE = "/bench/bare/"
DASHBOARD = "/insight/"
PLACE = "/places/"
HOME = "/home/"
LIST = "/matters/"
HOUSEHOLDS = "/households/"
OWN_PAGE = "/my/household/"
RECEIPT = "/my/receipt/"
ORGANISATION = "/organisation/"
RECORD = "/talks/at/{hamlet}/new/?another=1"
PROGRESS = "/matters/{matter}/note-progress/"
SCANNED = "/r/{code}/"
ROWS = 20
