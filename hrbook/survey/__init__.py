"""Engagement surveys: anonymous forms out, safe aggregates back."""
