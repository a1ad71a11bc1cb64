"""The training plan: demand of the coming years, people for sessions, nomination lists. The door of highspy."""
