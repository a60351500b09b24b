"""The voting room: convened, attended, tallied, and decided by the rule of its body."""
