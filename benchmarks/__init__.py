"""`make bench`: order intake, quotes and lists over HTTP, each beside what bounds it, on a database of the run's own."""
