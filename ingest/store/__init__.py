"""The SQL store: a file for each kind of record; functions take a connection, their caller owns the transaction."""
