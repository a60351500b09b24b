"""The demonstration world: invented people and hamlets that no living person can be found in."""
