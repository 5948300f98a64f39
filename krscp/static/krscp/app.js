// "Copy for Word": <button hidden data-copy-table="id of the table">, shown only where it works.
for (const button of document.querySelectorAll("[data-copy-table]")) {
  const table = document.getElementById(button.dataset.copyTable);
  if (!table || !window.ClipboardItem) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.write([forWord(table)]);
    button.textContent = "Copied";
  });
}

function forWord(table) {
  const copy = table.cloneNode(true);
  copy.setAttribute("border", "1");
  copy.querySelectorAll("[hidden], .govuk-visually-hidden").forEach((element) => element.remove());
  const text = [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join("\t")).join("\n");
  return new ClipboardItem({
    "text/html": new Blob([copy.outerHTML], { type: "text/html" }),
    "text/plain": new Blob([text], { type: "text/plain" }),
  });
}
