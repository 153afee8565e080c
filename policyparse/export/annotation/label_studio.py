"""Label Studio (https://labelstud.io/guide/task_format): tasks in JSON, with the labelling configuration that fits them.

A region's ``start`` and ``end`` are code points: since version 1.4.1 the editor counts an emoji as one
(https://github.com/HumanSignal/label-studio/pull/1559; its own tests say "calculate offsets by code points in text"). Before
that it counted UTF-16 units; an export of such a version is told by the text that it gives for each region.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from policyparse.errors import EvaluationError
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
    Layer,
    Record,
    Region,
    Relation,
    needs_text,
)
from policyparse.export.annotation.texts import Counting, plain, restored

_ABOUT = "policyparse"
_LABEL, _TEXT = "region", "text"
_FRONT = ("title", "doc_number", "issuer", "addressee", "issued_on", "period_start", "period_end")


def to_label_studio(records: Iterable[Record], *, predictions: bool = False) -> str:
    """Return tasks with one annotation each, or with predictions (what a machine proposes), as JSON to import.

    >>> tasks = json.loads(to_label_studio([Record("plan", "新增5万人", [Region(2, 5, "target", {"kind": "count"})])]))
    >>> [(one["type"], one["value"]) for one in tasks[0]["annotations"][0]["result"]][0]
    ('labels', {'start': 2, 'end': 5, 'text': '5万人', 'labels': ['target']})
    """
    tasks = []
    for record in records:
        text, odd = plain(record.text)
        about = {**record.about, **({"odd": odd} if odd else {})}
        metadata = dict(about.get("metadata", {}))
        task: dict[str, Any] = {"data": {"name": record.name, _TEXT: text, _ABOUT: about}}
        result = [*_regions(record, text), *_relations(record), *_front(metadata)]
        if predictions:
            task["predictions"] = [{"model_version": _ABOUT, "result": result}]
        else:
            task["annotations"] = [{"result": result}]
        tasks.append(task)
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def from_label_studio(data: str) -> list[Record]:
    """Return the records of an export in the format JSON (not JSON-MIN): of each task its last finished annotation.

    A task without an annotation gives its predictions. Raises ``EvaluationError`` where the export is malformed.
    """
    try:
        tasks = json.loads(data.removeprefix("\ufeff"))
        return [_record(task) for task in (tasks if isinstance(tasks, list) else [tasks])]
    except MALFORMED as error:
        raise EvaluationError(
            f"no Label Studio tasks: {type(error).__name__}: {error!s:.200}; export them in the format JSON"
        ) from error


def label_studio_configuration() -> str:
    """Return the labelling configuration (XML) of a project for these tasks.

    >>> print(label_studio_configuration()[:6])
    <View>
    """
    lines = ["<View>", "  <Style>.htx-text{ white-space: pre-wrap; }</Style>", '  <Relations choice="single">']
    lines += [f"    <Relation value={quoteattr(kind)}/>" for kind in RELATIONS]
    lines += ["  </Relations>", f'  <Labels name="{_LABEL}" toName="{_TEXT}" choice="single">']
    lines += [
        f"    <Label value={quoteattr(label)} hint={quoteattr(MEANINGS[label])} background={quoteattr(COLOURS[label])}/>"
        for label in LAYERS
    ]
    lines += ["  </Labels>", f'  <Text name="{_TEXT}" value="$text" granularity="symbol"/>']
    for layer, keys in CHOICES.items():
        for key, values in keys.items():
            lines += _choices(key, values, layer)
    for layer, flags in FLAGS.items():
        for flag in flags:
            lines += _choices(flag, ("yes", "no"), layer)
    for layer, names in WORDS.items():
        for key in names:
            most = "" if key == "indicator" else ' maxSubmissions="1"'
            lines.append(
                f'  <TextArea name="{key}" toName="{_TEXT}" perRegion="true" whenTagName="{_LABEL}" '
                f'whenLabelValue="{_labels(layer)}" editable="true"{most} placeholder="{key}"/>'
            )
    for key in _FRONT:
        lines.append(
            f'  <TextArea name="{key}" toName="{_TEXT}" editable="true" maxSubmissions="1" placeholder="{key}"/>'
        )
    return "\n".join([*lines, "</View>"]) + "\n"


def _choices(key: str, values: Iterable[str], layer: Layer) -> Iterator[str]:
    yield (
        f'  <Choices name="{key}" toName="{_TEXT}" perRegion="true" choice="single" showInline="true" '
        f'whenTagName="{_LABEL}" whenLabelValue="{_labels(layer)}">'
    )
    yield from (f'    <Choice value="{value}"/>' for value in values)
    yield "  </Choices>"


def _labels(layer: Layer) -> str:
    return ",".join(label for label, of in LAYERS.items() if of == layer)


def _regions(record: Record, text: str) -> Iterator[dict[str, Any]]:
    for index, region in enumerate(record.regions):
        place = {"start": region.start, "end": region.end, "text": text[region.start : region.end]}
        shared = {"id": f"r{index}", "to_name": _TEXT, "origin": "manual"}
        meta: Fields = {}
        if needs_text(region, record.text):
            meta["text"] = place["text"]
        if "other" in region.fields:
            meta["other"] = region.fields["other"]
        if region.fields.get("indicator") == []:
            meta["indicator"] = []
        labels = {**shared, "from_name": _LABEL, "type": "labels", "value": {**place, "labels": [region.label]}}
        # A region's note in Label Studio: a list of texts.
        yield {**labels, "meta": {"text": [json.dumps(meta, ensure_ascii=False)]}} if meta else labels
        for key in CHOICES.get(region.layer, {}):
            if key in region.fields:
                value = {**place, "choices": [str(region.fields[key])]}
                yield {**shared, "from_name": key, "type": "choices", "value": value}
        for key in FLAGS.get(region.layer, ()):
            if key in region.fields:
                value = {**place, "choices": ["yes" if region.fields[key] else "no"]}
                yield {**shared, "from_name": key, "type": "choices", "value": value}
        for key in WORDS.get(region.layer, ()):
            words = region.fields.get(key)
            if words or (words == "" and key != "deadline"):
                value = {**place, "text": words if isinstance(words, list) else [words]}
                yield {**shared, "from_name": key, "type": "textarea", "value": value}


def _relations(record: Record) -> Iterator[dict[str, Any]]:
    for relation in record.relations:
        yield {
            "from_id": f"r{relation.source}",
            "to_id": f"r{relation.target}",
            "type": "relation",
            "direction": "right",
            "labels": [relation.kind],
        }


def _front(metadata: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the metadata as fields of the whole task."""
    period = metadata.pop("period", None)
    if isinstance(period, dict):
        metadata |= {"period_start": period.get("start", ""), "period_end": period.get("end", "")}
    for key in _FRONT:
        if metadata.get(key):
            yield {
                "id": f"front-{key}",
                "from_name": key,
                "to_name": _TEXT,
                "type": "textarea",
                "value": {"text": [metadata[key]]},
                "origin": "manual",
            }


