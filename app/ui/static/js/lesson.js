// Lesson pages: keeps the reader's place, and answers the small questions without leaving the page.
const place = document.querySelector("form[data-place]");
const screens = [...document.querySelectorAll("[data-screen]")];
let here = 0;
let kept = 0;
let timer;

// Sends the place at rest, and once more when the page is left; a lost message does no harm.
function keep() {
  clearTimeout(timer);
  if (!here || here === kept) return;
  kept = here;
  fetch(place.action, {
    method: "POST",
    keepalive: true,
    headers: { Accept: "application/json", "X-CSRFToken": place.elements.csrf_token.value },
    body: new URLSearchParams({ screen: here }),
  }).catch(() => { kept = 0; });
}

// Marks in the list of contents where the reader is.
function show(id) {
  for (const link of document.querySelectorAll(".screens-nav a")) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export function follow(sections) {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      here = Number(entry.target.dataset.screen);
      show(entry.target.id);
      clearTimeout(timer);
      timer = setTimeout(keep, 4000);
    }
  }, { rootMargin: "-40% 0px -55% 0px" });
  sections.forEach((section) => seen.observe(section));
  addEventListener("pagehide", keep);
}

// Any fault of the link or the session falls back to the ordinary page.
export function check(box) {
  const form = box.querySelector("form");
  const answer = box.querySelector("[data-feedback]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form));
    query.set("fragment", "1");
    try {
      const reply = await fetch(`${form.action}?${query}`);
      if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
      answer.innerHTML = await reply.text();
    } catch {
      form.submit();
    }
  });
  form.addEventListener("change", () => { answer.replaceChildren(); });
}

// Escape closes the definition that stands open, as its link does.
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".back:target")?.click();
});

if (place && screens.length) follow(screens);
document.querySelectorAll("[data-check]").forEach(check);
