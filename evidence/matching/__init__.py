"""Which registered work a reference names, and in what the two differ. Pure: answers in, verdicts out."""
