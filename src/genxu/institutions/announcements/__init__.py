"""The next evening talk: announced to everybody, and what people want to say at it."""
