// Nothing here is needed to read a page: a button that copies its address, one that opens all
// receipts, and the receipt that an address points at.
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  const link = document.getElementById(button.dataset.copy);
  if (!link || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Could not copy; the address is beside this button";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const button of document.querySelectorAll("button[data-receipts]")) {
  const receipts = [...document.querySelectorAll("details.receipts")];
  button.hidden = receipts.length === 0;
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    for (const receipt of receipts) receipt.open = open;
    button.setAttribute("aria-pressed", String(open));
  });
}

const target = location.hash && document.getElementById(location.hash.slice(1));
const within = target && target.closest(".claim");
if (within) for (const receipt of within.querySelectorAll("details")) receipt.open = true;
