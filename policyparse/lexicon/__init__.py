"""Words as data: every word list that the rules use, and one loader that validates and extends them.

A table is named by its file and its place in it: ``units.tsv`` is the table ``units``, the array ``ge`` under
``[bounds]`` in ``cues.toml`` is the table ``cues.bounds.ge``. There are two shapes of table: *words* (a list) and
*pairs* (word to value). A user's own TOML file names the same tables and adds to them::

    [units]
    "标准箱" = "count"

    [cues.bounds]
    ge = ["不得少于"]

``indicators.tsv`` is a table of its own shape, one row a canonical indicator; a user's ``.tsv`` file with the same columns
adds rows, and aliases to the rows that there are (see ``canonical``).
"""

from policyparse.lexicon.canonical import CanonicalIndicator
from policyparse.lexicon.loader import Lexicon, load_lexicon

__all__ = ["CanonicalIndicator", "Lexicon", "load_lexicon"]
