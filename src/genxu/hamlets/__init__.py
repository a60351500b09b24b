"""The life of a hamlet: renamed, closed, merged into another, households moved between two."""
