"""The first root, 组织: branches, centre households, councils, and the assemblies that decide."""
