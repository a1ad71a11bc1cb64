"""The policy as tables that people edit: which part of the file stands on which sheet, and how each value is spelt there.
Both ways read the same dictionary: hrbook.sheets.policy writes the book, hrbook.ingest.policy_book reads it back."""
