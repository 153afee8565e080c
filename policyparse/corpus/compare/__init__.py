"""Comparison of documents over years and issuers."""
