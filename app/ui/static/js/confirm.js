// Asks before a form with data-confirm is sent, in a dialog that names the consequence. A template
// with data-confirm-more inside the form tells what happens in detail. Without this script the form
// is simply sent; the server keeps its own second look where needed.
function button(label, kind, value) {
  const made = document.createElement("button");
  made.className = kind;
  made.value = value;
  made.textContent = label;
  return made;
}

function ask(form) {
  const more = form.querySelector("template[data-confirm-more]");
  const dialog = document.createElement("dialog");
  const title = document.createElement(more ? "h2" : "p");
  const row = document.createElement("form");
  const no = button(form.dataset.confirmNo, "button secondary", "no");
  dialog.className = "confirm";
  title.id = "confirm-text";
  title.textContent = form.dataset.confirm;
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title);
  if (more) {
    const body = document.createElement("div");
    body.id = "confirm-more";
    body.append(more.content.cloneNode(true));
    dialog.setAttribute("aria-describedby", body.id);
    dialog.append(body);
  }
  row.method = "dialog";
  row.className = "actions";
  no.autofocus = true;
  const kind = form.querySelector("button.danger") ? "button danger" : "button";
  row.append(button(form.dataset.confirmYes, kind, "yes"), no);
  dialog.append(row);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset?.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const sender = event.submitter;
  if (!await ask(form)) { sender?.focus(); return; }
  form.dataset.confirmed = "yes";
  form.requestSubmit(sender);
});
