"""`rate provenance`: an answer as a PROV-O graph."""
