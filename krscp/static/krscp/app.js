// "Copy for Word": <button hidden data-copy-table="id of the table">, shown only where it works.
const FONT = "font-family: Arial, sans-serif; font-size: 10pt;";
const CELL = `border: 1px solid #7f7f7f; padding: 3pt 5pt; text-align: left; vertical-align: top; ${FONT}`;
const NOT_COPIED = "[hidden], .app-no-print, .govuk-visually-hidden, button, form, script";
const ENDS_A_LINE = "br, li, p, dt, dd, div";

for (const button of document.querySelectorAll("[data-copy-table]")) {
  const table = document.getElementById(button.dataset.copyTable);
  if (!table || !window.ClipboardItem || !navigator.clipboard) continue;
  if (table.caption) button.append(heard(`: ${table.caption.textContent.trim()}`));
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

// Headings and borders for Word; the same as plain text where that is refused.
async function copied(table) {
  const text = asText(table);
  const types = { "text/html": asHtml(table), "text/plain": text };
  const blobs = Object.entries(types).map(([type, content]) => [type, new Blob([content], { type })]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return "Copied";
  } catch {
    return navigator.clipboard.writeText(text).then(() => "Copied as text", () => "Not copied: your browser refused");
  }
}

// A copy of what is read: no buttons, nothing that is only heard; a caption is shown even where the page hides it.
function cleaned(table) {
  const copy = table.cloneNode(true);
  copy.caption?.classList.remove("govuk-visually-hidden");
  copy.querySelectorAll(NOT_COPIED).forEach((element) => element.remove());
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
  copy.setAttribute("style", `border-collapse: collapse; ${FONT}`);
  copy.caption?.setAttribute("style", `text-align: left; font-weight: bold; ${FONT}`);
  for (const cell of copy.querySelectorAll("th, td")) {
    const head = cell.closest("thead") ? " background: #e6e6e6;" : "";
    cell.setAttribute("style", `${CELL} font-weight: ${cell.tagName === "TH" ? "bold" : "normal"};${head}`);
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
