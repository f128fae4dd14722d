"""What is known: records, tables of observations, ratings of others, and the values they establish."""
