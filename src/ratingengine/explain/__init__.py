"""Why a rating is what it is: a folder a question."""
