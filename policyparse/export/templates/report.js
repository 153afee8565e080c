"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const rows = new Map(all("tr[data-key]").map((row) => [row.dataset.key, row]));
  const marks = all("[data-of]").map((mark) => [mark, mark.dataset.of.split(" ")]);
  const inside = new Map();
  for (const piece of all("[data-in]")) {
    for (const key of piece.dataset.in.split(" ")) {
      if (!inside.has(key)) inside.set(key, []);
      inside.get(key).push(piece);
    }
  }

  // Tabs: one table at a time.
  const tabs = all("[role=tab]");
  const open = (name) => {
    for (const tab of tabs) {
      const chosen = tab.getAttribute("aria-controls") === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      $(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => open(tab.getAttribute("aria-controls")));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(place + step + tabs.length) % tabs.length];
      open(next.getAttribute("aria-controls"));
      next.focus();
    });
  });
  all("[role=tablist], #roles, #units, #reset").forEach((part) => { part.hidden = false; });
  open("targets");

  // From a row to its sentence, and back.
  let hits = [];
  let from = null;
  const clear = () => {
    for (const hit of hits) hit.classList.remove("hit", "came");
    hits = [];
  };
  const show = (row) => {
    clear();
    const mark = $("at-" + row.dataset.key);
    hits = [row, ...(inside.get(row.dataset.sentence) || [])];
    for (const hit of hits) hit.classList.add("hit");
    if (!mark) return;
    mark.classList.add("came");
    hits.push(mark);
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
    from = row;
    $("back").hidden = false;
  };
  const back = (row) => {
    if (!row) return;
    clear();
    row.classList.remove("filtered", "unmatched");
    open(row.closest("section").id);
    hits = [row];
    row.classList.add("hit");
    row.scrollIntoView({ block: "center" });
    row.querySelector("a").focus({ preventScroll: true });
    $("back").hidden = true;
  };
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("#text a[href^='#row-']");
    if (mark) {
      event.preventDefault();
      back(rows.get(mark.getAttribute("href").slice(5)));
      return;
    }
    const row = event.target.closest("tr[data-key]");
    if (!row || event.target.closest("a[href^='#n-']")) return;
    const chosen = getSelection();
    if (chosen.type === "Range" && row.contains(chosen.anchorNode)) return;
    event.preventDefault();
    show(row);
  });
  $("back").addEventListener("click", () => back(from));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("back").hidden) back(from);
  });

  // Filters by role and by body.
  const boxes = all("#roles input");
  const unit = $("unit");
  const apply = () => {
    const wanted = { statement: new Set(), duty: new Set() };
    for (const box of boxes) if (box.checked) wanted[box.name].add(box.value);
    const name = unit ? unit.value : "";
    const visible = new Set();
    const nodes = new Set();
    for (const [key, row] of rows) {
      const sort = row.closest("section").id === "responsibilities" ? "duty" : "statement";
      const fits = wanted[sort].has(row.dataset.role) && (!name || row.dataset.units.split(" ").includes(name));
      row.classList.toggle("filtered", !fits);
      if (!fits) continue;
      visible.add(key);
      for (let node = row.dataset.node; node; node = node.slice(0, Math.max(0, node.lastIndexOf(".")))) nodes.add(node);
    }
    for (const [mark, keys] of marks) mark.classList.toggle("off", !keys.some((key) => visible.has(key)));
    const all_shown = visible.size === rows.size;
    for (const item of all(".outline li")) item.classList.toggle("empty", !all_shown && !nodes.has(item.dataset.node));
    for (const tab of tabs) {
      const count = tab.querySelector(".count");
      if (count) count.textContent = all("tr[data-key]:not(.filtered)", $(tab.getAttribute("aria-controls"))).length;
    }
  };
  for (const box of boxes) box.addEventListener("change", apply);
  if (unit) unit.addEventListener("change", apply);
  $("reset").addEventListener("click", () => {
    for (const box of boxes) box.checked = true;
    if (unit) unit.value = "";
    for (const search of all("input[data-filters]")) {
      search.value = "";
      search.dispatchEvent(new Event("input"));
    }
    apply();
  });
  apply();
})();
