"""`rate summary`: how many countries have which rating."""
