"""What the model of reference strings learns from: labelled strings and strings printed here."""
