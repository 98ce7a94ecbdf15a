"use strict";
// Conveniences: the page is whole without them.

const made = (name, properties) => Object.assign(document.createElement(name), properties);

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.matches(".drawn")) return;
    const button = made("button", { type: "button", textContent: head.textContent.trim() });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const order = head.getAttribute("aria-sort") === "descending" ? "ascending" : "descending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const valueOf = (row) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";
      const sign = order === "ascending" ? 1 : -1;
      const rows = [...table.tBodies[0].rows].sort(
        (one, other) => sign * valueOf(one).localeCompare(valueOf(other), "en", { numeric: true })
      );
      table.tBodies[0].append(...rows);
    });
  });
}

for (const section of document.querySelectorAll("section.examples")) {
  const examples = [...section.querySelectorAll("details.example")];
  const input = made("input", { type: "search", placeholder: "a company, a metric, a figure" });
  const told = made("span", { role: "status" });
  const label = made("label", { textContent: "Filter " });
  label.append(input);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    examples.forEach((each) => {
      const text = each.textContent.toLowerCase();
      each.hidden = !words.every((word) => text.includes(word));
    });
    told.textContent = `${examples.filter((each) => !each.hidden).length} of ${examples.length}`;
  });
  const open = made("button", { type: "button", textContent: "Open all" });
  open.addEventListener("click", () => {
    const is_opening = open.textContent === "Open all";
    examples.forEach((each) => (each.open = is_opening));
    open.textContent = is_opening ? "Close all" : "Open all";
  });
  const filter = made("p", { className: "filter" });
  filter.append(label, open, told);
  examples[0].before(filter);
}
