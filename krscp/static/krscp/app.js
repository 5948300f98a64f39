// "Copy for Word": <button hidden data-copy-table="id of the table">, shown only where it works.
const FONT = "font-family: Arial, sans-serif; font-size: 10pt;";
const CELL = `border: 1px solid #7f7f7f; padding: 3pt 5pt; text-align: left; vertical-align: top; ${FONT}`;
const NOT_COPIED = "[hidden], .app-no-print, .govuk-visually-hidden, button, form, script";
const ENDS_A_LINE = "br, li, p, dt, dd, div";

for (const button of document.querySelectorAll("[data-copy-table]")) {
  const table = document.getElementById(button.dataset.copyTable);
  if (!table || !document.queryCommandSupported?.("copy")) continue;
  if (table.caption) button.append(heard(` ${table.caption.textContent.trim()}`));
  button.hidden = false;
  button.addEventListener("click", async () => tell(button, await copied(cleaned(table))));
}

// Several buttons on a page say the same: which table is meant is heard.
function heard(words) {
  const span = document.createElement("span");
  span.className = "govuk-visually-hidden";
  span.textContent = words;
  return span;
}

function tell(button, words) {
  button.nextElementSibling.textContent = words;
  button.firstChild.data = words;
  setTimeout(() => { button.firstChild.data = "Copy for Word"; }, 4000);
}

// Headings and borders for Word, with plain text beside them; plain text alone where that is refused.
// The copy event asks no permission, works on a plain http intranet too, and parses nothing on this page.
async function copied(table) {
  const text = asText(table);
  const fill = (event) => {
    event.clipboardData.setData("text/html", asHtml(table));
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  const taken = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  if (taken) return "Copied";
  try {
    await navigator.clipboard.writeText(text);
    return "Copied as text";
  } catch {
    return "Your browser refused to copy";
  }
}

// A copy of what is read: no buttons, nothing that is only heard; a caption is shown even where the page hides it.
function cleaned(table) {
  const copy = table.cloneNode(true);
  copy.caption?.classList.remove("govuk-visually-hidden");
  copy.querySelectorAll(NOT_COPIED).forEach((element) => element.remove());
  copy.querySelectorAll(".app-title-number").forEach((element) => element.after(" "));
  return copy;
}

// Word takes no stylesheet along, so that every look stands on its element.
function asHtml(table) {
  const copy = table.cloneNode(true);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const { name } of [...element.attributes]) {
      if (!["href", "scope", "colspan", "rowspan"].includes(name)) element.removeAttribute(name);
    }
    if (element.href) element.setAttribute("href", element.href);
  }
  copy.setAttribute("border", "1");
  // Set as a style, not as an attribute: the page's security policy allows only that.
  copy.style.cssText = `border-collapse: collapse; ${FONT}`;
  if (copy.caption) copy.caption.style.cssText = `text-align: left; font-weight: bold; ${FONT}`;
  for (const cell of copy.querySelectorAll("th, td")) {
    const head = cell.closest("thead") ? " background: #e6e6e6;" : "";
    cell.style.cssText = `${CELL} font-weight: ${cell.tagName === "TH" ? "bold" : "normal"};${head}`;
  }
  return copy.outerHTML;
}

// One line for a row, a tab between cells.
function asText(table) {
  const copy = table.cloneNode(true);
  copy.querySelectorAll(ENDS_A_LINE).forEach((element) => element.after(" "));
  return [...copy.rows].map((row) => [...row.cells].map(wordsOf).join("\t")).join("\n");
}

function wordsOf(cell) {
  return cell.textContent.replace(/\s+/g, " ").trim();
}
