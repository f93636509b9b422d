"""The pieces of a draft's JSON: values checked one by one, and segments in two profiles of keys."""
