"""Village councils with their seats and five groups."""
