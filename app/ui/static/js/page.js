// Small manners of every page: the account menu closes, problems of a form get the focus, and a
// change of language keeps the reader's place and what was typed but not sent.
const TYPED = "avrr-typed";
const SECRET = /password|one-time-code/;
const here = () => location.pathname + location.search;

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

// The last named part that begins above the middle of the screen.
export function nearest() {
  if (scrollY < innerHeight / 4) return "";
  let found = "";
  for (const one of document.querySelectorAll("main [id]:not(a)")) {
    const box = one.getBoundingClientRect();
    if (box.height && box.top < innerHeight / 2) found = one.id;
  }
  return found;
}

const forms = () => [...document.querySelectorAll("main form:not([data-attempt], .note-form)")];
// A form that a script opens is not there when the page comes: its text stands on what holds it.
const boxes = () => [...document.querySelectorAll("main [data-marks]")];
const fields = (form) => [...form.elements].filter(({ name, type, autocomplete }) => name
  && !/^(hidden|password|file|submit|button|fieldset)$/.test(type) && !SECRET.test(autocomplete));
const isTick = ({ type }) => type === "checkbox" || type === "radio";

function differs(field) {
  if (isTick(field)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

// What a refused form shows again is on no page that can be opened, so it is kept as well.
export function keepTyped() {
  const kept = forms().map((form) => {
    const all = fields(form);
    if (!form.querySelector(".error-summary") && !all.some(differs)) return null;
    return all.map((field) => (isTick(field) ? field.checked : field.value));
  });
  const drafts = boxes().map(({ dataset }) => dataset.draft);
  if (![...kept, ...drafts].some(Boolean)) return;
  sessionStorage.setItem(TYPED, JSON.stringify([here(), kept, drafts]));
  boxes().forEach(({ dataset }) => { dataset.kept = "away"; });
  forms().forEach((form, place) => { if (kept[place]) form.dataset.kept = "away"; });
}

export function bringBack() {
  const [page, kept, drafts] = JSON.parse(sessionStorage.getItem(TYPED) || "[]");
  sessionStorage.removeItem(TYPED);
  if (page !== here()) return;
  boxes().forEach(({ dataset }, place) => { if (drafts[place]) dataset.draft = drafts[place]; });
  forms().forEach((form, place) => {
    if (!kept[place]) return;
    form.dataset.kept = "typed";
    fields(form).forEach((field, number) => {
      field[isTick(field) ? "checked" : "value"] = kept[place][number] ?? "";
    });
  });
}

document.querySelectorAll("details[data-menu]").forEach(menu);

// Who scrolls up to the buttons of the languages has not been reading there: for a while the last
// place of rest counts.
let rest = "";
let top = 0;
let timer;
addEventListener("scroll", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const place = nearest();
    rest = place || rest;
    top = place ? 0 : top || Date.now();
  }, 500);
}, { passive: true });
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form.languages")) return;
  const { next } = target.elements;
  const place = nearest() || (top && Date.now() - top > 15000 ? "" : rest);
  if (place) next.value = `${next.value.split("#")[0]}#${place}`;
  try { keepTyped(); } catch { /* without a store the guard of the form asks */ }
});
try { bringBack(); } catch { /* nothing is kept */ }
document.querySelector("[data-focus]")?.focus();
