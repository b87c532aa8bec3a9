// Finds while the reader types. The index is fetched once and kept in memory only; after that the
// link may be lost. This is app/learning/search_index.py over again, without the making of the
// index, and a test holds both to the same results.
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f\u00ad'’ʼ`]*/gu;
const KINDS = ["lesson", "case", "term", "aid"];
const SHOWN = 20;

function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/і/g, "и").replace(/ґ/g, "г")
    .replace(/(и\u0306)|[\u0300-\u036f\u00ad'’ʼ`]/g, "$1").normalize("NFC");
}

function tokens(text) {
  return [...text.matchAll(WORD)]
    .map((match) => [fold(match[0]), match.index, match.index + match[0].length])
    .filter(([word]) => [...word].length > 1 || /^\p{Nd}$/u.test(word));
}

export function read(data) {
  const skipped = new Set(data.skipped.split(" "));
  return { skipped, courses: data.courses.map((course) => readCourse(course, data.endings)) };
}

function readCourse({ course, words, places, more, within }, common) {
  const wordOf = new Map();
  const begun = new Map();
  const endings = new Set(["", ...common.split(" ")]);
  words.split("\n").forEach((word, at) => {
    for (const group of word.split(",")) {
      const [begins, ...ends] = group.split(" ");
      begun.set(begins, [...begun.get(begins) ?? [], at]);
      for (const end of ends.map((one) => (one === "." ? "" : one))) {
        endings.add(end);
        wordOf.set(begins + end, at);
      }
    }
  });
  const line = (text) => ({
    text,
    words: tokens(text).map(([word, start, end]) => [wordOf.get(word), start, end]),
  });
  return {
    course, wordOf, begun, endings,
    places: places.map(([kind, title, url, text, inside, lines]) => ({
      kind: KINDS[kind], url,
      title: line(title),
      body: [line(text), ...lines.map((one) => line(more[one]))],
      within: line(within[inside]),
    })),
  };
}

function meant({ wordOf, begun, endings }, word, unfinished) {
  const found = new Set();
  if (wordOf.has(word)) {
    found.add(wordOf.get(word));
  } else {
    let longest = 0;
    for (let at = word.length; at > 1 && at >= longest - 1; at -= 1) {
      if (!begun.has(word.slice(0, at)) || !endings.has(word.slice(at))) continue;
      longest ||= at;
      begun.get(word.slice(0, at)).forEach((one) => found.add(one));
    }
  }
  if (unfinished && !/^\p{Nd}+$/u.test(word)) {
    wordOf.forEach((at, form) => { if (form.startsWith(word)) found.add(at); });
  }
  return found;
}

const marks = (line, words) => line.words.filter(([word]) => words.has(word));
const count = (line, words) => marks(line, words).length;

function rank(place, wanted) {
  let inTitle = 0;
  let hits = 0;
  for (const words of wanted) {
    const here = count(place.title, words);
    const all = place.body.reduce((sum, line) => sum + count(line, words), here);
    if (!all && !count(place.within, words)) return null;
    if (here) inTitle += 1;
    hits += all;
  }
  return hits ? [-inTitle, -hits] : null;
}

function pieces(text, spans, from = 0) {
  const found = [];
  let at = 0;
  for (const [, start, end] of spans) {
    found.push([text.slice(at, start - from), false], [text.slice(start - from, end - from), true]);
    at = end - from;
  }
  return [...found, [text.slice(at), false]].filter(([part]) => part);
}

function excerpt({ text }, spans) {
  const [, first, end] = spans[0] ?? [0, 0, 0];
  const start = first > 60 ? text.lastIndexOf(" ", first - 61) + 1 : 0;
  let stop = text.length;
  if (stop - start > 180) stop = Math.max(text.lastIndexOf(" ", start + 179), end);
  const isCut = stop < text.length;
  const cut = isCut ? text.slice(start, stop).replace(/[ \u00a0,;:–—·(«“]+$/, "") : text.slice(start);
  return [
    ...(start ? [["…", false]] : []),
    ...pieces(cut, spans.filter(([, at]) => at >= start && at < stop), start),
    ...(isCut && !/[.!?…]$/.test(cut) ? [["…", false]] : []),
  ];
}

export function find({ skipped, courses }, typed) {
  const text = [...typed].slice(0, 200).join("");
  const known = tokens(text).filter(([word]) => !skipped.has(word));
  const words = [...new Set(known.map(([word]) => word))].slice(0, 12);
  const [last, , end] = known.at(-1) ?? [];
  const unfinished = end === text.length && last === words.at(-1);
  const found = { lesson: [], case: [], term: [], aid: [] };
  for (const course of words.length ? courses : []) {
    const wanted = words.map((word) => meant(course, word, unfinished && word === words.at(-1)));
    const any = new Set(wanted.flatMap((one) => [...one]));
    for (const place of course.places) {
      const order = rank(place, wanted);
      if (!order) continue;
      const score = (line) => wanted.filter((one) => count(line, one)).length;
      const shown = place.body.reduce((best, line) => (score(line) > score(best) ? line : best));
      found[place.kind].push({
        url: place.url, order,
        title: pieces(place.title.text, marks(place.title, any)),
        within: [courses.length > 1 && course.course, place.within.text].filter(Boolean).join(" · "),
        excerpt: excerpt(shown, marks(shown, any)),
      });
    }
  }
  for (const kind of KINDS) {
    found[kind].sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
    const seen = new Set(); // courses share terms
    found[kind] = found[kind].filter(({ url }) => !seen.has(url) && seen.add(url));
  }
  return { words, found };
}

function element(name, parts, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...parts);
  return made;
}

const marked = (parts) => parts.map(([text, hit]) => (hit ? element("mark", [text]) : text));

function show(area, { words, found }) {
  let total = 0;
  for (const section of area.querySelectorAll("[data-kind]")) {
    const hits = found[section.dataset.kind];
    total += hits.length;
    section.hidden = !hits.length;
    section.querySelector("[data-count]").textContent = hits.length;
    section.querySelector("[data-more]").hidden = hits.length <= SHOWN;
    const list = section.querySelector("ol");
    list.removeAttribute("lang");
    list.replaceChildren(...hits.slice(0, SHOWN).map((hit) => {
      const link = element("a", marked(hit.title));
      link.href = hit.url;
      const lines = [element("p", [link])];
      if (hit.within) lines.push(element("p", [hit.within], "hint"));
      if (hit.excerpt.length) lines.push(element("p", marked(hit.excerpt)));
      return element("li", lines);
    }));
  }
  area.querySelector("[role=status]").textContent =
    words.length ? area.dataset.found.replace("{count}", total) : "";
  area.querySelector("[data-hints]").hidden = words.length > 0;
  area.querySelector("[data-nothing]").hidden = !words.length || total > 0;
  area.querySelector("[data-elsewhere]").hidden = true;
  area.querySelector("[data-ask]").hidden = false;
  return total;
}

export function assist(form, area) {
  const field = form.elements.q;
  let index;
  let loading;
  let timer;
  const load = async () => {
    try {
      const reply = await fetch(form.dataset.index);
      if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
      index = read(await reply.json());
      if (field.value !== field.defaultValue) show(area, find(index, field.value));
    } catch {
      loading = undefined;
    }
  };
  field.addEventListener("focus", () => { loading ??= load(); });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (index) show(area, find(index, field.value)); }, 200);
  });
  // What is not in the index goes to the server, which looks in the other languages too.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (index && (show(area, find(index, field.value)) || !navigator.onLine)) event.preventDefault();
  });
}

const form = document.querySelector("form[data-index]");
if (form) assist(form, document.querySelector("[data-results]"));
