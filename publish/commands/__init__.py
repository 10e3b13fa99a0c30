"""The `reprint` command's subcommands, a file for each word."""
