"""The network that keeps a voice: its corpus, its training, its test set and its evaluation. See README.md."""
