"""`rate robust`: how firm a rating is."""
