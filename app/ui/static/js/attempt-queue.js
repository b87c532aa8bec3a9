// Answers that the server does not have yet. Each is written to this device before it is sent,
// and leaves the device only when the server has said what became of it. On a shared device it
// is sealed to the server's key first: the device can send it, but not read it.
const STORE = "answers";
const bytes = (text) => Uint8Array.from(atob(text), (ch) => ch.charCodeAt(0));
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const utf8 = (text) => new TextEncoder().encode(text);

function inDatabase() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("avrr", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const ask = (mode, act) => new Promise((done, failed) => {
        const change = opening.result.transaction(STORE, mode);
        const request = act(change.objectStore(STORE));
        change.oncomplete = () => done(request.result);
        change.onerror = change.onabort = () => failed(change.error);
      });
      resolve({
        all: () => ask("readonly", (store) => store.getAll()),
        put: (entry) => ask("readwrite", (store) => store.put(entry)),
        remove: (id) => ask("readwrite", (store) => store.delete(id)),
      });
    };
  });
}

function inLocalStorage() {
  const prefix = "avrr-answer:";
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  return {
    all: async () => names().map((name) => JSON.parse(localStorage.getItem(name))),
    put: async (entry) => localStorage.setItem(prefix + entry.id, JSON.stringify(entry)),
    remove: async (id) => localStorage.removeItem(prefix + id),
  };
}

async function seal(serverKey, value) {
  const { subtle } = crypto;
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const server = await subtle.importKey("raw", bytes(serverKey), curve, false, []);
  const own = await subtle.generateKey(curve, false, ["deriveBits"]);
  const key = await subtle.exportKey("raw", own.publicKey);
  const shared = await subtle.deriveBits({ name: "ECDH", public: server }, own.privateKey, 256);
  const stretch = { name: "HKDF", hash: "SHA-256", salt: key, info: utf8("avrr answer 1") };
  const cipher = await subtle.deriveKey(
    stretch, await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await subtle.encrypt({ name: "AES-GCM", iv }, cipher, utf8(JSON.stringify(value)));
  return { key: base64(key), iv: base64(iv), data: base64(data) };
}

// `tell(entry, row)` is called for each reply, `signedOut()` when the server wants a new sign-in,
// `changed()` after each step. An entry of this page has position, base, options; one that an
// earlier page left sealed has not.
export class Queue {
  constructor({ attempt, url, token, sealKey, tell, signedOut, changed }) {
    Object.assign(this, { attempt, url, token, sealKey, tell, signedOut, changed });
    this.entries = new Map();
    this.page = Math.random().toString(36).slice(2);
    this.tries = 0;
    this.count = 0;
    addEventListener("online", () => this.drain());
  }

  async open() {
    try { this.store = await inDatabase(); } catch { this.store = inLocalStorage(); }
    let left = [];
    try { left = await this.store.all(); } catch { this.store = null; }
    for (const entry of left) if (!this.entries.has(entry.id)) this.entries.set(entry.id, entry);
    return left.filter((entry) => entry.attempt === this.attempt);
  }

  get mine() { return [...this.entries.values()].filter((one) => one.attempt === this.attempt); }

  get size() { return this.mine.length; }

  waits(position) { return this.mine.some((one) => one.position === position); }

  async add(position, base, options) {
    const id = `${this.attempt}:${position}:${this.page}`;
    const before = this.entries.get(id);
    const replaced = before ? [...before.replaced, before.options] : [];
    const entry = { id, attempt: this.attempt, url: this.url, position, base, options, replaced };
    entry.ref = this.count += 1;
    this.entries.set(id, entry);
    await this.keep(entry);
    this.changed();
    this.tries = 0;
    await this.drain();
  }

  body(entry) {
    const { position, base, options, ref } = entry;
    const answers = [{ position, base_revision: base, options, ref }];
    const ours = entry.attempt === this.attempt && this.token;
    return { token: ours || entry.token, answers };
  }

  // Without the means to seal, a shared device keeps nothing: the answer waits in the open page.
  async keep(entry) {
    try {
      const body = this.body(entry);
      let kept = { ...entry, token: body.token, kept: true };
      if (this.sealKey) {
        const sealed = await seal(this.sealKey, body);
        kept = { id: entry.id, attempt: entry.attempt, url: entry.url, sealed, kept: true };
      }
      if (this.entries.get(entry.id) !== entry) return;
      await this.store.put(kept);
      if (!this.entries.has(entry.id)) await this.store.remove(entry.id);
      entry.kept = true;
    } catch { entry.kept = false; }
  }

  // What waits for the same question rests on what has just been saved.
  async rebase(saved, { position, revision }) {
    for (const one of this.mine) {
      if (one === saved || one.position !== position || one.base !== revision - 1) continue;
      one.base = revision;
      await this.keep(one);
    }
  }

  // What stands on the server is what this entry replaces: only the reply to it was lost.
  async follows(entry, { status, revision, options }) {
    if (status !== "conflict" || revision !== entry.base + 1 || !options) return false;
    if (!entry.replaced?.some((one) => String(one) === String(options))) return false;
    const last = this.entries.get(entry.id);
    last.base = revision;
    await this.keep(last);
    return true;
  }

  async drop(entry) {
    if (!entry || this.entries.get(entry.id) !== entry) return;
    this.entries.delete(entry.id);
    try { await this.store.remove(entry.id); } catch { /* sent twice is safe */ }
  }

  drain() {
    this.again = true;
    this.draining ??= this.run();
    return this.draining;
  }

  async run() {
    clearTimeout(this.timer);
    let rest = false;
    while (this.again && !rest) {
      this.again = false;
      rest = await this.work();
    }
    this.draining = null;
    if (rest) this.timer = setTimeout(() => this.drain(), Math.min(60, 2 ** (this.tries += 1)) * 1e3);
    this.changed();
  }

  async work() {
    const passed = new Set();
    for (;;) {
      const entry = [...this.entries.values()].find((one) => one.kept !== undefined && !passed.has(one));
      if (!entry) return false;
      const outcome = await this.send(entry);
      if (outcome === "later") return true;
      if (outcome === "stays") passed.add(entry);
      this.changed();
    }
  }

  async send(entry) {
    let reply;
    try {
      reply = await fetch(entry.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(entry.sealed ? { sealed: entry.sealed } : this.body(entry)),
      });
    } catch {
      document.dispatchEvent(new CustomEvent("link-report", { detail: { online: false } }));
      return "later";
    }
    document.dispatchEvent(new CustomEvent("link-report", { detail: { online: true } }));
    const text = await reply.json().catch(() => ({}));
    if (reply.status === 401) {
      if (entry.attempt === this.attempt) this.signedOut();
      return "stays";
    }
    if (text.answers) {
      const row = text.answers[0];
      if (await this.follows(entry, row)) return "done";
      if (row.status === "saved") await this.rebase(entry, row);
      if (row.status === "conflict") await this.drop(this.entries.get(entry.id));
      await this.drop(entry);
      if (entry.attempt === this.attempt) this.tell(entry, row);
      return "done";
    }
    if (reply.status === 400 && text.error) {
      await this.drop(entry);
      if (entry.attempt === this.attempt) this.tell(entry, { status: "invalid", position: entry.position });
      return "done";
    }
    return "later";
  }
}
