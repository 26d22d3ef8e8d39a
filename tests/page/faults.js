(root, marker) => {
  // What a stranger's words may not do to the card: make elements, reach out of their place, turn their neighbours round.
  const card = root.querySelector(".card");
  const host = root.host.getBoundingClientRect();
  const faults = new Set();
  const name = (e) => `${e.tagName.toLowerCase()}.${String(e.getAttribute("class") ?? "").replaceAll(" ", ".")}`;
  const style = (e) => getComputedStyle(e);

  for (const e of root.querySelectorAll("*")) {
    if (/^(script|img|iframe|object|embed|a|b|style|link|form|base|meta|video|audio)$/i.test(e.tagName))
      faults.add(`made ${name(e)}`);
    for (const { name: attribute, value } of e.attributes)
      if (/^(on|href|src|srcdoc|action|formaction|ping)/.test(attribute)) faults.add(`${name(e)} has ${attribute}=${value}`);
    if (e.clientWidth === 0 || style(e).display === "inline") continue;
    const over = e.scrollWidth - e.clientWidth;
    if (over > 1 && /auto|scroll/.test(style(e).overflowX) && e.matches("div, section, ul, span, pre"))
      faults.add(`${name(e)} scrolls sideways`);
    if (over > 1 && style(e).overflowX === "visible") {
      // What reaches out must still be within what cuts it off, or within the card.
      let room = e.parentElement;
      while (room && style(room).overflowX === "visible") room = room.parentElement;
      const right = (room ?? root.host).getBoundingClientRect().right;
      const reach = e.getBoundingClientRect().left + e.scrollWidth;
      if (reach > right + 1) faults.add(`${name(e)} is wider than its room by ${Math.round(reach - right)}`);
    }
  }

  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.includes(marker)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const shown = range.getBoundingClientRect();
    if (shown.width === 0) continue;
    let clipped = false;
    for (let e = text.parentElement; e && e !== card; e = e.parentElement) {
      const { overflowX, overflowY, position, clipPath } = style(e);
      if ((overflowX !== "visible" && overflowY !== "visible") || clipPath !== "none") clipped = true;
      const box = e.getBoundingClientRect();
      if (clipped && position !== "absolute" && (box.left < host.left - 1 || box.right > host.right + 1))
        faults.add(`${name(e)} reaches out of the card`);
      if (clipped) break;
    }
    if (!clipped) faults.add(`the words in ${name(text.parentElement)} are cut off nowhere`);

    let inline = text.parentElement;
    let isolated = false;
    while (inline && style(inline).display === "inline") {
      isolated ||= style(inline).unicodeBidi !== "normal";
      inline = inline.parentElement;
    }
    const beside = [...inline.childNodes].some((node) => !node.contains(text) && node.textContent.trim() !== "" &&
      (node.nodeType === 3 || style(node).display === "inline"));
    if (beside && !isolated) faults.add(`the words in ${name(text.parentElement)} may turn their neighbours round`);
  }
  return [...faults];
}
