"""Many documents: evaluation against annotated samples."""
