"""One's jobs lie behind the organisation, which most of them are about."""

BEHIND = {"place_organisation": ("/jobs/",)}
