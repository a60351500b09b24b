"""The tree of places, from the province down to the natural village."""
