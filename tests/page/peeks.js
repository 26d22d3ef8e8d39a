([x, y]) => {
  // Ways to look at the card from the page's world; `x` and `y` are a place over a text of it.
  const card = [...document.documentElement.children].filter((part) => !/^(HEAD|BODY)$/.test(part.tagName)).at(-1);
  const all = (look) => [...document.querySelectorAll("*")].map(look).join();
  const selection = () => {
    const now = getSelection();
    return `${now}${now.anchorNode?.data}${now.focusNode?.data}${now.anchorNode?.nodeName}`;
  };
  const peeks = {
    "markup": () => document.documentElement.outerHTML,
    "texts": () => document.documentElement.innerText + document.documentElement.textContent,
    "serialised": () => new XMLSerializer().serializeToString(document),
    "html with roots": () => document.documentElement.getHTML({ serializableShadowRoots: true, shadowRoots: [] }),
    "open root": () => all((e) => e.shadowRoot?.textContent),
    "children": () => card.textContent + card.shadowRoot?.textContent + card.openOrClosedShadowRoot,
    "slots": () => all((e) => e.assignedSlot?.textContent),
    "attributes": () => [...card.attributes].map((a) => a.value).join(),
    "own names": () => Object.entries(Object.getOwnPropertyDescriptors(globalThis))
      .filter(([name]) => !__spy.names.has(name)).map(([name, { value }]) => name + JSON.stringify(value)).join(),
    "properties of the host": () => Reflect.ownKeys(card).map(String).join(),
    "point": () => document.elementFromPoint(x, y).outerHTML + document.elementFromPoint(x, y).innerText,
    "points": () => document.elementsFromPoint(x, y).map((e) => e.innerText + e.shadowRoot?.textContent).join(),
    "caret": () => document.caretPositionFromPoint(x, y)?.offsetNode?.textContent,
    "caret range": () => document.caretRangeFromPoint(x, y)?.startContainer?.data,
    "selected": selection,
    "composed selection": () => getSelection().getComposedRanges({ shadowRoots: [] })
      .map((range) => range.startContainer.data + range.endContainer.data).join(),
    "copied": () => {
      let heard = "";
      const hear = (event) => { heard = event.clipboardData.getData("text/plain") + selection(); };
      addEventListener("copy", hear, true);
      document.execCommand("copy");
      removeEventListener("copy", hear, true);
      return heard;
    },
    "everything selected": () => {
      const active = document.activeElement;
      document.execCommand("selectAll");
      const found = selection();
      if (active !== card) getSelection().removeAllRanges();
      return found;
    },
    "animations": () => document.getAnimations().map((a) => a.effect.target.getRootNode().textContent).join(),
    "style sheets": () => [...document.styleSheets, ...document.adoptedStyleSheets]
      .map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join()).join(),
    "styles of the host": () => [...getComputedStyle(card)].map((n) => getComputedStyle(card).getPropertyValue(n)).join(),
    "content of the host": () => ["::before", "::after"].map((part) => getComputedStyle(card, part).content).join(),
    "names of resources": () => performance.getEntries().map((entry) => entry.name).join(),
    "storage": () => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie,
    "history": () => JSON.stringify(history.state) + location.href + document.title + window.name,
    "focus": () => document.activeElement.outerHTML + document.activeElement.value,
    "accessibility": () => ["ariaLabel", "ariaDescription", "title", "role"].map((name) => card[name]).join(),
    "internals": () => card.attachInternals().shadowRoot?.textContent,
    "second root": () => `SEGREDO ${card.attachShadow({ mode: "open" })}`,
    "clone": () => card.cloneNode(true).outerHTML + document.importNode(card, true).outerHTML,
    "frames": () => [...Array(frames.length).keys()].map((n) => frames[n].document?.body?.innerText).join(),
    "stack": () => new Error().stack,
  };
  const found = {};
  for (const [name, peek] of Object.entries(peeks)) {
    try {
      found[name] = String(peek());
    } catch (refused) {
      found[name] = `refused: ${refused.name}`;
    }
  }
  return found;
}
