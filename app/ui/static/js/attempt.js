// The attempt page: each answer goes into the queue at once, and its state stands beside it.
// The review page: handing in waits for the queue and for the link.
import { Queue } from "./attempt-queue.js";

const form = document.querySelector("form[data-attempt]");
const words = form.dataset;
const dialog = document.querySelector("[data-sign-in]");
const banner = document.querySelector("[data-banner]");
const items = new Map([...form.querySelectorAll("[data-position]")]
  .map((item) => [Number(item.dataset.position), item]));
const channel = "BroadcastChannel" in window ? new BroadcastChannel("avrr-attempt") : null;
const fill = (text, n, m) => text.replace("{n}", n).replace("{m}", m);
let sealed = false;
let reload = false;

function say(text) {
  banner.hidden = !text;
  banner.querySelector("p").textContent = text || "";
}

function mark(position, state, text) {
  const line = items.get(position)?.querySelector(".saved");
  if (!line) return;
  line.dataset.state = state;
  line.querySelector("use").setAttribute("href", words[`icon${state[0].toUpperCase()}${state.slice(1)}`]);
  line.querySelector("span").textContent = text;
}

const base = (position) => form.elements[`base-${position}`];

function adopt(position, revision, options) {
  base(position).value = revision;
  for (const radio of items.get(position).querySelectorAll("input[type=radio]")) {
    radio.checked = options.includes(radio.value);
  }
  mark(position, "saved", words.textSaved);
}

function tell(entry, row) {
  const { position, status, revision } = row;
  if (status === "saved") {
    if (entry.sealed) reload = true;
    else if (items.has(position)) {
      if (!queue.waits(position)) {
        base(position).value = revision;
        mark(position, "saved", words.textSaved);
      } else if (Number(base(position).value) < revision) base(position).value = revision;
      channel?.postMessage({ attempt: words.attempt, position, revision, options: entry.options });
    }
  } else if (status === "conflict") {
    if (row.options && items.has(position)) adopt(position, revision, row.options);
    say(fill(words.textConflict || "", position));
  } else if (status === "sealed") {
    sealed = true;
    say(row.reason === "closed" ? words.textClosed : words.textSubmitted);
    for (const radio of form.querySelectorAll("input[type=radio]")) radio.disabled = true;
  } else say(fill(words.textInvalid || "", position || ""));
}

function changed() {
  for (const { position, kept } of queue.mine) {
    if (queue.draining && navigator.onLine && !queue.tries) mark(position, "saving", words.textSaving);
    else mark(position, "waiting", kept === false ? words.textUnkept : words.textWaiting);
  }
  const line = document.querySelector("[data-progress]");
  if (!line) return;
  let done = 0;
  const map = document.querySelector("[data-map]");
  for (const [position, item] of items) {
    const answered = item.querySelector("input:checked") !== null;
    const link = map.children[position - 1].firstElementChild;
    link.classList.toggle("answered", answered);
    link.querySelector("[data-state]").textContent = answered ? map.dataset.answered : map.dataset.open;
    done += answered;
  }
  line.firstElementChild.textContent = fill(words.textProgress, done, items.size);
}

function signIn() {
  say(words.textSignin);
  if (!dialog.open) dialog.showModal();
}

const queue = new Queue({
  attempt: words.attempt, url: words.answersUrl, token: words.token, sealKey: words.sealKey,
  tell, signedOut: signIn, changed,
});

// After signing in again the page has new tokens; they are read from a fresh copy of it.
async function refresh() {
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = page.querySelector("form[data-attempt]");
  if (!fresh) return;
  queue.token = words.token = fresh.dataset.token || "";
  const value = fresh.elements.csrf_token.value;
  for (const field of document.getElementsByName("csrf_token")) field.value = value;
}

let resume = () => {};
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
dialog.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { identifier, password } = event.target.elements;
  const problem = dialog.querySelector(".problem");
  const reply = await fetch(event.target.action, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-Requested-With": "fetch" },
    body: JSON.stringify({ identifier: identifier.value, password: password.value, person: words.person }),
  }).catch(() => null);
  const text = reply ? await reply.json().catch(() => ({})) : {};
  problem.hidden = Boolean(reply?.ok);
  problem.textContent = text.message || words.textOffline;
  if (!reply?.ok) return;
  password.value = "";
  dialog.close();
  say("");
  await refresh().catch(() => {});
  await queue.drain();
  const next = resume;
  resume = () => {};
  next();
});

// Nobody is sent to a page that cannot be reached: it is asked for first.
async function leave(url, options) {
  if (!sealed) {
    await queue.drain();
    if (queue.size) { say(fill(words.textUnsent, queue.size)); return; }
  }
  const reply = await fetch(url, { headers: { Accept: "text/html" }, ...options }).catch(() => null);
  if (!reply || reply.status >= 500) { say(words.textOffline); return; }
  if (!new URL(reply.url).pathname.startsWith("/attempts/") || reply.status === 400) {
    resume = () => leave(url, options && { ...options, body: new FormData(form) });
    signIn();
    return;
  }
  location.assign(reply.url);
}

form.addEventListener("change", ({ target }) => {
  const item = target.closest("[data-position]");
  if (!item) return;
  const position = Number(item.dataset.position);
  queue.add(position, Number(base(position).value), [target.value]);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if ("handIn" in words) leave(form.action, { method: "POST", body: new FormData(form) });
  else if (event.submitter?.name === "check") leave(words.reviewUrl);
  else queue.drain();
});

channel?.addEventListener("message", ({ data }) => {
  if (data.attempt !== words.attempt || !items.has(data.position)) return;
  if (queue.waits(data.position) || data.revision <= Number(base(data.position).value)) return;
  adopt(data.position, data.revision, data.options);
  changed();
});

addEventListener("beforeunload", (event) => { if (queue.size && !sealed) event.preventDefault(); });

const left = await queue.open();
for (const { position, options } of left) {
  for (const radio of items.get(position)?.querySelectorAll("input[type=radio]") ?? []) {
    radio.checked = options.includes(radio.value);
  }
}
changed();
await queue.drain();
if (reload && !queue.size && !sealed) location.reload();
