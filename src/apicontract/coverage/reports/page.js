
"use strict";
(function () {
  // Everything can be read without this script: it filters, opens and closes, and opens all for the printer.
  const one = (id) => document.getElementById(id);
  const operations = [...document.querySelectorAll(".op")];
  const filter = one("filter"), missing = one("missing"), count = one("count");
  document.querySelector(".tools").hidden = false;

  function show() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const only = missing.checked;
    document.body.classList.toggle("only", only);
    let shown = 0;
    for (const operation of operations) {
      const head = operation.querySelector("summary").textContent.toLowerCase();
      const rest = words.filter((word) => !head.includes(word));
      let rows = 0;
      for (const row of operation.querySelectorAll("tbody tr")) {
        const text = row.textContent.toLowerCase();
        const wanted = rest.every((word) => text.includes(word)) && (!only || row.querySelector(".n"));
        row.classList.toggle("off", !wanted);
        rows += wanted ? 1 : 0;
      }
      operation.classList.toggle("off", rows === 0);
      shown += rows ? 1 : 0;
      if (rest.length && rows) operation.open = true;
    }
    for (const heading of document.querySelectorAll(".resource")) {
      heading.classList.toggle("off", !heading.querySelector(".op:not(.off)"));
    }
    count.textContent = words.length || only ? shown + " of " + operations.length + " operations" : "";
  }

  function reveal() {
    // Every id here is plain letters and digits; anything else in the address is not ours.
    const target = one(location.hash.slice(1));
    if (target && target.matches(".op")) target.open = true;
  }

  filter.addEventListener("input", show);
  missing.addEventListener("change", show);
  one("open").addEventListener("click", () => operations.forEach((o) => { o.open = true; }));
  one("close").addEventListener("click", () => operations.forEach((o) => { o.open = false; }));
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => operations.forEach((o) => { o.dataset.was = o.open; o.open = true; }));
  addEventListener("afterprint", () => operations.forEach((o) => { o.open = o.dataset.was === "true"; }));
  show();
  reveal();
})();
