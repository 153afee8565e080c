"""Chinese text into words, with jieba's dictionary, by jieba itself or by rjieba, with the same result.

Only runs of Chinese characters go to the dictionary. Numbers, Latin words, white space and signs are told apart before, the
same for both programs (they differ there: one keeps ``2024-03-18`` as one word), and so that a number is always a word of
its own: quantities begin and end where words do more often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from typing import Literal, TypeAlias, get_args

from policyparse.errors import UsageError

Engine: TypeAlias = Literal["auto", "jieba", "rjieba"]

# Runs of ideographs; numbers with their separators; words of letters (PM2.5, 5G keep their digits); white space; a sign.
_PIECES = re.compile(
    r"(?P<han>[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|[0-9０-９]++(?:[.,．，·][0-9０-９]++)*+(?![A-Za-z])"
    r"|[^\W_\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:[.'’][0-9A-Za-z]+)*"
    r"|\s+"
    r"|."
)


class Segmenter:
    """Cuts text into words that, put together, are the text.

    It has a dictionary of its own: words that other code adds to jieba's global one change nothing here, and ``words``
    added here change nothing there.
    """

    def __init__(self, engine: Engine = "auto", words: Iterable[str] = ()) -> None:
        """Load the dictionary. Raises ``UsageError`` where ``engine`` is unknown or not installed."""
        if engine not in get_args(Engine):
            raise UsageError(f"no segmentation engine {engine}; there are {', '.join(get_args(Engine))}")
        self.settings = engine, tuple(words)
        self._cut = _engine(engine, self.settings[1])

    def words(self, text: str) -> Iterator[str]:
        """Yield the words of ``text``; runs of white space are words too.

        >>> list(Segmenter().words("全年新增城镇就业5.2万人。"))
        ['全年', '新增', '城镇', '就业', '5.2', '万人', '。']
        """
        for match in _PIECES.finditer(text):
            if match.lastgroup == "han":
                yield from self._cut(match[0])
            else:
                yield match[0]

    def __reduce__(self) -> tuple[type[Segmenter], tuple[Engine, tuple[str, ...]]]:
        # Another process loads its own dictionary.
        return Segmenter, self.settings


def _engine(engine: Engine, words: tuple[str, ...]) -> Callable[[str], Iterable[str]]:
    if engine == "jieba" or (engine == "auto" and find_spec("rjieba") is None):
        return _jieba(words)
    try:
        import rjieba
    except ImportError as error:
        raise UsageError("the engine rjieba is not installed: pip install 'policyparse[fast]'") from error
    fast = rjieba.Jieba()
    for word in words:
        fast.add_word(word, _FREQUENT, None)
    cut: Callable[[str], Iterable[str]] = fast.cut
    return cut


_FREQUENT = 100_000
"""How often an added word is taken to occur, among sixty million: it wins over the words inside it."""


def _jieba(words: tuple[str, ...]) -> Callable[[str], Iterable[str]]:
    import jieba

    private = jieba.Tokenizer()
    # What initialize() does, but for its cache: a file in the common temporary folder that anyone may have written.
    private.FREQ, private.total = private.gen_pfdict(private.get_dict_file())
    private.initialized = True
    for word in words:
        private.add_word(word, _FREQUENT)
    cut: Callable[[str], Iterable[str]] = private.cut
    return cut
