"""What is said in a chat while a job runs and after it: status message, sentences, buttons, summaries."""
