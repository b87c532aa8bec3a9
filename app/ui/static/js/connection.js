// Knows whether the link is there, and says so in one place. Others ask it, or listen:
// document.addEventListener("connection", (event) => event.detail.online). The state also stands
// on <html data-connection>, so that scripts loaded later and styles can read it.
const bar = document.querySelector("p[data-connection]");
const root = document.documentElement;
let hide;

export function online() {
  return root.dataset.connection !== "offline";
}

// Called by scripts that send: a failed request says more than the browser's own opinion.
export function report(isOnline) {
  if (isOnline === online() && root.dataset.connection) return;
  const first = !root.dataset.connection;
  root.dataset.connection = isOnline ? "online" : "offline";
  document.dispatchEvent(new CustomEvent("connection", { detail: { online: isOnline } }));
  if (!bar || (first && isOnline)) return;
  clearTimeout(hide);
  bar.textContent = isOnline ? bar.dataset.online : bar.dataset.offline;
  bar.hidden = false;
  if (isOnline) hide = setTimeout(() => { bar.hidden = true; }, 5000);
}

addEventListener("online", () => report(true));
addEventListener("offline", () => report(false));
document.addEventListener("link-report", (event) => report(event.detail.online));
report(navigator.onLine);
