"""What stores terms and finds documents. An engine never sees text to analyse."""
