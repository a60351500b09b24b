"""三会一课, 主题党日, training: what was held is noted once, with whom it reached."""
