/* The side-by-side editor's keyboard, and the buttons that put an official term into a piece.
   Everything else works without this file. */
(() => {
  const form = document.getElementById("pieces-form");
  if (!form) return;

  const pieces = [...form.querySelectorAll("[data-piece]")].filter((piece) => fieldOf(piece));
  const initial = new Map();
  const touched = new WeakSet();

  function fieldOf(piece) {
    return piece.querySelector(".pieces__field textarea, .pieces__field [data-draftail-input]");
  }

  function isRich(field) {
    return field.hasAttribute("data-draftail-input");
  }

  function wordsOf(field) {
    if (!isRich(field)) return field.value.trim();
    try {
      const { blocks = [] } = JSON.parse(field.value) || {};
      return blocks.map((block) => block.text).join("\n").trim();
    } catch {
      return "";
    }
  }

  function isToDo(piece) {
    const words = wordsOf(fieldOf(piece));
    if (piece.dataset.state === "missing") return words === "";
    return piece.dataset.state === "outdated" && words === initial.get(piece);
  }

  function go(piece) {
    if (!piece) return;
    const field = fieldOf(piece);
    if (isRich(field)) {
      field.draftailEditor?.focus();
    } else {
      field.focus();
    }
    piece.scrollIntoView({ block: "center" });
  }

  function here() {
    return pieces.findIndex((piece) => piece.contains(document.activeElement));
  }

  function nextToDo() {
    const start = here() + 1;
    const order = [...pieces.slice(start), ...pieces.slice(0, start)];
    go(order.find(isToDo));
  }

  function onKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const acts = {
      ArrowDown: () => go(pieces[Math.min(here() + 1, pieces.length - 1)]),
      ArrowUp: () => go(pieces[Math.max(here() - 1, 0)]),
      Enter: nextToDo,
      s: () => form.requestSubmit(form.querySelector("[data-save]")),
    };
    const act = acts[event.key] || acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function insert(field, words) {
    if (isRich(field)) {
      field.draftailEditor?.focus();
      // The editor listens to what is typed; it takes a command of the browser for typing.
      window.setTimeout(() => document.execCommand("insertText", false, words), 60);
      return;
    }
    field.focus();
    if (!touched.has(field)) field.setSelectionRange(field.value.length, field.value.length);
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  pieces.forEach((piece) => initial.set(piece, wordsOf(fieldOf(piece))));
  // Before Wagtail's rich text editor, which has uses of its own for some of these keys.
  document.addEventListener("keydown", onKey, { capture: true });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-one-line]")) event.preventDefault();
  });
  // The rich text editor writes into its field a moment after the last key.
  form.addEventListener("submit", () => {
    pieces.forEach((piece) => fieldOf(piece).draftailEditor?.saveState?.());
  });
  form.addEventListener("focusout", (event) => touched.add(event.target));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(fieldOf(button.closest("[data-piece]")), button.dataset.insert);
  });
  form.querySelectorAll(".pieces__offers").forEach((offers) => {
    offers.hidden = false;
  });
})();
