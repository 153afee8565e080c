"use strict";
(() => {
  const value = (row, column) => {
    const cell = row.cells[column];
    const given = cell.dataset.value;
    const text = given === undefined ? cell.textContent.trim() : given;
    return text !== "" && isFinite(text) ? Number(text) : text;
  };
  const compare = (one, other) => {
    if (one === other) return 0;
    if (one === "") return 1;
    if (other === "") return -1;
    if (typeof one === "number" && typeof other === "number") return one - other;
    return String(one).localeCompare(String(other), document.documentElement.lang);
  };
  const sort = (table, column, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row, place) => ({ row, place, key: value(row, column) }));
    rows.sort((a, b) => (down ? -1 : 1) * compare(a.key, b.key) || a.place - b.place);
    body.append(...rows.map((item) => item.row));
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
      head.tabIndex = 0;
      head.addEventListener("click", () => sort(table, column, head));
      head.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(table, column, head); });
    });
  }
  for (const search of document.querySelectorAll("input[data-filters]")) {
    const table = document.getElementById(search.dataset.filters);
    search.hidden = false;
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.classList.toggle("unmatched", !words.every((word) => text.includes(word)));
      }
    });
  }
  for (const box of document.querySelectorAll("input[data-shows-once]")) {
    const table = document.getElementById(box.dataset.showsOnce);
    const apply = () => table.classList.toggle("once-hidden", !box.checked);
    box.parentElement.hidden = false;
    box.addEventListener("change", apply);
    apply();
  }
})();
