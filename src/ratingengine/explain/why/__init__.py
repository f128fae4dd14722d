"""`rate why`: what a rating rests on."""
