/** Entry of the script in the page: wires reading, the card and insertion to the agent. */
import { type AnyCommand, createBridge, epochMs, type Send } from "./bridge";
import { checkUp } from "./checkup";
import { insertReply } from "./composer";
import type { InsertResult, Inspection, PageCheck, PageState } from "./contract.gen";
import { inspect } from "./inspect";
import { type Watch, watch } from "./observe";
import { createOverlay } from "./overlay";
import { firstOf } from "./overlay/first";
import { tryOverrides } from "./overrides";
import { createRegistry } from "./registry";
import { readScreen } from "./state";

/** What the agent sets before the script runs; every key may be missing. */
interface Config {
  /** Show the card. */
  readonly overlay?: boolean;
  /** Language where the document names none. */
  readonly lang?: string;
  /** Milliseconds between two looks around. */
  readonly pulse_ms?: number;
  /** Watch the page; off where a saved file is only inspected. */
  readonly watch?: boolean;
}

interface Balcao {
  /** Do what a command (JSON) asks. `insert` answers with the JSON of its result, the others with nothing. */
  command(json: string): Promise<string | undefined>;
  /** Everything that can be read of this document. */
  inspect(): Inspection;
  /** Which screen is shown right now. */
  screen(): PageState;
  /** Signs and structure of this document, without its words. */
  checkUp(): PageCheck;
}

declare global {
  var __balcaoConfig: Config | undefined;
  var balcao: Balcao | undefined;
  /** Set by the build. */
  const BALCAO_VERSION: string;
}

function start(config: Config): Balcao {
  const registry = createRegistry();
  const send = createBridge();
  const lang = () => document.documentElement?.lang || config.lang || null;
  const answers: Balcao = {
    inspect: () => inspect(document, registry, lang()),
    screen: () => readScreen(document, registry).state,
    checkUp: () => checkUp(document, registry, lang()),
    command: async () => undefined,
  };
  if (config.watch === false) return answers;

  // Before anything of the page listens.
  if (config.overlay !== false) firstOf(window);

  // The document is empty when the script starts: there is nothing yet to put a card into.
  whenParsed(() => {
    send({ kind: "hello", script: BALCAO_VERSION, lang: lang(), zone: zoneOf() });
    let seen: Watch | null = null;
    // A person's pause holds from their press on: nothing that comes after it is read, however late the agent hears of it.
    const wish: Send = (frame) => {
      if (frame.kind === "pause" && frame.on) seen?.pause(true);
      send(frame);
    };
    const overlay =
      config.overlay === false
        ? null
        : createOverlay(
            document,
            wish,
            () => lang() ?? "",
            registry,
            () => seen?.openChat() ?? null,
          );
    const page = watch({
      doc: document,
      registry,
      send,
      lang,
      now: epochMs,
      pulseMs: config.pulse_ms,
      onChat: (chat) => overlay?.chatChanged(chat?.token ?? null),
    });
    seen = page;
    answers.command = async (json) => {
      const result = await obey(JSON.parse(json) as AnyCommand);
      return result && JSON.stringify(result);
    };

    async function obey(command: AnyCommand): Promise<InsertResult | undefined> {
      switch (command.kind) {
        case "insert":
          return insertReply(command, page.openChat, registry);
        case "offer":
          overlay?.offer(command);
          return undefined;
        case "draft":
          overlay?.draft(command);
          return undefined;
        case "clear":
          overlay?.clear();
          return undefined;
        case "record":
          overlay?.record(command);
          return undefined;
        case "notice":
          overlay?.notice(command);
          return undefined;
        case "status":
          overlay?.status(command);
          return undefined;
        case "read":
          page.readAll();
          return undefined;
        case "selectors":
          send({ kind: "selectors", ...tryOverrides(document, registry, command.overrides, lang()) });
          page.readAll();
          return undefined;
        case "replies":
        case "task":
        case "customer":
        case "queue":
        case "reminders":
        case "care":
        case "preferences":
          overlay?.tell(command);
          return undefined;
        case "pause":
          page.pause(command.on);
          overlay?.tell(command);
          return undefined;
        case "echo":
          send({ kind: "echo", nonce: command.nonce });
          return undefined;
        default:
          return command satisfies never;
      }
    }
  });
  return answers;
}

/** The browser's time zone: the page writes its clock times in it. */
function zoneOf(): string | null {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || null;
}

function whenParsed(run: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run, { once: true });
  else run();
}

// The script is injected into every frame and every document, and once more by an agent that attaches again.
if (window.top === window && globalThis.balcao === undefined) {
  globalThis.balcao = start(globalThis.__balcaoConfig ?? {});
}
