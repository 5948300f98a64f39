// Page Down and Page Up, which presentation clickers send, turn the page of a meeting; not while somebody types.
const keys = document.querySelector("[data-step-keys]");
if (keys) {
  keys.closest("label").hidden = false;
  keys.checked = sessionStorage.getItem("step-keys") !== "off";
  keys.addEventListener("change", () => sessionStorage.setItem("step-keys", keys.checked ? "on" : "off"));
}
document.addEventListener("keydown", (event) => {
  const step = { PageDown: "next", PageUp: "previous" }[event.key];
  if (!step || !keys?.checked || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
  event.preventDefault();
  document.querySelector(`[data-step=${step}]`)?.click();
});
