"""预约: who uses which room of a place when; events, and what is handed over."""
