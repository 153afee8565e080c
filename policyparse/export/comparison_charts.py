"""Charts of a comparison: targets and results of an indicator over the years, drawn with Altair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from policyparse.comparison import Comparison, Figure, Series
from policyparse.export.comparison_words import Language, Words

_EMBED = "window.vegaEmbed = vegaEmbed;"
_LEAST_YEARS = 3
_MOST_CHARTS = 16
_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, SimHei, sans-serif"
_TARGET, _RESULT = "#d9822b", "#2b6cb0"
_SCALES = {
    "zh": ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    "en": ((Decimal(10) ** 9, "bn "), (Decimal(10) ** 6, "m ")),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its Vega-Lite specification, and the same drawn as SVG."""

    title: str
    specification: dict[str, Any]
    svg: str


def comparison_charts(comparison: Comparison, language: Language = "zh") -> list[Chart]:
    """Return charts of the indicators with figures for at least three years, those with most figures first."""
    together: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for one in comparison.series:
        if one.key and one.form != "multiple":
            together[one.key, one.form].append(one)
    wanted = [series for series in together.values() if any(one.stated >= _LEAST_YEARS for one in series)]
    wanted.sort(key=lambda series: -sum(one.stated for one in series))
    words = Words(language)
    return [_chart(series, words) for series in wanted[:_MOST_CHARTS]]


def _chart(series: list[Series], words: Words) -> Chart:
    import altair
    import vl_convert

    first = series[0]
    title = f"{first.name} · {words('form', first.form)}"
    rows = [row for one in series for row in _rows(one, words)]
    scale, name = _scale((max(abs(row["low"]), abs(row["high"])) for row in rows), words.language)
    for row in rows:
        row["low"], row["high"] = float(row["low"] / scale), float(row["high"] / scale)
    unit = f"{name}{first.unit}"
    several = len(series) > 1
    target, result = words("target"), words("result")
    years = [row["year"] for row in rows]
    span = altair.Scale(domain=list(range(min(years), max(years) + 1)))
    year = altair.X("year:O", title=None, axis=altair.Axis(labelAngle=-45, labelOverlap=True), scale=span)
    kinds = altair.Scale(domain=[target, result], range=[_TARGET, _RESULT])
    by_kind = altair.Color("kind:N", scale=kinds, legend=None if several else altair.Legend(title=None, orient="top"))
    colour = altair.Color("issuer:N", legend=altair.Legend(title=None, orient="top", columns=3)) if several else by_kind
    low = altair.Y("low:Q", title=unit or None, scale=altair.Scale(zero=False, nice=True))
    tooltip = [
        altair.Tooltip(f"{field}:N", title=words(label))
        for field, label in (("issuer", "issuer"), ("year", "year"), ("shown", "indicator"), ("verdict", "verdict"))
    ]
    base = altair.Chart({"values": rows}).encode(x=year, color=colour, tooltip=tooltip)
    goals = base.transform_filter(altair.datum.kind == target)
    marks = [goals.mark_point(filled=True, shape="diamond", size=60).encode(y=low)]
    if any(row["high"] > row["low"] for row in rows):
        bars = goals.transform_filter(altair.datum.high > altair.datum.low).mark_rule(strokeWidth=5)
        marks.insert(0, bars.encode(y=low, y2="high:Q"))
    if any(row["kind"] == result for row in rows):
        lines = base.transform_filter(altair.datum.kind == result).mark_line(point=True)
        marks.insert(0, lines.encode(y=low))
    chart = altair.layer(*marks).properties(title=title, width=360, height=190).configure(font=_FONT)
    specification = chart.to_dict(validate=False)
    version = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    svg = vl_convert.vegalite_to_svg(specification, vl_version=version)
    # The page is to name no address at all.
    specification.pop("$schema", None)
    return Chart(title, specification, svg)


def chart_script() -> str:
    """Return the JavaScript that draws charts in a page: Vega, Vega-Lite and Vega-Embed, with ``window.vegaEmbed``."""
    import vl_convert

    script: str = vl_convert.javascript_bundle(_EMBED)
    return script


def _rows(series: Series, words: Words) -> list[dict[str, Any]]:
    rows = []
    for cell in series.cells:
        for kind, figure in (("target", cell.target), ("result", cell.result)):
            if figure is not None and figure.kind == _kind(series):
                low, high = figure.signed
                rows.append(
                    {
                        "issuer": series.issuer,
                        "year": cell.year,
                        "kind": words(kind),
                        "low": low,
                        "high": high,
                        "shown": f"{words(kind)} {words.figure(figure)}",
                        "verdict": words.verdict(cell),
                    }
                )
    return rows


def _kind(series: Series) -> str:
    figures: Iterable[Figure] = (cell.target for cell in series.cells if cell.target)
    return next(iter(figures)).kind


def _scale(values: Iterable[Decimal], language: Language) -> tuple[Decimal, str]:
    """Return the unit of ten thousands or hundred millions in which the greatest value reads well."""
    most = max(values, default=Decimal(0))
    return next(((scale, name) for scale, name in _SCALES[language] if most >= scale), (Decimal(1), ""))
