// What a curious page could do to look into a script beside it: it runs in the page's own world, before the page.
(() => {
  const SECRET = /SEGREDO/i;
  const caught = [];
  const nodes = [];
  const RealArray = { push: Array.prototype.push, from: Array.from };
  const test = RegExp.prototype.test;

  /** Remember where one of our words was seen: in a text, or in what an object shows of itself. */
  function look(where, value, depth = 0) {
    if (typeof value === "string") {
      if (test.call(SECRET, value)) RealArray.push.call(caught, where);
    } else if (value instanceof Node) {
      if (test.call(SECRET, `${value.nodeValue ?? ""}${value.textContent ?? ""}${value.shadowRoot?.textContent ?? ""}`))
        RealArray.push.call(caught, where);
    } else if (typeof value === "object" && value !== null && depth < 2) {
      for (const key in value) {
        try {
          look(where, value[key], depth + 1);
        } catch {}
      }
    }
  }

  function wrap(owner, name, where) {
    const real = owner?.[name];
    if (typeof real !== "function") return;
    let busy = false;
    owner[name] = function (...given) {
      if (busy) return real.apply(this, given);
      busy = true;
      try {
        look(where, this);
        for (let n = 0; n < given.length; n++) look(where, given[n]);
      } finally {
        busy = false;
      }
      const result = new.target ? Reflect.construct(real, given, new.target) : real.apply(this, given);
      if (name === "attachShadow") nodes.push(result);
      return result;
    };
    owner[name].prototype = real.prototype;
  }

  const places = {
    prototypes: [
      [Element.prototype, "attachShadow"],
      [Element.prototype, "setAttribute"],
      [Element.prototype, "append"],
      [Node.prototype, "appendChild"],
      [Node.prototype, "insertBefore"],
      [Document.prototype, "createTextNode"],
      [CSSStyleSheet.prototype, "replaceSync"],
      [JSON, "stringify"],
      [JSON, "parse"],
      [Array.prototype, "map"],
      [Array.prototype, "filter"],
      [Array.prototype, "join"],
      [String.prototype, "split"],
      [String.prototype, "trim"],
      [String.prototype, "replace"],
      [Map.prototype, "set"],
      [WeakMap.prototype, "set"],
      [Promise.prototype, "then"],
      [Function.prototype, "toString"],
      [Object, "assign"],
      [Object, "entries"],
      [Object, "defineProperty"],
    ],
    channels: [
      [globalThis, "fetch"],
      [globalThis, "postMessage"],
      [MessagePort.prototype, "postMessage"],
      [globalThis, "BroadcastChannel"],
      [XMLHttpRequest.prototype, "send"],
      [Navigator.prototype, "sendBeacon"],
      [Storage.prototype, "setItem"],
      [IDBFactory.prototype, "open"],
      [IDBObjectStore.prototype, "put"],
      [performance, "mark"],
      [performance, "measure"],
      ...["log", "info", "warn", "error", "debug", "trace"].map((name) => [console, name]),
    ],
  };
  for (const [where, owners] of Object.entries(places))
    for (const [owner, name] of owners) wrap(owner, name, `${where}: ${name}`);

  const types = [
    "keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "select", "change", "compositionstart", "compositionupdate",
    "compositionend", "paste", "copy", "cut", "focusin", "focusout", "focus", "blur", "click", "dblclick", "mousedown",
    "mouseup", "pointerdown", "pointerup", "pointermove", "pointerover", "mouseover", "wheel", "scroll", "message",
    "error", "unhandledrejection", "securitypolicyviolation", "slotchange", "animationstart", "transitionrun",
    "selectionchange", "selectstart", "toggle", "load", "submit", "invalid", "contextmenu", "drag", "dragstart", "drop",
  ];
  const events = [];
  for (const owner of [window, document])
    for (const type of types)
      owner.addEventListener(
        type,
        (event) => {
          const path = event.composedPath();
          for (const node of path) if (node instanceof ShadowRoot || node.getRootNode?.() instanceof ShadowRoot) nodes.push(node);
          events.push({ type, key: event.key ?? null, data: event.data ?? null, trusted: event.isTrusted,
            inside: path.some((node) => node.parentNode === document.documentElement && !/^(HEAD|BODY)$/.test(node.tagName)) });
          for (const part of ["data", "message", "reason", "error", "sample", "detail"]) look(`event ${type}`, event[part]);
          for (const part of ["clipboardData", "dataTransfer"]) look(`event ${type}`, event[part]?.getData("text/plain"));
          for (const part of ["target", "relatedTarget", "currentTarget"]) look(`event ${type}`, event[part] ?? "");
          look(`event ${type}`, event.error?.stack ?? event.reason?.stack ?? "");
        },
        true,
      );

  const watching = { attributes: true, childList: true, subtree: true, characterData: true, attributeOldValue: true,
    characterDataOldValue: true };
  const mutations = new MutationObserver((records) => {
    for (const { target, addedNodes, removedNodes, oldValue } of records) {
      look("mutation", oldValue ?? "");
      look("mutation", target);
      for (const node of [...addedNodes, ...removedNodes]) look("mutation", node);
    }
  });
  mutations.observe(document, watching);

  for (const type of PerformanceObserver.supportedEntryTypes) {
    try {
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          look(`performance ${type}`, JSON.stringify(entry));
          for (const node of [entry.target, entry.element, ...(entry.sources ?? []).map((source) => source.node)])
            if (node instanceof Node && node.getRootNode() instanceof ShadowRoot) nodes.push(node);
        }
      });
      observer.observe({ type, buffered: true, durationThreshold: 16 });
    } catch {}
  }
  try {
    new ReportingObserver((reports) => look("report", JSON.stringify(reports)), { buffered: true }).observe();
  } catch {}

  globalThis.__spy = { caught, nodes, events, look, names: new Set(Object.getOwnPropertyNames(globalThis)) };
})();
