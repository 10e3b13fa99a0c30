"""procrastinate on PostgreSQL: how several machines share the work on hosts.

Our own tables are the truth of what is due. A job of the engine says no more than "work on this host", and is made
anew at the next tick while anything is due there: none is retried by the engine or set for later, for a job that
waits under a host's lock would keep the host from everybody.
"""
