// Asks before a form with data-confirm is sent, in a dialog that names the consequence.
// Without this script the form is simply sent; the server keeps its own second look where needed.
function ask(form) {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  const row = document.createElement("form");
  const no = document.createElement("button");
  const yes = document.createElement("button");
  dialog.className = "confirm";
  text.id = "confirm-text";
  dialog.setAttribute("aria-labelledby", text.id);
  text.textContent = form.dataset.confirm;
  row.method = "dialog";
  row.className = "actions";
  yes.className = "button";
  yes.value = "yes";
  yes.textContent = form.dataset.confirmYes;
  no.className = "button secondary";
  no.value = "no";
  no.autofocus = true;
  no.textContent = form.dataset.confirmNo;
  row.append(yes, no);
  dialog.append(text, row);
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
  const sender = event.submitter;
  if (!await ask(form)) { sender?.focus(); return; }
  form.dataset.confirmed = "yes";
  form.requestSubmit(sender);
});
