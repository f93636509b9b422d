"""The commands of the `cutroom` program, one file each."""
