"""brat stand-off (https://brat.nlplab.org/standoff.html): ``NAME.txt`` and ``NAME.ann``.

Offsets count characters as brat's server does, which reads the text as UTF-8 into Unicode strings: code points. A region
that goes over a line end is a discontinuous annotation, a fragment a line, as brat itself writes it. brat has lists of values
for an attribute and free text only in notes, so words (values, units, indicators that stand nowhere) are a note in JSON on
their region, and what belongs to the document is a note on the region ``document``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from policyparse.errors import EvaluationError
from policyparse.export.annotation.hidden import hidden_of, reveal
from policyparse.export.annotation.record import (
    CHOICES,
    COLOURS,
    FLAGS,
    LAYERS,
    MALFORMED,
    MEANINGS,
    RELATIONS,
    WORDS,
    Fields,
    Record,
    Region,
    Relation,
    needs_text,
)
from policyparse.export.annotation.texts import plain, restored

_DOCUMENT = "document"
_NOTE = "AnnotatorNotes"
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)\Z")
_FLAGS = frozenset(flag for flags in FLAGS.values() for flag in flags)


def to_brat(record: Record) -> tuple[str, str]:
    """Return the text and the annotations of ``record``: what ``NAME.txt`` and ``NAME.ann`` hold.

    >>> text, annotations = to_brat(Record("plan", "新增就业5万人", [Region(4, 7, "target", {"kind": "count"})]))
    >>> print(annotations.replace("\\t", "  "))
    T1  target 4 7  5万人
    A1  kind T1 count
    #1  AnnotatorNotes T1  {"text": "5万人"}
    T2  document 0 7  新增就业5万人
    #2  AnnotatorNotes T2  {}
    <BLANKLINE>
    """
    text, odd = plain(record.text)
    lines: list[str] = []
    names: dict[int, str] = {}
    notes = attributes = 0
    for index, region in enumerate(record.regions):
        fragments = _fragments(text, region.start, region.end)
        if not fragments:  # brat shows nothing where there is nothing but line ends
            continue
        name = names[index] = f"T{len(names) + 1}"
        lines.append(_text_bound(name, region.label, text, fragments))
        for key, value in region.fields.items():
            if key in CHOICES.get(region.layer, {}) or (key in _FLAGS and value):
                attributes += 1
                lines.append(f"A{attributes}\t{key} {name}" + ("" if key in _FLAGS else f" {value}"))
        note = {
            key: value for key, value in region.fields.items() if key in WORDS.get(region.layer, ()) or key == "other"
        }
        if "deadline_inherited" in region.fields and not region.fields["deadline_inherited"]:
            note["deadline_inherited"] = False
        if note.get("high") == note.get("low"):
            note.pop("high", None)
        if needs_text(region, record.text):
            note = {"text": text[region.start : region.end], **note}
        if (region.start, region.end) != (fragments[0][0], fragments[-1][1]):
            note["extent"] = [region.start, region.end]
        if note:
            notes += 1
            lines.append(_note(notes, name, note))
    for number, relation in enumerate(record.relations, 1):
        if relation.source in names and relation.target in names:
            ends = f"Arg1:{names[relation.source]} Arg2:{names[relation.target]}"
            lines.append(f"R{number}\t{relation.kind} {ends}")
    about = {**record.about, **({"odd": odd} if odd else {}), **hidden_of(record, names)}
    name = f"T{len(names) + 1}"
    lines.append(_text_bound(name, _DOCUMENT, text, _first_line(text)))
    lines.append(_note(notes + 1, name, about))
    return text, "".join(f"{line}\n" for line in lines)


def from_brat(text: str, annotations: str, name: str) -> Record:
    """Return the record that brat's files ``NAME.txt`` and ``NAME.ann`` hold, corrected or not.

    Raises ``EvaluationError`` where they are malformed.
    """
    reading = _Reading(name, text)
    for number, line in enumerate(annotations.removeprefix("\ufeff").split("\n"), 1):
        try:
            reading.add(line.rstrip("\r"))
        except MALFORMED as error:
            raise EvaluationError(f"{name}.ann, line {number}: no brat annotation: {line[:80]!r}") from error
    try:
        return reading.record()
    except MALFORMED as error:
        raise EvaluationError(f"{name}.ann: the note on {_DOCUMENT} was damaged: {error!s:.200}") from error


def brat_configuration() -> dict[str, str]:
    """Return the files that brat wants beside the documents: the types and how they look.

    >>> sorted(brat_configuration())
    ['annotation.conf', 'visual.conf']
    """
    labels = [*LAYERS, _DOCUMENT]
    of_layer = {layer: "|".join(label for label in LAYERS if LAYERS[label] == layer) for layer in set(LAYERS.values())}
    relations = [f"{kind}\tArg1:{of_layer[one]}, Arg2:{of_layer[other]}" for kind, (one, other) in RELATIONS.items()]
    attributes = [
        f"{key}\tArg:{of_layer[layer]}, Value:{'|'.join(values)}"
        for layer, keys in CHOICES.items()
        for key, values in keys.items()
    ]
    flags = [f"{flag}\tArg:{of_layer[layer]}" for layer, names in FLAGS.items() for flag in names]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    meanings = {**MEANINGS, _DOCUMENT: "文件"}
    colours = {**COLOURS, _DOCUMENT: "#ffffff"}
    drawing = [f"{label}\tfgColor:black, bgColor:{colours[label]}, borderColor:darken" for label in labels]
    return {
        "annotation.conf": _sections(
            entities=labels, relations=[overlap, *relations], events=[], attributes=[*attributes, *flags]
        ),
        "visual.conf": _sections(
            labels=[f"{label} | {meanings[label]} {label} | {meanings[label]}" for label in labels],
            drawing=["SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken", *drawing],
        ),
    }


class _Reading:
    """The lines of an annotation file while they come; ids are resolved at the end, since the order is free."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text.replace("\r\n", "\n") if "\r\n" in text else text
        self._spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
        self._fields: dict[str, Fields] = {}
        self._notes: dict[str, Fields] = {}
        self._relations: list[tuple[int, str, str, str]] = []

    def add(self, line: str) -> None:
        if not line.strip():
            return
        key, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        if key[0] == "T":
            if not (found := _SPAN.match(head)):
                raise ValueError(head)
            self._spans[key] = found[1], _places(found[2])
        elif key[0] in "AM":
            name, target, *value = head.split(" ", 2)
            self._fields.setdefault(target, {})[name] = value[0] if value else True
        elif key[0] == "R":
            kind, one, other = head.split(" ")[:3]
            number = int(key[1:]) if key[1:].isdecimal() else len(self._relations)
            self._relations.append((number, kind, one.partition(":")[2], other.partition(":")[2]))
        elif key[0] == "#":
            target = head.split(" ", 1)[1]
            note = tail.strip()
            if note.startswith("{"):  # people write other notes, which are no part of the annotation
                self._notes.setdefault(target, {}).update(json.loads(note))

    def record(self) -> Record:
        text = self._text
        about: Fields = {}
        for key, (label, _) in self._spans.items():
            if label == _DOCUMENT:
                about |= self._notes.get(key, {})
        odd, hidden = about.pop("odd", {}), about.pop("hidden", {})
        if text[:1] == "\ufeff" and about.get("chars") == len(text) - 1:
            text = text[1:]  # a mark that an editor added
        regions: list[Region] = []
        places: dict[str, int] = {}
        for key, (label, extents) in self._spans.items():
            if label == _DOCUMENT:
                continue
            if label not in LAYERS:
                raise EvaluationError(f"{self._name}.ann, {key}: no type {label}; there are {', '.join(LAYERS)}")
            start, end = min(extents)[0], max(one[1] for one in extents)
            if end > len(text):
                raise EvaluationError(f"{self._name}.ann, {key}: ends at {end}, the text has {len(text)} characters")
            note = self._notes.get(key, {})
            extent = note.pop("extent", None)
            if extent and _fragments(text, *extent) == extents:
                start, end = extent
            fields = self._fields.get(key, {}) | {name: value for name, value in note.items() if name != "text"}
            places[key] = len(regions)
            regions.append(Region(start, end, label, fields, note.get("text", "")))
        original = restored(text, odd)
        for region in regions:
            if region.text and region.text == text[region.start : region.end]:
                region.text = original[region.start : region.end]
        relations = [
            Relation(kind, places[one], places[other])
            for _, kind, one, other in sorted(self._relations, key=lambda relation: relation[0])
            if one in places and other in places
        ]
        record = Record(self._name, original, regions, relations, about)
        reveal(record, hidden)
        return record


def _fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between ``start`` and ``end``, one a line, without line ends."""
    return list(_pieces(text, start, end))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


def _first_line(text: str) -> list[tuple[int, int]]:
    return _fragments(text, 0, len(text))[:1] or [(0, 0)]


def _places(extents: str) -> list[tuple[int, int]]:
    found = []
    for one in extents.split(";"):
        start, end = map(int, one.split(" "))
        found.append((start, end))
    return sorted(found)


def _text_bound(name: str, label: str, text: str, fragments: list[tuple[int, int]]) -> str:
    places = ";".join(f"{start} {end}" for start, end in fragments)
    return f"{name}\t{label} {places}\t{' '.join(text[start:end] for start, end in fragments)}"


def _note(number: int, target: str, note: Fields) -> str:
    # JSON has no line ends of its own; \u2028 and the like would end a line for some readers.
    words = json.dumps(note, ensure_ascii=False)
    words = "".join(sign if sign == " " or sign.isprintable() else _escaped(sign) for sign in words)
    return f"#{number}\t{_NOTE} {target}\t{words}"


def _escaped(sign: str) -> str:
    return json.dumps(sign)[1:-1]


def _sections(**sections: list[str]) -> str:
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())
