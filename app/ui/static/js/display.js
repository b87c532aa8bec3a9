// The page of display settings: shows each choice at once, on this page only; the button keeps it.
const form = document.querySelector("form[data-display]");
const look = document.documentElement.dataset;

function show({ name, value }) {
  if (value === form.elements[name][0].value) delete look[name];
  else look[name] = value;
}

form.addEventListener("change", ({ target }) => show(target));
form.querySelectorAll(":checked").forEach(show);
