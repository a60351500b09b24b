"""Collectives (农村集体经济组织): charter, offices, the roll of members, the register of shares."""
