"""The sheets of engagement surveys: the form that people fill in, who has answered so far, the results."""
