// Small manners of every page: the account menu closes, problems of a form get the focus.
export function menu(details) {
  addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}
document.querySelectorAll("details[data-menu]").forEach(menu);
document.querySelector("[data-focus]")?.focus();
