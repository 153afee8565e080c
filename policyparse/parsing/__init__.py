"""From a source to a document, one stage a module; ``pipeline`` lists them."""
