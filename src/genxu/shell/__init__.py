"""The frame of every page: base page, parts, tags, badges, icons. It knows core alone."""
