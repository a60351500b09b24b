"""Production as it is served: real processes, forwarded headers, kills, strangers, a full disk."""
