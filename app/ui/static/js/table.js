// Chosen rows of a table: the box for all, the count, and a bar that stays in sight meanwhile.
export function choose(bar) {
  const table = document.querySelector(`[data-select="${bar.id}"]`);
  if (!table) return;
  const rows = [...table.querySelectorAll("input[name=row]")];
  const all = table.querySelector("[data-choose-all]");
  const head = all.querySelector("input");
  const says = bar.querySelector("[role=status]");
  const clear = bar.querySelector("[data-clear]");
  const words = bar.dataset;

  function count() {
    const chosen = rows.filter((row) => row.checked).length;
    head.checked = chosen > 0 && chosen === rows.length;
    head.indeterminate = chosen > 0 && chosen < rows.length;
    says.textContent = chosen ? words.words.replace("{count}", chosen) : words.wordsNone;
    clear.hidden = !chosen;
    bar.classList.toggle("stuck", chosen > 0);
  }
  function set(value) {
    for (const row of rows) row.checked = value;
    count();
  }
  all.hidden = !rows.length;
  head.addEventListener("change", () => set(head.checked));
  clear.addEventListener("click", () => { set(false); head.focus(); });
  table.addEventListener("change", (event) => { if (event.target !== head) count(); });
  bar.addEventListener("submit", (event) => {
    if (rows.some((row) => row.checked)) return;
    event.preventDefault();
    (rows[0] ?? head).focus();
  });
  addEventListener("pageshow", count);
  count();
}

// On a phone the fields of a filter bar fold away behind their number; wide screens, and fields
// that are to be corrected, are shown.
export function fold(details) {
  const wide = matchMedia("(min-width: 48rem)");
  const wrong = details.querySelector("[aria-invalid=true]");
  const fit = () => { details.open = wide.matches || Boolean(wrong); };
  wide.addEventListener("change", fit);
  fit();
}

document.querySelectorAll("form[data-bulk]").forEach(choose);
document.querySelectorAll("[data-filter-more]").forEach(fold);
