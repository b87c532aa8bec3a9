// Long work: asks how far it is, more and more rarely, and loads the page again when it ends.
const FIRST = 1500;
const LONGEST = 15000;

export function follow(card) {
  const bar = card.querySelector("progress");
  const words = card.querySelector("[data-work-words]");
  let wait = FIRST;
  async function look() {
    try {
      const reply = await fetch(card.dataset.work, { headers: { Accept: "application/json" } });
      if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
      const now = await reply.json();
      if (now.state !== card.dataset.state) { location.reload(); return; }
      if (words.textContent !== now.words) words.textContent = now.words;
      if (now.total) { bar.max = now.total; bar.value = now.done; }
    } catch {
      wait *= 2;
    }
    wait = Math.min(wait * 1.2, LONGEST);
    setTimeout(look, wait);
  }
  const link = card.querySelector("[data-work-link]");
  if (link) link.hidden = true;
  setTimeout(look, wait);
}

// A slow form says that it is being sent, and is sent once. The browser's "back" frees it again.
export function busy(form, button) {
  const label = button.querySelector("span");
  const was = label.textContent;
  const note = document.createElement("p");
  label.textContent = button.dataset.busy;
  button.setAttribute("aria-disabled", "true");
  note.className = "hint";
  note.setAttribute("role", "status");
  button.after(note);
  note.textContent = button.dataset.busyNote;
  form.dataset.sent = "yes";
  addEventListener("pageshow", () => {
    label.textContent = was;
    button.removeAttribute("aria-disabled");
    note.remove();
    delete form.dataset.sent;
  }, { once: true });
}

// A file that is packed while it is sent: the link says so, and for a while takes no second press.
export function packing(link) {
  link.addEventListener("click", (event) => {
    if (link.dataset.packed) { event.preventDefault(); return; }
    const note = document.createElement("p");
    note.className = "hint";
    note.setAttribute("role", "status");
    link.after(note);
    note.textContent = link.dataset.packing;
    link.dataset.packed = "yes";
    setTimeout(() => { note.remove(); delete link.dataset.packed; }, LONGEST);
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter ?? form.querySelector?.("button[data-busy]");
  if (event.defaultPrevented || !button?.matches("[data-busy]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  busy(form, button);
});
document.querySelectorAll("[data-work]:is([data-state=running], [data-state=waiting])").forEach(follow);
document.querySelectorAll("a[data-packing]").forEach(packing);
