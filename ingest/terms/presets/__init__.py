"""Well-known policies as data, a file for each; `ingest.terms.preset` reads them."""