def _record(task: dict[str, Any]) -> Record:
    data = task["data"]
    text: str = data[_TEXT]
    about: Fields = dict(data.get(_ABOUT) or {})
    name = str(data.get("name") or f"task-{task.get('id', 1)}")
    finished = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    chosen = (finished or task.get("predictions") or [{"result": []}])[-1]
    odd = about.pop("odd", {})
    original = restored(text, odd)
    regions: list[Region] = []
    places: dict[str, int] = {}
    fields: dict[str, Fields] = {}
    front: dict[str, str] = {}
    extents = list(_extents(chosen["result"]))
    count = _counting(text, extents)
    for one in chosen["result"]:
        kind, value = one.get("type"), one.get("value", {})
        if kind == "labels":
            label = value["labels"][0]
            if label not in LAYERS:
                raise EvaluationError(f"{name}: no label {label}; there are {', '.join(LAYERS)}")
            start, end = count.back(int(value["start"])), count.back(int(value["end"]))
            if not 0 <= start <= end <= len(text):
                raise EvaluationError(f"{name}: {label} at {start} lies outside the text")
            note = _meta(one)
            given = note.pop("text", "")
            region = Region(start, end, label, note, original[start:end] if given == text[start:end] else given)
            places[one["id"]] = len(regions)
            regions.append(region)
        elif kind == "choices" and "start" in value:
            chosen_value = value["choices"][0]
            key = one["from_name"]
            flag = any(key in flags for flags in FLAGS.values())
            fields.setdefault(one["id"], {})[key] = chosen_value == "yes" if flag else chosen_value
        elif kind == "textarea" and "start" in value:
            key, words = one["from_name"], value["text"]
            words = words if isinstance(words, list) else [words]
            fields.setdefault(one["id"], {})[key] = words if key == "indicator" else words[-1]
        elif kind == "textarea" and one["from_name"] in _FRONT:
            words = value["text"]
            front[one["from_name"]] = words[-1] if isinstance(words, list) else words
    for key, found in fields.items():
        if key in places:
            regions[places[key]].fields |= found
    relations = [
        Relation((one.get("labels") or [""])[0], places[one["from_id"]], places[one["to_id"]])
        for one in chosen["result"]
        if one.get("type") == "relation" and one["from_id"] in places and one["to_id"] in places
    ]
    if "metadata" in about or front:
        about["metadata"] = _metadata(about.get("metadata", {}), front)
    return Record(name, original, regions, relations, about)


def _metadata(sent: Fields, front: dict[str, str]) -> Fields:
    """Return the metadata as the task's fields have it now; what the format does not name stays as it was sent."""
    found = dict(sent)
    for key in _FRONT[:5]:
        if key in found or key in front:
            found[key] = front.get(key, "")
    start, end = front.get("period_start", ""), front.get("period_end", "")
    if start and end:
        found["period"] = {"start": start, "end": end}
    elif "period" in found:
        found["period"] = ""
    return found


def _meta(one: Fields) -> Fields:
    for note in (one.get("meta") or {}).get("text") or ():
        if isinstance(note, str) and note.startswith("{"):
            found = json.loads(note)
            return found if isinstance(found, dict) else {}
    return {}


def _extents(result: Iterable[Fields]) -> Iterator[tuple[int, int, str]]:
    for one in result:
        value = one.get("value", {})
        if one.get("type") == "labels" and isinstance(value.get("text"), str):
            yield int(value["start"]), int(value["end"]), value["text"]


def _counting(text: str, extents: list[tuple[int, int, str]]) -> Counting:
    """Return how the editor counted: the way in which more regions have the text that it says."""
    points, units = Counting(text), Counting(text, "utf-16")

    def fitting(count: Counting) -> int:
        return sum(text[count.back(start) : count.back(end)] == words for start, end, words in extents)

    return units if fitting(units) > fitting(points) else points
