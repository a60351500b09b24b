"""The second root 队伍“扎根”: those who serve, and what they do."""
