"""Laws of the demonstration world's words, names and stories."""
