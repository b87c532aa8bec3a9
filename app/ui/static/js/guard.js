// Warns before something typed and not sent is left. What page.js has kept is not lost.
export function guard(form) {
  let dirty = form.dataset.kept === "typed";
  form.addEventListener("input", () => { dirty = true; form.dataset.kept = "typed"; });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => {
    if (dirty && form.dataset.kept !== "away") event.preventDefault();
  });
}
document.querySelectorAll("form[data-guard]").forEach(guard);
