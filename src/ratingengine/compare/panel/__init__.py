"""All country-years on record."""
