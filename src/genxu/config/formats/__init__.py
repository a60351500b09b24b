"""How dates are written where the library's own way is not how one says it."""
