// A file field with a drop zone: says what was chosen, and refuses a wrong or too large file at once.
function put(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (all, name) => gaps[name] ?? all);
}

function say(box, text) {
  const words = box.querySelector("span") ?? box.appendChild(document.createElement("span"));
  box.hidden = !text;
  words.textContent = text;
}

export function upload(field) {
  const input = field.querySelector("input[type=file]");
  const zone = field.querySelector(".drop");
  const chosen = field.querySelector("[data-chosen]");
  const refusal = field.querySelector("[data-refusal]");
  const { accept, max, maxMb, kinds, wrongKind, tooLarge, size } = field.dataset;
  const endings = accept.toLowerCase().split(",").map((one) => one.trim()).filter((one) => one.startsWith("."));
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

  function fault(file) {
    const name = file.name.toLowerCase();
    if (endings.length && !endings.some((ending) => name.endsWith(ending))) {
      return put(wrongKind, { name: file.name, kinds });
    }
    if (file.size <= Number(max)) return "";
    return put(tooLarge, { size: number.format(file.size / 1048576), max: maxMb });
  }

  function look() {
    const file = input.files[0];
    const wrong = file ? fault(file) : "";
    if (wrong) input.value = "";
    say(refusal, wrong);
    say(chosen, file && !wrong
      ? put(size, { name: file.name, size: number.format(Math.max(file.size / 1024, 0.1)) }) : "");
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
  }

  field.querySelector("[data-drop-words]").hidden = false;
  input.addEventListener("change", look);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    look();
  });
}
document.querySelectorAll("[data-upload]").forEach(upload);
