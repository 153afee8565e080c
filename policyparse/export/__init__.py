"""From a document to what people need: rows, tables, ledgers."""
