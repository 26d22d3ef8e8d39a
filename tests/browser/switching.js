() => {
  // Looks at the card before each drawing of the page: every answer bears the name of the chat that it was made for.
  const seen = { frames: 0, answers: 0, drafts: 0, inserted: 0, stale: 0, wrong: [], tokens: [] };
  const NAMES = /«([^«»]+)»/g;
  const title = () => {
    const parts = document.querySelector('#main header [data-tab="6"] span[dir="auto"]')?.childNodes ?? [];
    return [...parts].map((part) => part.alt ?? part.textContent).join("");
  };
  const names = (text) => [...text.matchAll(NAMES)].map((match) => match[1]);
  let last = "";

  function look() {
    seen.frames += 1;
    const open = title();
    const card = names(globalThis.cardRoot.textContent);
    const box = names(document.querySelector("#main footer [contenteditable=true]")?.textContent ?? "");
    for (const [where, found] of [["card", card], ["box", box]])
      for (const name of found) if (name !== open && seen.wrong.length < 20) seen.wrong.push(`${where} of ${open} has ${name}`);
    if (card.length > 0) seen.answers += 1;
    if (globalThis.cardRoot.querySelector("[data-phase=streaming]")) seen.drafts += 1;
    const now = `${open} ${box.length > 0}`;
    if (box.length > 0 && now !== last) seen.inserted += 1;
    last = now;
    requestAnimationFrame(look);
  }

  // What the agent is told of chats, so that answers for earlier openings can be made up.
  const send = globalThis.balcaoSend;
  globalThis.balcaoSend = (json) => {
    const { kind, chat } = JSON.parse(json);
    if (kind === "chat" && chat) seen.tokens.push([chat.token, chat.title]);
    send(json);
  };

  // Answers that come too late, whatever the agent's own checks would say to them.
  setInterval(() => {
    const [token, name] = seen.tokens.at(-2) ?? [];
    if (token === undefined) return;
    seen.stale += 1;
    for (const command of globalThis.__late(token, name)) void globalThis.balcao.command(JSON.stringify(command));
  }, 37);

  globalThis.__seen = seen;
  requestAnimationFrame(look);
}
