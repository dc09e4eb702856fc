"""How dates are written where the United Nations differs from Django: day, month, year."""
