"""The editors' desk: a web page for those who never open a terminal; it calls what the command line calls."""
