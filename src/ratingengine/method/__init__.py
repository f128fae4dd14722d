"""What is asked and how it is judged: codebook, sources, rule files, and the program made of them."""
