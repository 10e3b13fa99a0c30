"""The WordPress target: posts through the REST API, kept to one for each work, and never over an editor's change."""
