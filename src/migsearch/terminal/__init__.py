"""What a person sees: the command line, the prompt, and text that reads right to left."""
