// A film of drawings that stand in the page: one stage with buttons, and nothing moves by itself.
class Film {
  constructor(box) {
    this.box = box;
    this.stage = box.querySelector("[data-stage]");
    this.scenes = [...this.stage.querySelectorAll(".shot")];
    this.player = box.querySelector("[data-player]");
    this.told = box.querySelector("[data-told]");
    this.at = 0;
    this.left = 0; // milliseconds that a scene which was stopped still has
    box.classList.add("staged");
    this.stage.tabIndex = 0;
    this.player.hidden = false;
    const large = this.button("large");
    large.hidden = !document.fullscreenEnabled;
    this.player.addEventListener("click", ({ target }) => this.act(target.closest("[data-act]")?.dataset.act));
    this.stage.addEventListener("click", () => this.act("play"));
    box.addEventListener("keydown", (event) => this.key(event));
    box.querySelector("[data-language]").addEventListener("change", ({ target }) => this.speak(target.value));
    document.addEventListener("fullscreenchange", () => this.label(large, document.fullscreenElement === box ? "large" : "small"));
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.pause(); });
    addEventListener("beforeprint", () => { this.pause(); this.show(this.at); });
    this.show(0);
  }

  button(act) { return this.player.querySelector(`[data-act=${act}]`); }

  get playing() { return this.box.classList.contains("playing"); }

  label(button, state) {
    for (const one of button.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== state;
  }

  // Shows a scene: `moving` from its beginning, else as it ends.
  show(at, moving = false) {
    this.at = at;
    this.left = moving ? this.scenes[at].dataset.seconds * 1000 : 0;
    this.scenes.forEach((scene, number) => {
      scene.classList.toggle("on", number === at);
      scene.classList.toggle("run", number === at && moving);
    });
    this.button("back").setAttribute("aria-disabled", at === 0);
    this.button("next").setAttribute("aria-disabled", at === this.scenes.length - 1);
  }

  play() {
    if (!this.left) this.show(this.at, true);
    this.box.classList.add("playing");
    this.label(this.button("play"), "playing");
    this.since = performance.now();
    this.timer = setTimeout(() => this.pass(), this.left);
  }

  pause() {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.left = Math.max(1, this.left - (performance.now() - this.since));
    this.box.classList.remove("playing");
    this.label(this.button("play"), "still");
  }

  // A scene is over: the next one, or the end.
  pass() {
    if (this.at < this.scenes.length - 1) {
      this.show(this.at + 1, true);
      this.play();
    } else {
      this.pause();
      this.left = 0;
      this.ended = true;
    }
  }

  // By hand; only then is the scene read aloud.
  step(to) {
    if (to < 0 || to >= this.scenes.length) return;
    const playing = this.playing;
    this.pause();
    this.show(to);
    if (playing) this.play();
    this.tell();
  }

  tell() {
    const said = this.scenes[this.at].querySelectorAll(".scene-count, .caption:not([hidden])");
    this.told.replaceChildren(...[...said].flatMap((one) => [one.cloneNode(true), " "]));
  }

  act(what) {
    const ended = this.ended;
    this.ended = false;
    if (what === "back") this.step(this.at - 1);
    else if (what === "next") this.step(this.at + 1);
    else if (what === "again" || (what === "play" && ended)) { this.pause(); this.show(0); this.play(); }
    else if (what === "play") { if (this.playing) this.pause(); else this.play(); }
    else if (what === "large") this.enlarge();
  }

  enlarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.box.requestFullscreen().then(() => this.stage.focus(), () => { /* it stays small */ });
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, details")) return;
    const what = { ArrowLeft: "back", ArrowRight: "next", " ": event.target.closest("button") ? "" : "play" }[event.key];
    if (!what) return;
    event.preventDefault();
    this.act(what);
  }

  speak(language) {
    for (const one of this.stage.querySelectorAll(".caption")) one.hidden = one.lang !== language;
  }
}

for (const box of document.querySelectorAll("[data-scenes]")) new Film(box);
