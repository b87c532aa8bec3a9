// Short confirmations. A script says one with
//   document.dispatchEvent(new CustomEvent("toast", { detail: { text, undo: { label, form } } }))
// where `form` is the id of the form that takes the act back. A button with data-toast says its own.
const LIFE = 8000;
const place = document.querySelector("[data-toasts]");

function act(label, name, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  if (name) made.setAttribute("aria-label", name);
  made.addEventListener("click", press);
  return made;
}

export function say({ text, undo }) {
  const toast = document.createElement("div");
  const words = document.createElement("p");
  const before = document.activeElement;
  let timer;
  const close = () => {
    clearTimeout(timer);
    const held = toast.contains(document.activeElement);
    toast.remove();
    if (held) before?.focus();
  };
  const start = () => { timer = setTimeout(close, LIFE); };
  const stop = () => clearTimeout(timer);
  const idle = () => { if (!toast.matches(":hover, :focus-within")) start(); };
  toast.className = "toast";
  words.textContent = text;
  toast.append(words);
  if (undo) {
    toast.append(act(undo.label, "", () => {
      document.getElementById(undo.form)?.requestSubmit();
      close();
    }));
  }
  toast.append(act("×", place.dataset.close, close));
  for (const kind of ["pointerenter", "focusin"]) toast.addEventListener(kind, stop);
  for (const kind of ["pointerleave", "focusout"]) toast.addEventListener(kind, () => setTimeout(idle));
  toast.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  place.append(toast);
  start();
}

if (place) {
  document.addEventListener("toast", (event) => say(event.detail));
  document.addEventListener("click", (event) => {
    const { toast, toastUndo, toastForm } = event.target.closest?.("button[data-toast]")?.dataset ?? {};
    if (toast) say({ text: toast, undo: toastUndo && { label: toastUndo, form: toastForm } });
  });
}
