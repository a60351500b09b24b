"""Work in the background that somebody waits for: progress, results, resumed after a fall."""
