"""Many documents into a store: what is in it, what a second run does, what fails and how."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policyparse import batch, open_store, parse_file
from policyparse.corpus.batch import BatchResult, Progress
from policyparse.corpus.engines import LocalEngine
from policyparse.errors import LexiconError, StoreError, UsageError

Ask = Callable[..., list[tuple[Any, ...]]]
PLAN = "一、扩大就业\n全年新增城镇就业{}万人以上。（市人社局牵头）\n二、改善民生\n改造老旧小区12个。\n"


def run(inputs: Path | list[Path], out: Path, **options: Any) -> BatchResult:
    return batch(inputs, out, engine=LocalEngine(1), **options)


def failures(store: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (store / "errors.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_store_says_what_the_documents_say(samples: Path, corpora: Path) -> None:
    with open_store(samples) as store:
        assert len(store) == len(list(corpora.glob("*.txt")))
        for row in store.documents():
            path = corpora / Path(row["path"]).name
            document = parse_file(path)
            text = path.read_text(encoding="utf-8")
            only = [row["document"]]
            assert (row["title"], row["text_sha256"]) == (document.metadata.title, document.source.text_sha256)
            nodes = list(store.rows("nodes", documents=only))
            assert [(n["node"], n["level"], n["label"], n["heading"]) for n in nodes] == [
                (n.id, n.level, n.label, n.heading) for n in document.nodes()
            ]
            assert [n["parent"] for n in nodes] == [n.id.rpartition(".")[0] or None for n in document.nodes()]
            statements = list(store.rows("statements", documents=only))
            for shown, found in zip(statements, document.statements(), strict=True):
                assert shown["statement"] == found.id
                assert (shown["role"], shown["bound"], shown["unit"]) == (
                    found.role,
                    found.quantity.bound,
                    found.quantity.unit,
                )
                assert (shown["low"], shown["high"]) == (found.quantity.low, found.quantity.high)
                assert shown["due"] == (found.deadline.due if found.deadline else None)
                assert [i["name"] for i in shown["indicators"]] == [i.name for i in found.indicators]
                assert tuple(shown["responsible"]) == found.responsible
                assert text[shown["start_char"] : shown["end_char"]] == shown["quantity"]
                assert shown["sentence"] in text
            duties = list(store.rows("responsibilities", documents=only))
            assert [(d["responsibility"], d["name"]) for d in duties] == [
                (d.id, d.entity.name) for d in document.responsibilities
            ]
            codes = [d["code"] for d in store.rows("diagnostics", documents=only)]
            assert codes == [d.code for d in document.diagnostics]


def test_a_second_run_does_what_changed(plans: Path, tmp_path: Path, ask: Ask) -> None:
    store = tmp_path / "store"
    assert run(plans, store).parsed == 3
    again = run(plans, store)
    assert (again.parsed, again.unchanged, again.failed) == (0, 3, 0)

    changed = plans / "zhejiang" / "1999.txt"
    changed.write_text(PLAN.format(2500), encoding="utf-8")
    (plans / "zhejiang" / "2000.txt").write_text(PLAN.format(2000), encoding="utf-8")
    result = run(plans, store)
    assert (result.parsed, result.unchanged) == (2, 2)
    rows = ask(store, "SELECT path, low FROM targets WHERE indicator LIKE '%就业' ORDER BY path")
    assert rows == [
        ("plans/kunming/1998.txt", Decimal(19_980_000)),
        ("plans/zhejiang/1998.txt", Decimal(19_980_000)),
        ("plans/zhejiang/1999.txt", Decimal(25_000_000)),
        ("plans/zhejiang/2000.txt", Decimal(20_000_000)),
    ]
    # Other programs may read the files as they are: no superseded row is left in them.
    with open_store(store) as opened:
        everything = f"SELECT count(*) FROM read_parquet('{store}/parts/*/documents.parquet')"
        assert opened.connect().execute(everything).fetchall() == [(4,)]


def test_the_way_to_a_file_does_not_matter(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    run(plans, store)
    monkeypatch.chdir(plans / "zhejiang")
    (plans / "zhejiang" / "link").symlink_to(plans / "kunming")
    assert run([Path("1998.txt"), Path("../kunming/*.txt")], store).unchanged == 2


def test_other_words_or_stages_parse_again(plans: Path, tmp_path: Path) -> None:
    store, words = tmp_path / "store", tmp_path / "own.toml"
    run(plans, store)
    words.write_text('[units]\n"驿点" = "count"\n', encoding="utf-8")
    assert run(plans, store, lexicon=[words]).parsed == 3
    assert run(plans, store, lexicon=[words]).unchanged == 3
    words.write_text('[units]\n"站点" = "count"\n', encoding="utf-8")
    assert run(plans, store, lexicon=[words]).parsed == 3
    assert run(plans, store, without=["responsibilities"]).parsed == 3


def test_wrong_settings_are_told_before_anything_is_written(plans: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with pytest.raises(UsageError, match="no stage fantasy"):
        run(plans, store, without=["fantasy"])
    with pytest.raises(LexiconError, match="cannot read"):
        run(plans, store, lexicon=[tmp_path / "none.toml"])
    with pytest.raises(UsageError, match="timeout"):
        run(plans, store, timeout=0)
    with pytest.raises(UsageError, match="workers"):
        LocalEngine(0)
    assert not store.exists()


def test_failures_are_listed_and_stop_nothing(plans: Path, tmp_path: Path, ask: Ask) -> None:
    store = tmp_path / "store"
    (plans / "report.txt").write_bytes(b"{\\rtf1 ...")
    (plans / "empty.txt").write_text(" \n")
    missing = plans / "missing.txt"
    result = run([plans, missing], store)
    assert (result.parsed, result.failed) == (3, 3)
    found = {Path(row["file"]).name: row for row in failures(store)}
    assert set(found) == {"report.txt", "empty.txt", "missing.txt"}
    assert "RTF" in found["report.txt"]["reason"]
    assert "save it as .docx" in found["report.txt"]["remedy"]
    assert all(row["reason"] and row["remedy"] for row in found.values())
    # What failed is tried again, and the list is that of the last run.
    (plans / "report.txt").write_text(PLAN.format(3), encoding="utf-8")
    (plans / "empty.txt").unlink()
    result = run(plans, store)
    assert (result.parsed, result.unchanged, result.failed) == (1, 3, 0)
    assert failures(store) == []


def test_documents_that_are_gone_stay_until_they_are_pruned(plans: Path, tmp_path: Path, ask: Ask) -> None:
    store = tmp_path / "store"
    run(plans, store)
    shutil.rmtree(plans / "kunming")
    assert run(plans, store).removed == 0
    assert ask(store, "SELECT count(*) FROM documents") == [(3,)]
    result = run(plans, store, prune=True)
    assert (result.removed, result.unchanged) == (1, 2)
    assert ask(store, "SELECT path FROM documents ORDER BY path") == [
        ("plans/zhejiang/1998.txt",),
        ("plans/zhejiang/1999.txt",),
    ]


def test_hostile_text_and_values(tmp_path: Path, ask: Ask) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    quotes = "一、发展\n投资增长5%以上。\n\u2028二、改善\\n\"引号\"增长'6%'。\n"
    (folder / "quotes.txt").write_text(quotes, encoding="utf-8")
    (folder / "huge.txt").write_text("一、目标\n完成投资" + "9" * 35 + "元。增长0.123456789012%。", encoding="utf-8")
    (folder / "long.txt").write_text("增长5%，" * 5000, encoding="utf-8")
    name = folder / os.fsdecode("规划\udcff.txt".encode("utf-8", "surrogateescape"))
    name.write_text(PLAN.format(5), encoding="utf-8")
    store = tmp_path / "store"
    result = run(folder, store)
    assert (result.parsed, result.failed) == (4, 0)
    assert run(folder, store).unchanged == 4
    assert ask(store, "SELECT path FROM documents WHERE path LIKE '%规划%'") == [("odd/规划\ufffd.txt",)]
    assert ask(
        store, "SELECT count(*) FROM statements s JOIN documents USING (document) WHERE path = 'odd/long.txt'"
    ) == [(5000,)]
    assert ask(store, "SELECT max(length(sentence)) <= 1002 FROM statements") == [(True,)], (
        "rows grow with the text only"
    )
    rows = ask(store, "SELECT low FROM statements JOIN documents USING (document) WHERE path = 'odd/huge.txt'")
    assert (Decimal("0.12345679"),) in rows
    rejected = ask(store, "SELECT count(*) FROM statements WHERE low IS NULL")
    assert ask(store, "SELECT count(*) FROM diagnostics WHERE code = 'store.value'") == rejected


def test_what_is_no_store_is_left_alone(plans: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no store but holds other files"):
        run(plans, plans)
    with pytest.raises(StoreError, match="is a file"):
        run(plans, plans / "zhejiang" / "1998.txt")
    assert sorted(path.name for path in plans.iterdir()) == ["kunming", "zhejiang"]


def test_a_store_of_another_format_is_refused(plans: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(plans, store)
    note = json.loads((store / "store.json").read_text())
    (store / "store.json").write_text(json.dumps({**note, "format": 99, "policyparse": "9.0"}))
    for use in (lambda: run(plans, store), lambda: open_store(store)):
        with pytest.raises(StoreError, match=r"format 99.*reads format 1.*9\.0.*build a new store"):
            use()
    (store / "store.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        run(plans, store)


@pytest.mark.parametrize("how", ["cut", "flipped", "gone", "note"])
def test_a_damaged_part_is_put_aside_and_parsed_again(plans: Path, tmp_path: Path, ask: Ask, how: str) -> None:
    store = tmp_path / "store"
    run(plans, store)
    part = next((store / "parts").iterdir())
    path = part / ("part.json" if how == "note" else "statements.parquet")
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        middle = len(data) // 2
        path.write_bytes(
            data[:middle] if how in ("cut", "note") else data[:middle] + b"\xff\xff\xff" + data[middle + 3 :]
        )
    if how in ("cut", "gone"):
        with pytest.raises(StoreError, match=r"damaged part with 3 documents.*run policyparse batch"):
            ask(store, "SELECT * FROM statements")
    result = run(plans, store)
    assert result.parsed == 3
    assert "damaged" in result.notes[0]
    assert len(list((store / "damaged").iterdir())) == 1, "nothing is thrown away"
    assert ask(store, "SELECT count(*) FROM documents") == [(3,)]
    assert run(plans, store).notes == ()


def test_the_user_s_table_comes_first(plans: Path, tmp_path: Path, ask: Ask) -> None:
    store, table = tmp_path / "store", plans / "table.csv"
    table.write_text("文件,发文机关,年份,备注\nkunming/1998.txt,昆明市计划委员会,1997,x\n", encoding="gb18030")
    run(plans, store, metadata=table)
    columns = "issuer, issuer_from, region, region_from, year, year_from"
    assert ask(store, f"SELECT {columns} FROM documents ORDER BY path LIMIT 2") == [
        ("昆明市计划委员会", "metadata", "昆明市", "metadata", 1997, "metadata"),
        ("浙江省人民政府", "path", "浙江省", "path", 1998, "path"),
    ]
    # A row that changes parses its document again, and no other.
    table.write_text("file\tissuer\tyear\nkunming/1998.txt\t\t1996\n", encoding="utf-8")
    assert run(plans, store, metadata=table).parsed == 1
    assert ask(store, "SELECT issuer, year FROM documents ORDER BY path LIMIT 1") == [("昆明市人民政府", 1996)]
    for wrong, message in (
        ("file,year\na.txt,今年\n", "line 2: year must be four digits"),
        ("a,b\n", "name the columns"),
    ):
        table.write_text(wrong, encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            run(plans, store, metadata=table)


def test_progress_is_told(plans: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int, int]] = []

    def note(state: Progress) -> None:
        seen.append((state.total, state.parsed, state.unchanged))

    run(plans, tmp_path / "store", progress=note)
    assert seen[-1] == (3, 3, 0)


def test_small_parts_are_merged(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Any) -> None:
    store, whole = tmp_path / "store", tmp_path / "whole"
    for path in sorted(plans.rglob("*.txt")):
        run(path, store, root=tmp_path)
    assert len(list((store / "parts").iterdir())) == 3
    monkeypatch.setattr("policyparse.corpus.tidy._MANY", 3)
    assert run(plans, store).unchanged == 3
    assert len(list((store / "parts").iterdir())) == 1
    assert run(plans, store).unchanged == 3
    run(plans, whole)
    assert content(store) == content(whole)
