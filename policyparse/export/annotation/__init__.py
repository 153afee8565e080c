"""Documents and gold annotations for annotation tools, out and back in.

One neutral ``Record`` stands between the gold format (``corpora/README.md``) and each tool: ``records`` turns gold into
regions and relations and back, ``brat``, ``label_studio`` and ``doccano`` write these as the tool wants them and read what it
gives back. ``docs/interchange.md`` has the tables of what maps to what.
"""
