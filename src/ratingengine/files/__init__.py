"""Reading and writing of files: bounded, by declared shapes, with the place of every value."""
