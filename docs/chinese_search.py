"""The search of the built documentation: pages are in Chinese and English, and both are found.

Chinese is looked for by its pairs of characters, in the index as in what a reader types: no dictionary is needed, and
no term is missed for being cut elsewhere. The search for Chinese that Sphinx brings fails in the browser with some of
its versions (9.0: no stemmer is defined), and then finds nothing at all.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sphinx.search import SearchLanguage

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
"""Chinese characters that follow each other, or a word of other letters."""


class Pairs(SearchLanguage):
    """Cuts Chinese into pairs of characters; other words stay whole and are found by any part of theirs."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = r"""
var splitQuery = (query) => {
  const runs = query.match(/[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])[\p{L}\p{N}_])+/gu) || [];
  const pairs = (run) => [...run].slice(1).map((second, at) => run[at] + second);
  return runs.flatMap((run) => (/^[\u3400-\u9fff]{2}/.test(run) ? pairs(run) : [run]));
};
"""

    def split(self, input: str) -> list[str]:
        """Return the words of a text."""
        return [word for run in _RUN.findall(input) for word in _words(run)]

    def stem(self, word: str) -> str:
        """Return a word as it stands in the index."""
        return word.lower()


def _words(run: str) -> list[str]:
    is_chinese = len(run) > 1 and "\u3400" <= run[0] <= "\u9fff"
    return [first + second for first, second in pairwise(run)] if is_chinese else [run]
