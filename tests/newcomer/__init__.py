"""The tool as somebody meets it who has a page and nothing else: five pages of different make."""
