// Warns before something typed and not sent is left.
export function guard(form) {
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
document.querySelectorAll("form[data-guard]").forEach(guard);
