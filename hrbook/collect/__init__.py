"""Returned books: found, recognised, read tolerantly, reconciled with what was issued and with today's roster."""
