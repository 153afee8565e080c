"use strict";
(() => {
  // The still picture stays where a chart cannot be drawn.
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const place = figure.querySelector(".live");
    const given = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const options = { mode: "vega-lite", actions: false, ast: true, renderer: "svg" };
    window.vegaEmbed(place, given, options).then(() => {
      figure.querySelector(".still").remove();
      figure.dataset.drawn = "yes";
    }).catch((error) => { place.replaceChildren(); console.warn(error); });
  }
})();
