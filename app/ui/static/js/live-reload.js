// Draws a preview again when a content file was written; the reader keeps the place in it.
const frame = document.querySelector("iframe[data-live]");
const part = "[data-renew]";
let known;

async function text(address) {
  const reply = await fetch(address);
  if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
  return reply.text();
}

async function renew() {
  const page = new DOMParser().parseFromString(await text(location.href), "text/html");
  document.querySelector(part).replaceWith(page.querySelector(part));
  const place = frame.contentWindow.scrollY;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
  frame.contentWindow.location.reload();
}

async function look() {
  try {
    const now = document.hidden ? known : await text(frame.dataset.live);
    if (known && now !== known) await renew();
    known = now;
  } catch { /* the link or the session is gone: the next look may find it again */ }
  setTimeout(look, 1000);
}
look();
