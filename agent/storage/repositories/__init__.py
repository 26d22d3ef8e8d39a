"""All queries, one file for each thing that is stored. Each takes an open transaction and knows no other."""
