// The journal of a lesson: what is written stays on this device, under the cycle of its reader.
// On a shared device nothing is kept.
const place = document.querySelector("form[data-place]");

class Page {
  constructor(box) {
    this.field = box.querySelector("textarea");
    this.line = box.querySelector("[role=status]");
    this.words = box.querySelector("template").content;
    this.name = `avrr-journal:${place.dataset.reader}:${box.dataset.journal}`;
    this.shared = "shared" in place.dataset;
    this.field.parentElement.hidden = false;
    try { this.field.value = this.shared ? "" : localStorage.getItem(this.name) ?? ""; } catch { /* none kept */ }
    if (this.shared) this.say("shared", "waiting");
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.keep(), 600); });
    this.field.addEventListener("change", () => this.keep());
    addEventListener("pagehide", () => { if (this.timer) this.keep(); });
    box.querySelector("button").addEventListener("click", () => this.erase());
  }

  say(what, state) {
    this.line.replaceChildren(...this.words.querySelector(`[data-say=${what}]`).cloneNode(true).childNodes);
    this.line.dataset.state = state;
  }

  keep() {
    this.timer = clearTimeout(this.timer);
    if (this.shared) return;
    try {
      if (this.field.value) localStorage.setItem(this.name, this.field.value);
      else localStorage.removeItem(this.name);
      this.say("kept", "saved");
    } catch { this.say("full", "waiting"); }
  }

  erase() {
    clearTimeout(this.timer);
    this.field.value = "";
    try { localStorage.removeItem(this.name); } catch { /* nothing was kept */ }
    this.say("erased", "saved");
    this.field.focus();
  }
}

for (const box of document.querySelectorAll("[data-journal]")) new Page(box);
