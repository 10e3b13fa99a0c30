"""The SQL store: one file for each kind of record; every function takes a connection, its caller owns the transaction."""
