"""A spaCy pipeline over several plans: spans by label, exact offsets, a file of docs, and a picture of a sentence.

python examples/spacy_pipeline.py [PICTURE.html]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from policyparse import Document, read
from policyparse.integrations.spacy import sentence_picture

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def main() -> None:
    """Print what the pipeline found, before and after a round trip through a file."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "policyparse.zh"}}})
    nlp.add_pipe("policyparse")

    texts = [read(path).text for path in sorted(CORPORA.glob("lanjiang-report-*.txt"))]
    docs = list(nlp.pipe(texts, batch_size=8))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.spacy")
        DocBin(docs=docs, store_user_data=True).to_disk(path)
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))

    for doc in docs:
        labels = Counter(span.label_ for span in doc.spans["policyparse"])
        print(Document.model_validate(doc._.policyparse).metadata.title, dict(labels.most_common(4)))
    target = next(span for span in docs[-1].spans["policyparse"] if span.label_ == "TARGET")
    exact = target._.policyparse
    print(target.id_, exact["text"], exact["bound"], f"characters {exact['start']} to {exact['end']}")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(sentence_picture(docs[-1], exact["start"], page=True), encoding="utf-8")
        print("picture:", sys.argv[1])


if __name__ == "__main__":
    main()
