"""From what a user typed to what an engine can answer: parse, then resolve words to terms."""
