"""From bytes to a source: sniffing, encodings, and one module a format."""
