// Page Down and Page Up, which presentation clickers send, turn the page of a meeting; not while somebody types,
// and not away from a decision that is begun and not saved.
const keys = document.querySelector("[data-step-keys]");
if (keys) {
  keys.closest("label").hidden = false;
  keys.checked = sessionStorage.getItem("step-keys") !== "off";
  keys.addEventListener("change", () => sessionStorage.setItem("step-keys", keys.checked ? "on" : "off"));
}
let begun = false;
document.querySelector("main form")?.addEventListener("input", () => { begun = true; });
document.addEventListener("keydown", (event) => {
  const step = { PageDown: "next", PageUp: "previous" }[event.key];
  if (!step || !keys?.checked || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
  event.preventDefault();
  if (begun) {
    const note = document.querySelector("[data-step-note]");
    note.hidden = false;
    note.focus();
    return;
  }
  document.querySelector(`[data-step=${step}]`)?.click();
});
