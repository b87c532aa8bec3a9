// Bookmarks and notes beside the screens of a lesson, without leaving it. Text that is not saved
// stays in the open page and nowhere else: the phone may be that of the whole post. Only a change
// of language takes it along, by page.js.
const place = document.querySelector("form[data-place]");
const model = document.querySelector("template[data-note-editor]");
const notes = [];

// A page that was open for long has an old token. The new one is taken for the same reader only.
async function renew(url) {
  const reply = await fetch(url, { headers: { Accept: "application/json" } });
  if (!reply.ok) return reply.status === 401 ? "signed-out" : "problem";
  const { token, reader } = await reply.json();
  if (String(reader) !== place.dataset.reader) return "stranger";
  for (const field of document.getElementsByName("csrf_token")) field.value = token;
  return "";
}

// Returns the reply, and what to say where there is none of use.
async function send(url, fields, noteUrl) {
  const post = () => fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": place.elements.csrf_token.value },
    body: new URLSearchParams(fields),
  });
  try {
    let reply = await post();
    if (reply.status === 400) {
      const fault = await renew(noteUrl);
      if (fault) return { fault };
      reply = await post();
    }
    const fault = reply.status === 401 ? "signed-out" : "problem";
    return { reply, fault: [200, 204, 409, 422].includes(reply.status) ? "" : fault };
  } catch {
    document.dispatchEvent(new CustomEvent("link-report", { detail: { online: false } }));
    return { fault: "offline" };
  }
}

class Marks {
  constructor(box) {
    this.box = box;
    [this.button, this.link, this.line, this.shown] = box.children;
    this.button.addEventListener("click", (event) => { event.preventDefault(); this.toggle(); });
    this.link.addEventListener("click", (event) => { event.preventDefault(); this.open(); });
    if (box.dataset.draft) this.unpack();
  }

  say(what, words) {
    const text = model.content.querySelector(`[data-say=${what}]`).cloneNode(true);
    if (words) text.querySelector("span").textContent = words;
    this.line.replaceChildren(...text.childNodes);
    const kind = { saved: "saved", deleted: "saved", draft: "", saving: "" }[what];
    this.line.dataset.state = kind ?? "waiting";
  }

  press(on) {
    this.button.setAttribute("aria-pressed", on);
    this.button.value = on ? 0 : 1;
  }

  // The bookmark changes at once, and back when the server did not hear of it.
  async toggle() {
    const on = this.button.value === "1";
    this.press(on);
    const { fault } = await send(this.button.formAction, { on: Number(on) }, this.link.href);
    if (fault) this.press(!on);
    if (fault) this.say(fault === "offline" ? "unsent" : fault);
    else if (!this.isDraft) this.line.replaceChildren();
  }

  get isDraft() { return Boolean(this.form) && this.field.value !== this.shown.textContent; }

  open() {
    if (!this.form) this.build();
    if (!this.isDraft) this.field.value = this.shown.textContent;
    this.form.hidden = false;
    this.shown.hidden = true;
    this.field.focus();
  }

  pack() {
    const draft = () => JSON.stringify([this.field.value, this.shown.dataset.base]);
    this.box.dataset.draft = this.isDraft ? draft() : "";
  }

  // It rests on the note as it was when it was begun, not on one that came meanwhile.
  unpack() {
    const [text, base] = JSON.parse(this.box.dataset.draft);
    this.open();
    this.field.value = text;
    this.shown.dataset.base = base;
  }

  build() {
    this.form = model.content.querySelector("form").cloneNode(true);
    this.field = this.form.elements.text;
    this.theirs = this.form.querySelector("[data-theirs]");
    this.field.value = this.shown.textContent;
    this.line.before(this.form);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    this.form.addEventListener("input", () => { delete this.box.dataset.kept; });
    this.form.querySelector("[data-close]").addEventListener("click", () => this.close());
    this.form.querySelector("[data-join]").addEventListener("click", () => {
      this.field.value = `${this.shown.textContent}\n\n${this.field.value}`;
      this.theirs.hidden = true;
      this.field.focus();
    });
  }

  close() {
    this.form.hidden = true;
    this.shown.hidden = !this.shown.textContent;
    if (this.isDraft) this.say("draft");
    this.link.focus();
  }

  keep({ text, base }) {
    this.shown.textContent = text;
    this.shown.dataset.base = base;
  }

  async save() {
    if (this.busy) return;
    this.busy = true;
    this.waits = false;
    const sent = this.field.value;
    this.say("saving");
    const { base } = this.shown.dataset;
    const { reply, fault } = await send(this.link.href, { text: sent, base }, this.link.href);
    const row = fault ? {} : await reply.json().catch(() => ({}));
    this.busy = false;
    this.waits = fault === "offline";
    this.field.setAttribute("aria-invalid", reply?.status === 422);
    if (fault) this.say(this.waits ? "waiting" : fault);
    else if (reply.status === 422) this.say("problem", row.message);
    else if (reply.status === 409) this.contest(row);
    else this.settle(row, sent);
  }

  contest(row) {
    this.keep(row);
    this.theirs.querySelector(".own-note").textContent = row.text;
    this.theirs.hidden = false;
    this.say("conflict");
  }

  // What was typed while the note was on its way is not saved yet, and stays.
  settle(row, sent) {
    const went = this.field.value === sent;
    this.keep(row);
    this.theirs.hidden = true;
    if (!went) { this.say("draft"); return; }
    this.field.value = row.text;
    this.close();
    this.say(row.text ? "saved" : "deleted");
  }
}

if (place && model) for (const box of document.querySelectorAll("[data-marks]")) notes.push(new Marks(box));
document.addEventListener("connection", ({ detail }) => {
  if (detail.online) for (const note of notes) if (note.waits) note.save();
});
document.addEventListener("submit", ({ target }) => {
  if (target.matches("form.languages")) for (const note of notes) note.pack();
}, true);
addEventListener("beforeunload", (event) => {
  if (notes.some((note) => note.isDraft && note.box.dataset.kept !== "away")) event.preventDefault();
});
