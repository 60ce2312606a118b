"""`make bench`: order intake, quotes and lists over HTTP beside their bars, on a database of the run's own."""
