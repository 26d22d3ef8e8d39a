"use strict";
(() => {
  // userscript/src/bridge.ts
  function epochMs() {
    return performance.timeOrigin + performance.now();
  }
  function createBridge(now = epochMs) {
    let seq = 0, waiting = [], isRetrying = !1;
    function retry() {
      isRetrying || (isRetrying = !0, setTimeout(flush, 50));
    }
    function flush() {
      isRetrying = !1;
      let binding = globalThis.balcaoSend;
      if (!binding) {
        retry();
        return;
      }
      let ready = waiting;
      waiting = [];
      for (let json of ready) binding(json);
    }
    return (body) => {
      seq += 1;
      let json = JSON.stringify({ ...body, v: 1, seq, at_ms: now() }), binding = globalThis.balcaoSend;
      if (binding && waiting.length === 0) {
        binding(json);
        return;
      }
      waiting.length >= 2e3 && waiting.shift(), waiting.push(json), retry();
    };
  }

  // userscript/src/state.ts
  var BY_ANCHOR = [
    ["conflict", "conflict"],
    ["screen_lock", "screen_lock"],
    ["temp_ban", "temp_ban"],
    ["pairing", "pairing"],
    ["qr_expired", "qr_expired"],
    ["qr", "qr"]
  ], BY_WORDS = [
    [/(?:funciona no|funciona com o|works with|funciona con) google chrome \d+/i, "unsupported"],
    [
      /temporar(?:iamente|ily) (?:ban|bloque|block|suspen)|(?:banid|bloquead|suspens)[oa] temporariamente|temporalmente (?:bloquead|suspend)/i,
      "temp_ban"
    ],
    [/\b(?:usar aqu[ií]|use here)\b/i, "conflict"],
    [/^\s*(?:saindo|desconectando|logging out|cerrando (?:la )?sesi[oó]n)/i, "logging_out"]
  ];
  var BARS = [
    [/sem conex|desconectad|not connected|no internet|offline|sin conexi/i, "offline"],
    [/conectando|connecting/i, "connecting"],
    [/atualiz|update|actualiz/i, "update"]
  ], NOTHING = { notices: [], qr: null, link_code: null, progress: null };
  function readScreen(doc, registry) {
    if (registry.find("ready", doc)) return { ...NOTHING, state: "ready", notices: readNotices(doc, registry) };
    for (let [anchor, state] of BY_ANCHOR)
      if (registry.find(anchor, doc)) return { ...NOTHING, state, ...codesOf(doc, registry, state) };
    let shown2 = registry.find("root", doc)?.element.textContent ?? "", words2 = shown2.length > 800 ? "" : shown2;
    for (let [pattern, state] of BY_WORDS) if (pattern.test(words2)) return { ...NOTHING, state };
    let loading = registry.find("loading", doc);
    return loading?.rank !== 0 && registry.find("startup", doc) ? { ...NOTHING, state: "bootstrap" } : loading ? { ...NOTHING, state: "syncing", progress: percent(doc.querySelector("progress[value]")) } : { ...NOTHING, state: "unknown" };
  }
  function codesOf(doc, registry, state) {
    return state === "qr" ? { qr: registry.find("qr", doc)?.element?.closest("[data-ref]")?.getAttribute("data-ref") ?? null } : state === "pairing" ? { link_code: (doc.querySelector("[data-link-code]")?.getAttribute("data-link-code") ?? null)?.replaceAll(",", "") ?? null } : {};
  }
  function readNotices(doc, registry) {
    let found = [], bar = registry.find("offline", doc);
    return bar?.rank === 0 ? found.push("offline") : bar && found.push(...saidBy(bar.element)), registry.find("reload", doc) ? found.push("reload") : registry.find("dialog", doc) && found.push("dialog"), registry.find("restricted", doc) ? found.push("restricted") : registry.find("cannot_write", doc) && found.push("blocked"), found;
  }
  function saidBy(bar) {
    let words2 = bar.textContent ?? "", known = BARS.find(([pattern]) => pattern.test(words2));
    return known ? [known[1]] : [];
  }
  function percent(bar) {
    let value = Number(bar?.getAttribute("value") ?? Number.NaN), most = Number(bar?.getAttribute("max") ?? 1);
    return Number.isFinite(value) && most > 0 ? Math.round(100 * value / most) : null;
  }

  // userscript/markup-words.json
  var markup_words_default = {
    format: 1,
    purpose: "The only words that a structure dump may hold. What is not listed is masked.",
    tags: [
      "a abbr address animate animatemotion animatetransform area article aside audio b base bdi bdo blockquote",
      "body br button canvas caption circle cite clippath code col colgroup data datalist dd defs del desc details",
      "dfn dialog div dl dt ellipse em embed feblend fecolormatrix fecomposite feflood fegaussianblur femerge",
      "femergenode feoffset fieldset figcaption figure filter footer foreignobject form g h1 h2 h3 h4 h5 h6 head",
      "header hgroup hr html i iframe image img input ins kbd label legend li line lineargradient link main map",
      "mark marker mask menu meta metadata meter mpath nav noscript object ol optgroup option output p param path",
      "pattern picture polygon polyline pre progress q radialgradient rect rp rt ruby s samp script search section",
      "select set slot small source span stop strong style sub summary sup svg switch symbol table tbody td",
      "template text textarea textpath tfoot th thead time title tr track tspan u ul use var video view wbr"
    ],
    names: [
      "accept action activedescendant align allow alt animate app aria as aspectratio async at atomic attributename",
      "autocapitalize autocomplete autocorrect autofocus autoplay background baseprofile begin bind box braille",
      "busy capture cellpadding cellspacing challenge charset checked cite class clip code col colcount colindex",
      "color cols colspan column complete content contenteditable contents contextmenu controls coords crossorigin",
      "cx cy data datetime default defer describedby description details dialog dir direction disabled display",
      "download draggable dropdown dropeffect dur dx dy editor enable enctype enterkeyhint equiv errormessage",
      "expanded face fetchpriority fill filter fit flow flowto focus focusable font for form formaction format from",
      "fx fy gap grabbed gradienttransform gradientunits group hash haspopup headers height hidden high href",
      "hreflang html http icon id image importance in inert inner inputmode integrity invalid is ismap item",
      "itemprop itemscope itemtype key keyshortcuts keytimes kind label labelledby lang layout length level lexical",
      "line linecap linejoin link list live loading loop low marker mask max maxlength media mediagroup meta method",
      "min minlength miterlimit modal mode motion mount msg multiline multiple multiselectable muted name namespace",
      "nav nomodule nonce novalidate offset omit opacity open optimum order orient orientation origin outer",
      "overflow owns pattern placeholder plain playsinline points policy popover popup poster pre prefetch preload",
      "preserveaspectratio pressed property pseudo r radius rate react readonly ref referrerpolicy rel relevant",
      "repeatcount required result reversed role roledescription root rotate row rowcount rowindex rows rowspan",
      "rule rx ry sandbox scale scope scroll scrolltracepolicy seed selectable selected setsize shape show",
      "signature size sizes slot sort sortable space spacing span speed spellcheck splitscreen src srcdoc srclang",
      "srcset start state status std step stop stroke style styled surface tab tabindex target template test testid",
      "text theme title to trace tracking transform translate translatey trigger type units usemap valign value",
      "valuemax valuemin valuenow values valuetext vector version viewbox viewport virtual virtualized visibility",
      "visible wght width word wrap writing x xlink xml xmlns y z zoom zoomandpan"
    ],
    values: [
      "about above accept access account action actions active activity add addon admin ads after airplane album",
      "alert all alt anchor anchors animate announcement anonymous app append application archive archived area",
      "arrow article assistant attach attachment attachments audio author auto avatar back background badge ban",
      "banner bar base be before beta biz blank block blocked body bold bookmark border bot bottom box broadcast",
      "broadcasts browser btn bubble bubbles bucket bulleted business butterbar button buttons call calls camera",
      "cancel caption card cards carousel catalog cell center channel channels chat chatlist chats check checkbox",
      "checkmark chevron child chip circle clear click clip clock close code collapse collection columnheader",
      "combobox comet comment communities community compact companion complementary compose composer composition",
      "confirm confirmation connecting connection contact contacts contain container content contentinfo contents",
      "context continue control controls conv conversation conversations copy copyable count counter cover create",
      "crop current custom danger dark data date day dblcheck default delete deleted delivered description desktop",
      "detail details device devices dialog directory disabled disappearing discard dismiss display divider",
      "document documents done dot down download downloaded draft drawer dropdown duration edit editable edited",
      "editor element email emoji empty enabled encryption end entry error event events exit expand expanded",
      "expired export expression expressions extend external face facepile failed false favicon favorite favorites",
      "feed feedback fetch field file files filled filter filters find finished first flag flow flows focus",
      "focusable folder footer form forward forwarded forwarding frame frequently fullscreen gallery generic get",
      "gif gifs global grid gridcell group groups guidance handle has head header heading hidden hide high hint",
      "history home host hours hover ic icon id image images img in inbox incoming indicator info initial inline",
      "inner input insert intro invisible invite invited item items join keep key keyboard keypad label labels",
      "landing language large last latest layer layout learn leave left lexical light limited line link linked",
      "linking list listbox listitem live load loading locale location lock locked log login logo logout logs low",
      "ltr mac mail main mark marked marker marquee master math media member members mention mentions menu menubar",
      "menuitem menuitemcheckbox menuitemradio message messages meta meter mic microphone middle mini minimize miss",
      "missed mixed modal mode more mount move msg multi multiselect mute muted name native nav navbar navigation",
      "new newsletter newsletters next no none normal not note notice notification notifications now number off",
      "offline ok old on once one online only open opened option options order orders other out outgoing outline",
      "outlined overflow overlay own page pair pairing pane panel paragraph participant participants password paste",
      "pause payment payments pending people permission permissions person phone photo photos picker picture pill",
      "pin pinned pip placeholder plain plaintext play played player plus pnc poll polls pop popover popovers popup",
      "post presence presentation preview previous primary privacy private product products profile progress",
      "progressbar prompt provider psa ptt ptv qr qrcode quality query quick quote quoted radio radiogroup range",
      "reachout react reaction reactions read ready recalled receipt receipts recent record recorded recording",
      "recovery ref refresh refreshed region remind remove replies reply report request requests require reset",
      "resize resolve restore restricted result results resume retry revoke rich right ring root round rounded row",
      "rowgroup rowheader rows rtl save saved scan screen screens scroll scrollable scrollbar scroller search",
      "searchbox second secondary section secure security seen select selectable selected selection send sender",
      "sending sent separator server set settings share shared shield short show side sidebar signal single size",
      "skeleton skip slider smb smiley solid sort space span speed spinbutton spinner split square stack star",
      "starred start startup state static status step sticker stickers stop storage store story strike strong style",
      "subgroup subgroups subject submenu submit subtitle subtype success suggestion suggestions support swipe",
      "switch symbol sync syncing system tab tabbar table tablist tabpanel tag tags tail takeover tap tel temp",
      "template temporary term text textbox theme thumb thumbnail time timelock timer timestamp tip title to toast",
      "today toggle toolbar tooltip top track tree treegrid treeitem true two type typing unarchive unblock unknown",
      "unlock unmute unpin unread unsaved unstar up update updates upload url use user username users vcard",
      "verified version video view viewed viewer viewport views visible visual voice voip volume votes wa wait",
      "waiting wallpaper warning watch wave wds web welcome whatsapp window with wrapper write you your yourself",
      "zip zoom"
    ]
  };

  // userscript/src/structure.ts
  var SHOWN = /* @__PURE__ */ new Set([
    "role",
    "id",
    "data-testid",
    "data-icon",
    "aria-selected",
    "contenteditable",
    "type",
    "dir"
  ]), TAB_STOP = "data-tab", HIGHEST_TAB = 20, CLOSED = /* @__PURE__ */ new Set(["head", "script", "style", "template", "noscript", "iframe", "canvas", "picture"]), MOST_LINES = 3e3, DEEPEST = 60, MOST_ALIKE = 6, MOST_ATTRIBUTES = 24, LONGEST_VALUE = 80, TAGS = listed(markup_words_default.tags), NAMES = listed([...markup_words_default.names, ...markup_words_default.values]), VALUES = listed(markup_words_default.values);
  function listed(lines) {
    return new Set(lines.join(" ").split(" "));
  }
  function structureOf(root) {
    let known = /* @__PURE__ */ new Map(), masked = 0, mask = (text, list) => {
      let safe = maskWords(text, list);
      return masked += safe.split("*").length - 1, safe;
    };
    function partOf(element, depth) {
      let head = headOf(element, mask), children = [];
      if (depth < DEEPEST && !CLOSED.has(element.localName))
        for (let child of element.children) place(partOf(child, depth + 1), children);
      let key = [head, ...children.map(({ part }) => part.id)].join("|"), id = known.get(key) ?? known.size;
      return known.set(key, id), { id, head, children };
    }
    let lines = [], cut = !1;
    function write(part, depth, count, further) {
      if (lines.length >= MOST_LINES) {
        cut = !0;
        return;
      }
      lines.push(" ".repeat(depth) + part.head + times(count));
      for (let child of part.children) write(child.part, depth + 1, child.count, child.further);
      further > 0 && lines.push(`${" ".repeat(depth)}${part.head} x ${further} more`);
    }
    return write(partOf(root, 0), 0, 1, 0), { lines, masked, cut };
  }
  function place(part, siblings) {
    let same = siblings.find((sibling) => sibling.part.id === part.id), alike = siblings.filter((sibling) => sibling.part.head === part.head), last2 = alike.at(-1);
    same ? same.count += 1 : last2 && alike.length >= MOST_ALIKE ? last2.further += 1 : siblings.push({ part, count: 1, further: 0 });
  }
  function times(count) {
    return count > 1 ? ` x ${count}` : "";
  }
  function headOf(element, mask) {
    let tag = element.localName.toLowerCase(), parts = [TAGS.has(tag) ? tag : mask("?", TAGS)];
    for (let { name, value } of [...element.attributes].slice(0, MOST_ATTRIBUTES)) {
      let shown2 = mask(name.toLowerCase(), NAMES);
      parts.push(name === TAB_STOP || SHOWN.has(name) ? `${shown2}="${shownValue(name, value, mask)}"` : shown2);
    }
    return [...element.childNodes].some((node) => node.nodeType === 3 && (node.nodeValue ?? "").trim() !== "") && parts.push("(text)"), parts.join(" ");
  }
  function shownValue(name, value, mask) {
    return name !== TAB_STOP ? mask(value.slice(0, LONGEST_VALUE), VALUES) : /^\d{1,2}$/.test(value) && Number(value) <= HIGHEST_TAB ? value : mask("?", VALUES);
  }
  function maskWords(text, list) {
    return text.split(/([-_:. ]+)/).map((piece, place2) => place2 % 2 === 1 || piece === "" ? piece : maskPiece(piece, list)).join("").replace(/\*(?:[-_:. ]*\*)+/g, "*");
  }
  function maskPiece(piece, list) {
    return /^[a-z]+$/i.test(piece) ? (piece.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).map((part) => list.has(part.toLowerCase()) ? part : "*").join("") : "*";
  }

  // userscript/src/checkup.ts
  var OF_THE_SCREEN = ["root", "ready", "chat_grid", "search"], OF_A_CHAT = ["chat_row", "chat_name", "chat_time", "preview"], OF_THE_CONVERSATION = ["conversation", "chat_title", "scroller", "composer"], OF_A_MESSAGE = ["message"], OF_A_TEXT = ["pre_plain", "text"], ROWS_WITH_TEXT = 5;
  function checkUp(doc, registry, lang) {
    let anchors = registry.report(doc), { state } = readScreen(doc, registry), signs = Object.fromEntries(
      Object.keys(anchors).map((name) => [name, registry.selectors(name).length])
    ), { lines, masked, cut } = structureOf(doc.documentElement);
    return {
      screen: state,
      chat_open: isChatOpen(doc, registry),
      lang,
      needed: state === "ready" ? neededHere(doc, registry) : [],
      anchors,
      signs,
      structure: lines,
      masked,
      cut
    };
  }
  function isChatOpen(doc, registry) {
    return registry.find("conversation", doc) !== null || openRow(doc, registry);
  }
  function openRow(doc, registry) {
    return registry.findAll("chat_row", doc).some((row) => row.querySelector(registry.any("open_row")) !== null);
  }
  function neededHere(doc, registry) {
    let needed = [...OF_THE_SCREEN], grid = registry.find("chat_grid", doc)?.element;
    if ((registry.findAll("chat_row", doc).length > 0 || Number(grid?.getAttribute("aria-rowcount") ?? 0) > 0) && needed.push(...OF_A_CHAT), !isChatOpen(doc, registry)) return needed;
    let canWrite = registry.find("cannot_write", doc) === null;
    return needed.push(...OF_THE_CONVERSATION.filter((name) => name !== "composer" || canWrite)), needed.push(...OF_A_MESSAGE), registry.findAll("message", doc).length >= ROWS_WITH_TEXT && needed.push(...OF_A_TEXT), needed;
  }

  // userscript/src/labels.ts
  var YOU = {
    pt: ["você", "tu"],
    en: ["you"],
    es: ["tú", "tu", "usted", "vos"],
    it: ["tu"],
    fr: ["vous"],
    de: ["du", "sie"]
  }, STATUS = {
    pendente: "pending",
    pending: "pending",
    pendiente: "pending",
    "in attesa": "pending",
    "en attente": "pending",
    ausstehend: "pending",
    enviada: "sent",
    enviado: "sent",
    sent: "sent",
    inviato: "sent",
    envoyé: "sent",
    gesendet: "sent",
    entregue: "delivered",
    delivered: "delivered",
    entregado: "delivered",
    consegnato: "delivered",
    distribué: "delivered",
    zugestellt: "delivered",
    lida: "read",
    lido: "read",
    read: "read",
    leído: "read",
    letto: "read",
    lu: "read",
    gelesen: "read",
    // A voice message that was listened to has been read.
    reproduzida: "read",
    reproduzido: "read",
    played: "read",
    reproducido: "read",
    ascoltato: "read",
    riprodotto: "read",
    écouté: "read",
    abgespielt: "read"
  }, EDITED = /* @__PURE__ */ new Set([
    "editada",
    "editado",
    "edited",
    "modificato",
    "modificata",
    "modifié",
    "modifiée",
    "bearbeitet"
  ]), FORWARDED = /* @__PURE__ */ new Set([
    "encaminhada",
    "encaminhado",
    "encaminhada com frequência",
    "encaminhada muitas vezes",
    "reencaminhada",
    "reencaminhada muitas vezes",
    "forwarded",
    "forwarded many times",
    "reenviado",
    "reenviado muchas veces",
    "inoltrato",
    "inoltrato molte volte",
    "transféré",
    "weitergeleitet"
  ]), DELETED = [
    /^(esta )?mensagem (foi )?apagada/,
    /^você apagou (esta|uma) mensagem/,
    /^(esta mensagem|mensagem) (foi )?apagada (por|pelo)/,
    /^(this message was|you) deleted/,
    /^you deleted this message/,
    /^(se eliminó|eliminaste) este mensaje/,
    /^este mensaje (fue|ha sido) eliminado/,
    /^(questo messaggio è stato|hai) eliminato/
  ], WAITING = [
    /^aguardando (a |esta )?mensagem/,
    /^waiting for this message/,
    /^esperando (el|este) mensaje/,
    /^in attesa (del|di questo) messaggio/,
    /^en attente de ce message/,
    /^warten? auf diese nachricht/
  ], CALL = [
    /^(chamada|ligação) (de (voz|vídeo)|perdida|em grupo|não atendida|recusada)/,
    /^(voice|video|missed|group|silenced|declined)( group)?( voice| video)? call/,
    /^(llamada|videollamada)( de (voz|video))?( perdida| grupal)?/,
    /^(chiamata|videochiamata)/
  ], CONTACT_ACTION = /* @__PURE__ */ new Set([
    "conversar",
    "mensagem",
    "enviar mensagem",
    "message",
    "mensaje",
    "enviar mensaje",
    "messaggio",
    // Several cards in one message.
    "ver todos",
    "ver todo",
    "view all"
  ]), TYPING = /(^|\s)(digitando|gravando( um)? áudio|a escrever|a gravar( um)? áudio|typing|recording( an)?( audio)?|escribiendo|grabando( un)? audio|sta scrivendo|sta registrando( un audio)?)(…|\.{3})$/, REACTED = /^(.{1,60} )?(reagiu|reagiste|reacted|reaccionó|reaccionaste|ha reagito|hai reagito) (com|with|con) /, DRAFT = /^(rascunho|draft|borrador|bozza|brouillon|entwurf):/, UNREAD = /não lida|unread|no leíd|non lett|non lu|ungelesen/, READ_MORE = /* @__PURE__ */ new Set([
    "ler mais",
    "read more",
    "leer más",
    "leggi tutto",
    "lire la suite",
    "mehr lesen"
  ]), TODAY = /* @__PURE__ */ new Set(["hoje", "today", "hoy", "oggi", "aujourd’hui", "aujourd'hui", "heute"]), YESTERDAY = /* @__PURE__ */ new Set(["ontem", "yesterday", "ayer", "ieri", "hier", "gestern"]), BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  function stripBidi(text) {
    return text.replace(BIDI, "");
  }
  function plain(text) {
    return stripBidi(text).replace(/\s+/g, " ").trim().toLowerCase();
  }
  function languageOf(lang) {
    return lang ? lang.toLowerCase().split(/[-_]/)[0] ?? null : null;
  }
  function isYou(word, lang) {
    return (YOU[languageOf(lang) ?? ""] ?? Object.values(YOU).flat()).includes(plain(word));
  }
  function statusOf(label) {
    return STATUS[plain(label)] ?? null;
  }
  var isEditedWord = (text) => EDITED.has(plain(text)), isForwardedWord = (text) => FORWARDED.has(plain(text)), isDeletedNotice = (text) => DELETED.some((pattern) => pattern.test(plain(text))), isWaitingNotice = (text) => WAITING.some((pattern) => pattern.test(plain(text))), isCallNotice = (text) => CALL.some((pattern) => pattern.test(plain(text))), isDraft = (text) => DRAFT.test(plain(text)), isTypingNotice = (text) => TYPING.test(plain(text)), isReactionNotice = (text) => REACTED.test(plain(text)), isContactAction = (text) => CONTACT_ACTION.has(plain(text)), isUnreadNotice = (text) => UNREAD.test(plain(text)), isReadMore = (text) => READ_MORE.has(plain(text).replace(/[.…]+$/, "")), isToday = (text) => TODAY.has(plain(text)), isYesterday = (text) => YESTERDAY.has(plain(text));

  // userscript/src/text.ts
  var BLOCKS = /* @__PURE__ */ new Set(["LI", "P", "BLOCKQUOTE", "PRE"]);
  function readText(element, registry) {
    let dropped = `[aria-hidden="true"], svg, ${registry.any("quoted")}, ${registry.any("read_more")}`, out = [], truncated = !1;
    function lineStart() {
      let last2 = out.at(-1);
      last2 !== void 0 && !last2.endsWith(`
`) && out.push(`
`);
    }
    function walk(node) {
      if (node.nodeType === 3) {
        node.nodeValue && !isIndentation(node, element) && out.push(node.nodeValue);
        return;
      }
      if (node.nodeType !== 1) return;
      let child = node;
      if (child !== element && child.matches(dropped)) {
        truncated ||= child.matches(registry.any("read_more"));
        return;
      }
      if (child.getAttribute("role") === "button" && isReadMore(child.textContent ?? "")) {
        truncated = !0;
        return;
      }
      if (child.tagName === "IMG") {
        out.push(child.getAttribute("alt") ?? child.getAttribute("data-plain-text") ?? "");
        return;
      }
      if (isLargeEmoji(child)) {
        walk(child.children[0]);
        return;
      }
      if (child.tagName === "BR") {
        out.push(`
`);
        return;
      }
      BLOCKS.has(child.tagName) && lineStart();
      let prefix = child.getAttribute("data-pre-plain-text");
      prefix !== null && !prefix.startsWith("[") && out.push(prefix);
      for (let grandchild of child.childNodes) walk(grandchild);
      BLOCKS.has(child.tagName) && lineStart();
    }
    walk(element);
    let text = stripBidi(out.filter((piece) => piece !== "").join("")).trimEnd();
    return { text: text === "" ? null : text, truncated };
  }
  function isLargeEmoji(element) {
    let [coarse, fine, ...more] = element.children;
    return element.tagName === "SPAN" && element.parentElement?.tagName === "DIV" && more.length === 0 && coarse?.tagName === "IMG" && fine?.tagName === "IMG" && coarse.getAttribute("alt") === fine.getAttribute("alt") && (element.textContent ?? "").trim() === "";
  }
  function isIndentation(node, root) {
    if (node.parentNode !== root || root.childElementCount === 0) return !1;
    let value = node.nodeValue ?? "", atEdge = node === root.firstChild || node === root.lastChild;
    return /^\s*$/.test(value) && (atEdge ? value.includes(`
`) : /\n[ \t]+$/.test(value));
  }
  function lineOf(element) {
    let gather = (parent) => [...parent.childNodes].map((node) => {
      if (node.nodeType === 3) return node.nodeValue ?? "";
      if (node.nodeType !== 1) return "";
      let child = node;
      return child.tagName === "IMG" ? child.getAttribute("alt") ?? "" : child.tagName.toLowerCase() === "svg" ? "" : gather(child);
    }).join("");
    return stripBidi(gather(element)).replace(/\s+/g, " ").trim();
  }
  function leafTexts(root, skip) {
    let texts = [], visit = (element) => {
      if (skip(element) || element.tagName.toLowerCase() === "svg") return;
      let own = "";
      for (let node of element.childNodes)
        node.nodeType === 3 ? own += node.nodeValue ?? "" : node.nodeType === 1 && node.tagName === "IMG" ? own += node.getAttribute("alt") ?? "" : node.nodeType === 1 && (push(own), own = "", visit(node));
      push(own);
    }, push = (text) => {
      let clean = stripBidi(text).trim();
      clean !== "" && texts.push(clean);
    };
    return visit(root), texts;
  }
  function blockText(root, skip) {
    let text = "", visit = (element) => {
      let isBlock = element.tagName === "DIV" || BLOCKS.has(element.tagName);
      isBlock && (text += `
`);
      for (let node of element.childNodes)
        if (node.nodeType === 3) text += (node.nodeValue ?? "").replace(/\s+/g, " ");
        else if (node.nodeType === 1) {
          let child = node;
          child.tagName === "IMG" ? text += child.getAttribute("alt") ?? "" : child.tagName.toLowerCase() !== "svg" && !skip(child) && visit(child);
        }
      isBlock && (text += `
`);
    };
    visit(root);
    let lines = stripBidi(text).split(`
`).map((line) => line.trim()).filter((line) => line !== "");
    return lines.length > 0 ? lines.join(`
`) : null;
  }

  // userscript/src/box.ts
  var PLAIN_LABELS = /* @__PURE__ */ new Set([
    "digite uma mensagem",
    "mensagem",
    "type a message",
    "escribe un mensaje",
    "escreva uma mensagem",
    "scrivi un messaggio"
  ]), UNWANTED = /(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
  function cleanReply(text) {
    return text.replace(/\r\n?|[\u2028\u2029]/g, `
`).replace(/\t/g, " ").replace(UNWANTED, "").trimEnd();
  }
  function boxLines(box) {
    let paragraphs = [...box.querySelectorAll("p, li")].filter((block) => !block.querySelector("p, li"));
    return (paragraphs.length > 0 ? paragraphs : [box]).flatMap((block) => textOf(block).split(`
`));
  }
  function textOf(block) {
    let pieces = [], visit = (node) => {
      if (node.nodeType === 3) pieces.push(node.nodeValue ?? "");
      else if (node.nodeType === 1) {
        let element = node;
        if (element.tagName === "BR") pieces.push(`
`);
        else if (element.tagName === "IMG") pieces.push(element.getAttribute("alt") ?? "");
        else for (let child of element.childNodes) visit(child);
      }
    };
    for (let child of block.childNodes) visit(child);
    return pieces.join("").replace(/\n$/, "");
  }
  function isEmpty(box) {
    return boxLines(box).every((line) => line.replace(/[\u200b-\u200d\ufeff]/g, "") === "");
  }
  function essence(lines) {
    return lines.filter((line) => stripBidi(line).trim() !== "").map((line) => line.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "") || "·").join(`
`);
  }
  function isOnlyOurs(held, wanted) {
    let flat = wanted.replaceAll(`
`, "");
    return (flat + flat).startsWith(held.replaceAll(`
`, ""));
  }
  function sameName(one, other) {
    return nameKey(one) === nameKey(other);
  }
  function nameKey(name) {
    return stripBidi(name).normalize("NFC").replace(/[\u2010\u2011]/g, "-").replace(/\s+/g, " ").trim();
  }
  function titleOf(header) {
    return lineOf(header);
  }
  function isBoxOf(box, title) {
    let label = nameKey(box.getAttribute("aria-label") ?? ""), placeholder = nameKey(box.getAttribute("aria-placeholder") ?? "");
    if (label === "" || label === placeholder || PLAIN_LABELS.has(label.toLowerCase())) return !0;
    let name = nameKey(title);
    if (label.endsWith(` ${name}`)) return !0;
    let wanted = words(name);
    return wanted.length > 0 && words(label).slice(-wanted.length).join(" ") === wanted.join(" ");
  }
  var NAMING = /^(?:(?:digite|escreva) uma mensagem para|mensagem para|(?:type|send|write) a message to|message to|escrib(?:e|ir) un mensaje (?:para|a)|(?:digita|scrivi) un messaggio (?:per|a)) /i;
  function namesSomebody(box) {
    return NAMING.test(nameKey(box.getAttribute("aria-label") ?? ""));
  }
  function words(text) {
    return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  }

  // userscript/src/clipboard.ts
  async function copyText(text) {
    return await byClipboard(text) || bySelection(text);
  }
  async function byClipboard(text) {
    try {
      let late = new Promise((resolve) => setTimeout(() => resolve(!1), 700, !1));
      return await Promise.race([navigator.clipboard.writeText(text).then(() => !0), late]);
    } catch {
      return !1;
    }
  }
  function bySelection(text) {
    let before = document.activeElement, host = document.createElement("div"), field = document.createElement("textarea");
    for (let [name, value] of [
      ["position", "fixed"],
      ["left", "-9999px"],
      ["top", "0"]
    ])
      host.style.setProperty(name, value);
    host.attachShadow({ mode: "closed" }).append(field), document.documentElement.append(host);
    let taken = !1, answer2 = (event) => {
      event.clipboardData && (event.clipboardData.setData("text/plain", text), event.preventDefault(), event.stopImmediatePropagation(), taken = !0);
    }, first = { capture: !0, once: !0 };
    addEventListener("copy", answer2, first);
    try {
      return field.value = text, field.focus({ preventScroll: !0 }), field.select(), document.execCommand("copy") && taken;
    } catch {
      return !1;
    } finally {
      removeEventListener("copy", answer2, first), host.remove(), before instanceof HTMLElement && before.focus({ preventScroll: !0 });
    }
  }

  // userscript/selectors.json
  var selectors_default = {
    format: 1,
    anchors: [
      {
        name: "startup",
        purpose: "The bootstrap screen, before the application has mounted.",
        alternatives: [
          {
            css: "#wa_web_initial_startup",
            why: "id of the page's own HTML",
            seen: "2026-09"
          },
          {
            css: "#startup, #initial_startup",
            why: "older ids",
            seen: "2023"
          }
        ]
      },
      {
        name: "loading",
        purpose: "The loading or syncing screen.",
        alternatives: [
          {
            css: '[data-testid="wa-web-loading-screen"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: "progress[value]",
            why: "the only progress bar of these screens",
            seen: "2026-09"
          },
          {
            css: '[data-icon="logo-with-text"], [data-testid="loading-screen"]',
            why: "older loading screens",
            seen: "2024"
          }
        ]
      },
      {
        name: "ready",
        purpose: "The chat list is there: the account is linked and the application runs.",
        alternatives: [
          {
            css: "#pane-side",
            why: "id, unchanged for years",
            seen: "2026-10"
          },
          {
            css: '[data-testid="chat-list"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '#side [role="grid"]',
            why: "structure",
            seen: "2025"
          }
        ]
      },
      {
        name: "qr",
        purpose: "The QR code to link a device; its data-ref is the code's text.",
        alternatives: [
          {
            css: '[data-testid="link-device-qr-code"][data-ref]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: "div[data-ref]:has(canvas)",
            why: "the attribute that carries the code",
            seen: "2025"
          },
          {
            css: 'canvas[aria-label*="QR"], canvas[aria-label="Scan me!"]',
            why: "the drawn code; its text is not readable",
            seen: "2024"
          }
        ]
      },
      {
        name: "qr_expired",
        purpose: "The button over an expired QR code.",
        alternatives: [
          {
            css: '[data-testid="link_device_qr_expired_refresh_button"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-icon="refresh-large"]',
            why: "icon",
            seen: "2024"
          }
        ]
      },
      {
        name: "chat_grid",
        purpose: "The list of chats.",
        alternatives: [
          {
            css: '#pane-side [role="grid"]',
            why: "role inside a stable id",
            seen: "2026-10"
          },
          {
            css: '[data-testid="chat-list"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '#pane-side [aria-label][role="list"]',
            why: "older role",
            seen: "2023"
          }
        ]
      },
      {
        name: "chat_row",
        purpose: "One row of the list of chats.",
        alternatives: [
          {
            css: '#pane-side [role="row"][data-testid^="list-item-"]',
            why: "test id on the row",
            seen: "2026-10"
          },
          {
            css: '#pane-side [role="row"]:has(span[title])',
            why: "structure; section headers have no title",
            seen: "2025"
          },
          {
            css: '#pane-side [role="listitem"]',
            why: "older role",
            seen: "2023"
          },
          {
            css: '[role="row"][data-testid^="list-item-"]',
            why: "a list saved without the page around it",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "chat_name",
        purpose: "A chat's title, inside its row; the title attribute is never cut.",
        alternatives: [
          {
            css: '[data-testid="cell-frame-title"] span[title]',
            why: "test id of the cell",
            seen: "2026-10"
          },
          {
            css: '[aria-colindex="2"] span[dir="auto"][title]',
            why: "structure",
            seen: "2025"
          },
          {
            css: 'span[dir="auto"][title]',
            why: "the first titled span",
            seen: "2023"
          }
        ]
      },
      {
        name: "chat_time",
        purpose: "When the last message came, inside a row of the list.",
        alternatives: [
          {
            css: '[data-testid="cell-frame-primary-detail"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[aria-colindex="2"] > div:last-child:not(:has([title]))',
            why: "the name's neighbour",
            seen: "2025"
          }
        ]
      },
      {
        name: "preview",
        purpose: "The last message, inside a row of the list; the title attribute holds all of it.",
        alternatives: [
          {
            css: '[data-testid="last-msg-status"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-testid="cell-frame-secondary"] span[title]',
            why: "titled span of the second line",
            seen: "2026-08"
          },
          {
            css: '[role="gridcell"] ~ div span[title]',
            why: "the second titled span",
            seen: "2025"
          }
        ]
      },
      {
        name: "unread",
        purpose: "The badge with the number of unread messages, inside a row of the list.",
        alternatives: [
          {
            css: '[data-testid="icon-unread-count"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[aria-colindex="1"] span[aria-label]:not(:has(svg))',
            why: "labelled badge of the last cell",
            seen: "2025"
          },
          {
            css: '[aria-label*="não lida"], [aria-label*="unread"], [aria-label*="no leído"], [aria-label*="non lett"]',
            why: "label",
            seen: "2024"
          }
        ]
      },
      {
        name: "open_row",
        purpose: "The chat that is open, inside the list.",
        alternatives: [
          {
            css: '[aria-selected="true"]',
            why: "state of the row",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "conversation",
        purpose: "The open conversation; made anew at every switch.",
        alternatives: [
          {
            css: "#main",
            why: "id, unchanged for years",
            seen: "2026-10"
          },
          {
            css: '[data-testid="conversation-panel-wrapper"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-testid="conversation-panel-body"]',
            why: "a conversation saved without its header",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "chat_title",
        purpose: "Title of the open conversation.",
        alternatives: [
          {
            css: '#main [data-testid="conversation-info-header-chat-title"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '#main header [data-tab="6"] span[dir="auto"]',
            why: "structure: tab stop of the header",
            seen: "2025"
          },
          {
            css: '#main header span[dir="auto"][title]',
            why: "older header; in a group it may be the member list",
            seen: "2023"
          },
          {
            css: '[data-testid="conversation-info-header-chat-title"]',
            why: "a header saved without the page around it",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "subtitle",
        purpose: "Line under the title: members of a group, or online, typing.",
        alternatives: [
          {
            css: '#main [data-testid="chat-subtitle"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: "#main header span[title]",
            why: "the only titled span of the header",
            seen: "2025"
          }
        ]
      },
      {
        name: "scroller",
        purpose: "What scrolls the messages.",
        alternatives: [
          {
            css: '[data-testid="conversation-panel-messages"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-scrolltracepolicy="wa.web.conversation.messages"]',
            why: "tracing attribute",
            seen: "2026-08"
          },
          {
            css: '#main [role="application"]',
            why: "the list itself",
            seen: "2025"
          },
          {
            css: "#main .copyable-area",
            why: "older wrapper",
            seen: "2023"
          }
        ]
      },
      {
        name: "message",
        purpose: "One message row; carries the message's id.",
        alternatives: [
          {
            css: "#main [data-id]",
            why: "the id attribute, in every generation",
            seen: "2026-10"
          },
          {
            css: '[data-testid^="conv-msg-"]',
            why: "the same node by test id",
            seen: "2026-10"
          },
          {
            css: "#main div.message-in, #main div.message-out",
            why: "direction classes, gone since mid-2026",
            seen: "2025"
          },
          {
            css: "[data-id]",
            why: "one row saved on its own",
            seen: "2026-10"
          },
          {
            css: '[data-testid="msg-container"], [data-testid="msg-notification-container"]',
            why: "the inside of a row saved on its own",
            seen: "2026-10"
          },
          {
            css: "div.message-in, div.message-out",
            why: "an old row saved on its own",
            seen: "2025"
          },
          {
            css: ".focusable-list-item",
            why: "the inside of a row saved on its own",
            seen: "2025"
          },
          {
            css: '.copyable-text[data-pre-plain-text^="["]',
            why: "only the text part of a row",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "bubble",
        purpose: "The drawn bubble inside a row; its place tells the direction.",
        alternatives: [
          {
            css: '[data-testid="msg-container"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: ".message-in > div, .message-out > div",
            why: "older bubble",
            seen: "2025"
          }
        ]
      },
      {
        name: "pre_plain",
        purpose: "The element whose attribute holds time, date and sender. List items and quotes have one that does not begin with [.",
        alternatives: [
          {
            css: '.copyable-text[data-pre-plain-text^="["]',
            why: "what the page itself copies",
            seen: "2026-10"
          },
          {
            css: '[data-pre-plain-text^="["]',
            why: "without the class",
            seen: "2025"
          }
        ]
      },
      {
        name: "text",
        purpose: "The text of a message, inside its row; the outermost match that is not in a quote.",
        alternatives: [
          {
            css: '.copyable-text[data-pre-plain-text^="["] [data-testid~="selectable-text"]',
            why: "test id inside the copyable part",
            seen: "2026-10"
          },
          {
            css: '.copyable-text[data-pre-plain-text^="["] .selectable-text',
            why: "class name that is no hash",
            seen: "2025"
          },
          {
            css: '[data-testid~="image-caption"], [data-testid="media-caption"]',
            why: "caption of a picture",
            seen: "2026-08"
          },
          {
            css: ":is(span, div).selectable-text.copyable-text",
            why: "without the copyable part",
            seen: "2025"
          },
          {
            css: '[data-testid~="selectable-text"]',
            why: "test id alone",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "meta",
        purpose: "Time, edited label and ticks of a row.",
        alternatives: [
          {
            css: '[data-testid="msg-meta"]',
            why: "Meta's own test id",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "author",
        purpose: "Who wrote the row, shown in groups on the first row of a run.",
        alternatives: [
          {
            css: '[data-testid="author"]',
            why: "Meta's own test id",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "author_frame",
        purpose: "The same name in builds without test ids: its frame has an empty role.",
        alternatives: [
          {
            css: '[role=""] > span:first-child',
            why: "a number that is not saved comes before its push name",
            seen: "2025"
          }
        ]
      },
      {
        name: "sender_label",
        purpose: "Invisible name for screen readers, ending in a colon; You: on our own.",
        alternatives: [
          {
            css: 'span[aria-label$=":"], span[aria-label$="："]',
            why: "no test id; empty span",
            seen: "2026-10"
          },
          {
            css: '[aria-label$=":"]:empty',
            why: "another tag",
            seen: "2025"
          }
        ]
      },
      {
        name: "tail",
        purpose: "The bubble's tail: certain about the direction, only on the first row of a run.",
        alternatives: [
          {
            css: '[data-icon="tail-in"], [data-icon="tail-out"]',
            why: "icon name",
            seen: "2026-10"
          },
          {
            css: '[data-testid="tail-in"], [data-testid="tail-out"]',
            why: "test id of the same node",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "status",
        purpose: "Delivery ticks of our own rows: label first, icon names mislead.",
        alternatives: [
          {
            css: '[data-testid="msg-meta"] [aria-label]:has(svg)',
            why: "labelled icon; stars and pins are labelled too",
            seen: "2026-10"
          },
          {
            css: '[data-icon^="msg-check"], [data-icon^="msg-dblcheck"], [data-icon="msg-time"], [data-icon^="status-"]',
            why: "icon names until mid-2026",
            seen: "2026-06"
          },
          {
            css: "svg:has(> title)",
            why: "icon name as the drawing's title",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "quoted",
        purpose: "The message that a row answers.",
        alternatives: [
          {
            css: '[data-testid="quoted-message"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[aria-label="Mensagem citada"], [aria-label="Quoted message"], [aria-label="Mensaje citado"], [aria-label="Messaggio citato"], [aria-label="Message cité"], [aria-label="Zitierte Nachricht"]',
            why: "label",
            seen: "2026-09"
          },
          {
            css: ".quoted-mention",
            why: "class name that is no hash; inside the quote",
            seen: "2025"
          }
        ]
      },
      {
        name: "reactions",
        purpose: "Reactions under a bubble; never part of the message.",
        alternatives: [
          {
            css: '[data-testid="addon-bubble-container"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-testid="reaction-bubble"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[aria-label^="reaction "], [aria-label^="reação "], [aria-label^="reacción "], [aria-label^="Reações"]',
            why: "label",
            seen: "2025"
          }
        ]
      },
      {
        name: "link_preview",
        purpose: "Card of a link inside a text message.",
        alternatives: [
          {
            css: '[data-testid="link-preview-container"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-testid^="link-preview"]',
            why: "its parts",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "avatar",
        purpose: "Picture of a group's author beside the bubble; never the message's own picture.",
        alternatives: [
          {
            css: '[data-testid*="profile-picture"], [data-testid*="avatar"], [data-testid="default-user"]',
            why: "test ids",
            seen: "2026-08"
          },
          {
            css: 'img[src*="pps.whatsapp.net"]',
            why: "host of profile pictures",
            seen: "2026-10"
          },
          {
            css: '[aria-label^="Abrir dados"], [aria-label^="Open chat details"], [aria-label^="Abrir detalles"]',
            why: "label of its button",
            seen: "2025"
          }
        ]
      },
      {
        name: "forwarded",
        purpose: "Mark of a forwarded message.",
        alternatives: [
          {
            css: '[data-testid="forwarded-header"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-icon="forward-refreshed"], [data-icon="forwarded"], [data-icon="frequently-forwarded"], [data-icon="forward-indicator"]',
            why: "icon; the same icon in a button is only an action",
            seen: "2026-09"
          }
        ]
      },
      {
        name: "read_more",
        purpose: "Button behind a text that is cut.",
        alternatives: [
          {
            css: ".read-more-button",
            why: "class name that is no hash",
            seen: "2026-10"
          },
          {
            css: '[data-testid$="read-more-button"]',
            why: "Meta's own test id",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "kind_call",
        purpose: "Row of a call.",
        alternatives: [
          {
            css: '[data-testid^="call-log"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-icon="miss"], [data-icon="miss_video"], [data-icon^="call-log"]',
            why: "icon",
            seen: "2024"
          }
        ]
      },
      {
        name: "kind_system",
        purpose: "Notice of the page itself.",
        alternatives: [
          {
            css: '[data-testid="msg-notification-container"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-testid="system_message"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-testid^="subtype-"]',
            why: "kind of the notice",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "kind_deleted",
        purpose: "Deleted message.",
        alternatives: [
          {
            css: '[data-icon^="recalled"], [data-testid="recalled"]',
            why: "icon",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "kind_view_once",
        purpose: "Message that can be opened once.",
        alternatives: [
          {
            css: '[data-testid^="view-once"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-icon^="view-once"]',
            why: "icon",
            seen: "2025"
          }
        ]
      },
      {
        name: "kind_poll",
        purpose: "Poll.",
        alternatives: [
          {
            css: '[data-testid="poll-bubble"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-testid^="poll-"]',
            why: "its parts",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "poll_choice",
        purpose: "One of the answers of a poll; two of them make a poll where it has no test id.",
        alternatives: [
          {
            css: 'input[type="checkbox"][aria-label], input[type="radio"][aria-label]',
            why: "box of the answer, labelled with it and its votes",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "kind_event",
        purpose: "Event.",
        alternatives: [
          {
            css: '[data-testid^="event-"]',
            why: "Meta's own test ids",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "kind_contact",
        purpose: "Contact card.",
        alternatives: [
          {
            css: '[data-testid="vcard-msg"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-testid*="vcard"]',
            why: "several cards",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "kind_location",
        purpose: "Location.",
        alternatives: [
          {
            css: '[data-testid="location-msg"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-testid*="live-location"]',
            why: "live location",
            seen: "2026-08"
          },
          {
            css: 'a[href*="maps.google"]:not(.selectable-text):has(img, svg), a[href*="google.com/maps"]:not(.selectable-text):has(img, svg)',
            why: "map picture; links inside a text have the text's class",
            seen: "2025"
          }
        ]
      },
      {
        name: "kind_album",
        purpose: "Several pictures in one row.",
        alternatives: [
          {
            css: '[data-testid="media-album"], [data-testid="image-album"]',
            why: "Meta's own test ids",
            seen: "2026-08"
          },
          {
            css: '[style*="grid-area"]:has([data-testid="image-content"], [data-testid="video-content"], [data-testid="image-thumb"])',
            why: "its tiles",
            seen: "2026-08"
          },
          {
            css: '[data-id^="album-"]',
            why: "id of a row of several pictures",
            seen: "2025"
          }
        ]
      },
      {
        name: "kind_document",
        purpose: "File.",
        alternatives: [
          {
            css: '[data-testid="document-thumb"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-icon^="document"], [data-testid^="document-"]',
            why: "icon of the file",
            seen: "2026-08"
          },
          {
            css: `[title^='Ver "'], [title^='Baixar "'], [title^='View "'], [title^='Download "'], [title^='Open "'], [title^='Descargar "'], [title^='Abrir "'], [title^='Scarica "']`,
            why: "title with the file's name",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "kind_sticker",
        purpose: "Sticker.",
        alternatives: [
          {
            css: '[data-testid="media-sticker"], [data-testid="sticker-container"]',
            why: "Meta's own test ids",
            seen: "2026-10"
          },
          {
            css: '[data-testid^="sticker"]',
            why: "its parts",
            seen: "2026-08"
          },
          {
            css: '[aria-label^="Figurinha"], [aria-label^="Sticker"], img[alt^="Figurinha"], img[alt^="Sticker"]',
            why: "label",
            seen: "2025"
          }
        ]
      },
      {
        name: "kind_voice",
        purpose: "Voice message.",
        alternatives: [
          {
            css: '[data-icon="ptt-status"], [data-testid="ptt-status"], [data-icon="ptt-file"], [data-testid="ptt-file"]',
            why: "icon of the microphone, beside a face or (forwarded) alone; audio files have another",
            seen: "2026-10"
          },
          {
            css: '[aria-label="Reproduzir mensagem de voz"], [aria-label="Play voice message"], [aria-label="Reproducir mensaje de voz"], [aria-label="Riproduci messaggio vocale"], [aria-label="Lire le message vocal"], [aria-label="Sprachnachricht abspielen"]',
            why: "label of the button",
            seen: "2026-10"
          },
          {
            css: '[aria-label="Mensagem de voz"], [aria-label="Voice message"], [aria-label="Mensaje de voz"], [aria-label="Messaggio vocale"], [aria-label="Message vocal"], [aria-label="Sprachnachricht"]',
            why: "label",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "kind_audio",
        purpose: "Audio file.",
        alternatives: [
          {
            css: '[data-testid="audio-file"], [data-icon="audio-file"]',
            why: "icon of an audio file",
            seen: "2026-08"
          },
          {
            css: '[data-icon="audio-play"], [data-testid="audio-play"], [data-icon="audio-download"]',
            why: "button of the player",
            seen: "2025"
          }
        ]
      },
      {
        name: "player",
        purpose: "Progress of a voice message or audio file.",
        alternatives: [
          {
            css: '[role="slider"][aria-valuetext*="/"]',
            why: "slider with both times",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "kind_gif",
        purpose: "Moving picture.",
        alternatives: [
          {
            css: '[data-icon="media-gif"], [data-icon="ic-gif"], [data-testid="media-gif"], [data-testid="media-state-gif-icon"]',
            why: "icon",
            seen: "2025"
          },
          {
            css: '[data-testid^="gif-"]',
            why: "test id",
            seen: "2026-08"
          },
          {
            css: '[aria-label="GIF"], [aria-label="Reproduzir GIF"], [aria-label="Play GIF"], [aria-label="Reproducir GIF"]',
            why: "label",
            seen: "2025"
          },
          {
            css: "video[autoplay][loop]",
            why: "a GIF is played again and again by itself",
            seen: "2025"
          }
        ]
      },
      {
        name: "kind_video",
        purpose: "Video.",
        alternatives: [
          {
            css: '[data-testid="video-content"], [data-testid="video-thumb"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '[data-icon="media-play"], [data-icon="video-pip"], [data-icon="msg-video"]',
            why: "icon",
            seen: "2026-08"
          },
          {
            css: '[aria-label="Reproduzir vídeo"], [aria-label="Abrir vídeo"], [aria-label="Play video"], [aria-label="Open video"], [aria-label="Reproducir video"], [aria-label="Abrir video"]',
            why: "label",
            seen: "2025"
          },
          {
            css: 'video, [data-testid^="ptv-"]',
            why: "the player itself",
            seen: "2025"
          }
        ]
      },
      {
        name: "kind_image",
        purpose: "Picture.",
        alternatives: [
          {
            css: '[data-testid="image-thumb"], [data-testid="image-content"]',
            why: "Meta's own test ids",
            seen: "2026-10"
          },
          {
            css: '[aria-label="Abrir imagem"], [aria-label="Abrir foto"], [aria-label="Open picture"], [aria-label="Open image"], [aria-label="Abrir imagen"], [aria-label="Apri immagine"], [aria-label="Apri foto"], [aria-label="Bild öffnen"]',
            why: "label",
            seen: "2026-10"
          },
          {
            css: '[data-testid~="image-caption"]',
            why: "its caption",
            seen: "2026-08"
          },
          {
            css: '[data-testid="media-url-provider"] img',
            why: "picture being shown",
            seen: "2026-08"
          },
          {
            css: '[data-testid="media-state-download"]',
            why: "not downloaded yet",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "composer",
        purpose: "The message box.",
        alternatives: [
          {
            css: '#main footer [data-testid="conversation-compose-box-input"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: '#main footer [contenteditable="true"][data-lexical-editor="true"]',
            why: "the editor's own attribute",
            seen: "2026-07"
          },
          {
            css: '#main footer [contenteditable="true"][role="textbox"]',
            why: "role",
            seen: "2025"
          },
          {
            css: '#main [contenteditable="true"][data-tab="10"]',
            why: "tab stop",
            seen: "2025"
          }
        ]
      },
      {
        name: "send",
        purpose: "The send button: known only so that tests can prove that nothing presses it.",
        alternatives: [
          {
            css: '#main footer button:has([data-icon="wds-ic-send-filled"])',
            why: "icon",
            seen: "2026-10"
          },
          {
            css: '#main footer button[data-tab="11"][aria-label="Enviar"], #main footer button[data-tab="11"][aria-label="Send"]',
            why: "tab stop and label",
            seen: "2026-08"
          },
          {
            css: 'span[data-icon="send"], [data-testid="compose-btn-send"]',
            why: "older icon",
            seen: "2025"
          }
        ]
      },
      {
        name: "cannot_write",
        purpose: "What stands in the place of the message box where nobody may write.",
        alternatives: [
          {
            css: '#main [data-testid="block-message"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '#main footer [data-testid^="reachout-timelock"]',
            why: "restricted account",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "search",
        purpose: "The search box of the chat list.",
        alternatives: [
          {
            css: '#side input[role="textbox"][data-tab="3"]',
            why: "input of today",
            seen: "2026-10"
          },
          {
            css: '[data-testid="chat-list-search-container"] input',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '#side [contenteditable="true"][data-tab="3"]',
            why: "older editor",
            seen: "2025"
          }
        ]
      },
      {
        name: "dialog",
        purpose: "A dialog that covers the page.",
        alternatives: [
          {
            css: '[role="dialog"][aria-modal="true"]',
            why: "role",
            seen: "2026-10"
          },
          {
            css: '[data-testid="confirm-popup"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-animate-modal-popup="true"]',
            why: "animation attribute",
            seen: "2025"
          }
        ]
      },
      {
        name: "conflict",
        purpose: "WhatsApp Web is used in another window.",
        alternatives: [
          {
            css: 'body:not(:has(#pane-side)) [data-testid="confirm-popup"] [data-testid="popup-controls-ok"]',
            why: "Meta's own test ids, without the chat list",
            seen: "2026-08"
          }
        ]
      },
      {
        name: "pairing",
        purpose: "Linking by phone number: the code to type on the phone.",
        alternatives: [
          {
            css: '[data-testid="link-device-phone-number-code-view"]',
            why: "Meta's own test id",
            seen: "2026-10"
          },
          {
            css: "[data-link-code]",
            why: "the code itself",
            seen: "2026-10"
          },
          {
            css: '[data-testid="link-device-phone-number-entry-screen"]',
            why: "the screen before the code",
            seen: "2026-10"
          }
        ]
      },
      {
        name: "screen_lock",
        purpose: "WhatsApp is locked with a password.",
        alternatives: [
          {
            css: '[data-testid="lock-screen-landing-window"]',
            why: "Meta's own test id",
            seen: "2026-09"
          },
          {
            css: 'body:not(:has(#pane-side)) #app input[type="password"]',
            why: "the only password of the page",
            seen: "2026-09"
          }
        ]
      },
      {
        name: "temp_ban",
        purpose: "The account may not be used for a while.",
        alternatives: [
          {
            css: '[data-testid^="temp-ban"], [data-testid^="temporary-ban"]',
            why: "inferred from the page's word for the state",
            seen: "2026-09"
          }
        ]
      },
      {
        name: "reload",
        purpose: "The page wants to be loaded anew.",
        alternatives: [
          {
            css: '[data-testid="popup-controls-refresh"]',
            why: "Meta's own test id",
            seen: "2026-09"
          }
        ]
      },
      {
        name: "restricted",
        purpose: "The account may not start new chats.",
        alternatives: [
          {
            css: '[data-testid^="reachout-timelock"]',
            why: "Meta's own test id",
            seen: "2026-09"
          }
        ]
      },
      {
        name: "offline",
        purpose: "Bar over the chat list: no connection.",
        alternatives: [
          {
            css: '[data-testid="chat-butterbar-offline"]',
            why: "Meta's own test id",
            seen: "2026-08"
          },
          {
            css: '[data-testid^="chat-butterbar"]',
            why: "any bar",
            seen: "2026-08"
          },
          {
            css: '[data-icon^="alert-"]',
            why: "icon",
            seen: "2025"
          }
        ]
      },
      {
        name: "root",
        purpose: "What the whole application is mounted into; the card's room is taken from its size.",
        alternatives: [
          {
            css: "#app",
            why: "id in the page's own HTML, unchanged for years",
            seen: "2026-09"
          },
          {
            css: '#mount_0_0, [id^="mount_"]',
            why: "root of Meta's other web applications",
            seen: "2024"
          }
        ]
      },
      {
        name: "closes_on_escape",
        purpose: "What Esc closes in WhatsApp before it closes the chat: while one is there, Esc is not the card's.",
        alternatives: [
          {
            css: '[role="menu"], [role="listbox"], [data-animate-dropdown-item], #wa-popovers-bucket :is(button, li, [role])',
            why: "menus and popovers",
            seen: "2026-08"
          },
          {
            css: '[data-testid="media-viewer"], [data-testid^="drawer-"]:has(header), #expressions-panel-container:has(button)',
            why: "media viewer, drawers, emoji and sticker panel",
            seen: "2026-08"
          },
          {
            css: '#main footer [data-testid="quoted-message"], #emoji-suggestion',
            why: "bar of the reply that is being written, suggestions above the box",
            seen: "2026-07"
          }
        ]
      }
    ]
  };

  // userscript/src/registry.ts
  function createRegistry(overrides = {}) {
    let builtIn = new Map(
      selectors_default.anchors.map((anchor) => [anchor.name, anchor.alternatives.map((alternative) => alternative.css)])
    ), inForce = {}, anchors = new Map(builtIn), lists = /* @__PURE__ */ new Map();
    function override(next) {
      inForce = next, anchors = new Map(builtIn);
      for (let [name, selectors] of Object.entries(next))
        anchors.set(name, [...selectors, ...builtIn.get(name) ?? []]);
      lists = new Map([...anchors].map(([name, selectors]) => [name, selectors.join(", ")]));
    }
    override(overrides);
    function selectorsOf(name) {
      let selectors = anchors.get(name);
      if (!selectors) throw new Error(`no anchor named ${name} in selectors.json`);
      return selectors;
    }
    return {
      override,
      get overrides() {
        return inForce;
      },
      selectors: selectorsOf,
      find(name, root) {
        for (let [rank, css] of selectorsOf(name).entries()) {
          let element = root.querySelector(css);
          if (element) return { element, rank };
        }
        return null;
      },
      findAll(name, root) {
        for (let css of selectorsOf(name)) {
          let elements = root.querySelectorAll(css);
          if (elements.length > 0) return [...elements];
        }
        return [];
      },
      any(name) {
        return selectorsOf(name), lists.get(name) ?? "";
      },
      report(root) {
        let report = {};
        for (let [name, selectors] of anchors) {
          let counts = selectors.map((css) => root.querySelectorAll(css).length), rank = counts.findIndex((count) => count > 0);
          report[name] = { rank: rank < 0 ? null : rank, matches: rank < 0 ? 0 : counts[rank] ?? 0 };
        }
        return report;
      }
    };
  }
  function isUsable(css) {
    try {
      return document.createDocumentFragment().querySelector(css), !0;
    } catch {
      return !1;
    }
  }

  // userscript/src/composer.ts
  var SETTLE_MS = 50, FRAME_MS = 120, VERIFY_MS = 1e3, POLL_MS = 25, BUBBLING = { bubbles: !0, cancelable: !0, composed: !0 }, last = Promise.resolve();
  function insertReply(command, openChat, registry = createRegistry()) {
    let result = last.then(() => insert(command, openChat, registry));
    return last = result.catch(() => {
    }), result;
  }
  var UNSURE = "unsure";
  function check(command, openChat, registry) {
    let chat = openChat(), conversation = registry.find("conversation", document);
    if (!chat || !conversation) return "no_box";
    let header = registry.find("chat_title", document)?.element;
    if (!(chat.token === command.chat_token && sameName(chat.title, command.chat_title)) || header && !sameName(titleOf(header), command.chat_title)) return "wrong_chat";
    if (registry.find("dialog", document)) return "dialog_open";
    if (registry.find("cannot_write", document)) return "no_box";
    let box = registry.find("composer", document)?.element;
    if (!box && !canWriteSomewhere(registry)) return "no_box";
    let isBox = box instanceof HTMLElement && box.getAttribute("contenteditable") === "true";
    return isBox && !isBoxOf(box, command.chat_title) ? namesSomebody(box) ? "wrong_chat" : UNSURE : isBox && header ? box : UNSURE;
  }
  function canWriteSomewhere(registry) {
    let search = registry.any("search");
    return [...document.querySelectorAll("[contenteditable], textarea")].some(
      (field) => !field.matches(search)
    );
  }
  async function insert(command, openChat, registry) {
    let text = cleanReply(command.text), wanted = essence(text.split(`
`)), before = check(command, openChat, registry);
    if (typeof before == "string") return refuse(before, text);
    let box = before;
    if (command.way === "copy")
      return await takeOut(box, wanted), copyInstead("not_verified", text, boxLines(box).join(`
`));
    if (!isEmpty(box)) return answer("box_not_empty", box);
    if (text === "") return answer("not_verified", box);
    box.focus(), await frame(), await pause(SETTLE_MS);
    let now = check(command, openChat, registry);
    if (now !== box) return refuse(typeof now == "string" ? now : "wrong_chat", text);
    if (!isEmpty(box)) return answer("box_not_empty", box);
    if (document.activeElement !== box) return answer("not_verified", box);
    paste(box, text);
    let arrived = await until(() => essence(boxLines(box)) === wanted, VERIFY_MS), after = check(command, openChat, registry);
    return after === box || after === "dialog_open" ? arrived ? answer("inserted", box) : (await takeOut(box, wanted), answer("not_verified", box)) : (box.isConnected && arrived && await takeOut(box, wanted), refuse(typeof after == "string" ? after : "wrong_chat", text));
  }
  function answer(code, box) {
    return { code, box_text: boxLines(box).join(`
`), copy_failed: !1 };
  }
  async function refuse(code, text) {
    return code !== UNSURE ? { code, box_text: null, copy_failed: !1 } : copyInstead("no_box", text, null);
  }
  async function copyInstead(failure, text, box_text) {
    if (text === "") return { code: failure, box_text, copy_failed: !1 };
    let copied = await copyText(text);
    return { code: copied ? "copied" : failure, box_text, copy_failed: !copied };
  }
  function paste(box, text) {
    let clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text), box.dispatchEvent(new ClipboardEvent("paste", { ...BUBBLING, clipboardData }));
  }
  async function takeOut(box, wanted) {
    let cuts = [
      () => new ClipboardEvent("cut", { ...BUBBLING, clipboardData: new DataTransfer() }),
      () => new InputEvent("beforeinput", { ...BUBBLING, inputType: "deleteContentBackward" })
    ];
    for (let cut of cuts) {
      let held = essence(boxLines(box));
      if (isEmpty(box) || !isOnlyOurs(held, wanted)) return;
      box.focus(), getSelection()?.selectAllChildren(box), await pause(2 * SETTLE_MS), document.activeElement === box && essence(boxLines(box)) === held && box.dispatchEvent(cut()), await until(() => isEmpty(box), 4 * SETTLE_MS);
    }
  }
  async function until(condition, limitMs) {
    let end = performance.now() + limitMs;
    for (; !condition(); ) {
      if (performance.now() >= end) return !1;
      await pause(POLL_MS);
    }
    return !0;
  }
  function frame() {
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, FRAME_MS);
      requestAnimationFrame(() => {
        clearTimeout(timer), resolve();
      });
    });
  }
  function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  // userscript/src/clock.ts
  var AM = /(^|[^\p{L}])a\.?\s?m\.?($|[^\p{L}])|上午|凌晨|早上|오전|午前|ص/iu, PM = /(^|[^\p{L}])p\.?\s?m\.?($|[^\p{L}])|下午|晚上|오후|午後|م/iu, NOON = /中午/u, HOURS = /(?<![\d:.])(\d{1,2})[:.hH](\d{2})(?:[:.]\d{2})?(?![\d:])/u, DATE = /(\d{1,4})\s?[./\-年]\s?(\d{1,2})\s?[./\-月]\s?(\d{2,4})日?/u, ENGLISH_DAY_FIRST = /* @__PURE__ */ new Set(["gb", "au", "nz", "in", "ie", "za", "uk"]);
  function normal(text) {
    return stripBidi(text).replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 1632)).replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 1776)).replace(/[\u00a0\u2007\u2009\u202f]/g, " ");
  }
  function parseTime(text) {
    let clean = normal(text), match = HOURS.exec(clean);
    if (!match) return null;
    let hour = Number(match[1]), minute = Number(match[2]);
    if (PM.test(clean) || NOON.test(clean)) {
      if (hour > 12) return null;
      hour < 12 && !(NOON.test(clean) && hour === 11) && (hour += 12);
    } else if (AM.test(clean)) {
      if (hour > 12) return null;
      hour === 12 && (hour = 0);
    }
    return hour > 23 || minute > 59 ? null : `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  }
  function isAmericanTime(text) {
    return /\d\s?[AP]M\b/.test(normal(text));
  }
  function isLowerTime(text) {
    return /\d\s?[ap]m\b/.test(normal(text));
  }
  function orderOf(lang) {
    let tag = lang.replace("_", "-");
    try {
      if (Intl.DateTimeFormat.supportedLocalesOf(tag).length === 0) return null;
      let parts = new Intl.DateTimeFormat(tag).formatToParts(0).map(({ type }) => type);
      return parts.indexOf("day") < parts.indexOf("month") ? "dmy" : "mdy";
    } catch {
      return null;
    }
  }
  function findDate(text) {
    let match = DATE.exec(normal(text));
    if (!match) return null;
    let [whole, first = "", second = "", third = ""] = match, short = first.length > 2 ? [second, third] : [first, second];
    return {
      match: whole,
      numbers: [Number(first), Number(second), Number(third)],
      padded: short.some((digits) => digits.startsWith("0")),
      unpadded: short.some((digits) => digits.length === 1)
    };
  }
  function dateOrder(samples, lang) {
    let yearLast = samples.filter(({ date }) => date.numbers[0] <= 31), dayFirst = yearLast.some(({ date }) => date.numbers[0] > 12), monthFirst = yearLast.some(({ date }) => date.numbers[1] > 12);
    if (dayFirst !== monthFirst) return dayFirst ? "dmy" : "mdy";
    if (dayFirst) return null;
    if (languageOf(lang) !== "en") return lang ? orderOf(lang) : null;
    let region = lang?.toLowerCase().split(/[-_]/)[1];
    if (region === "us" || region === "ph") return "mdy";
    if (region !== void 0 && ENGLISH_DAY_FIRST.has(region)) return "dmy";
    let american = yearLast.some(({ date, time }) => isAmericanTime(time) && date.unpadded && !date.padded), british = yearLast.some(
      ({ date, time }) => isLowerTime(time) || date.padded && !/[ap]\.?\s?m/i.test(time)
    );
    return american === british ? null : american ? "mdy" : "dmy";
  }
  function isoDate(date, order) {
    let [first, second, third] = date.numbers;
    if (first > 31) return iso(first, second, third);
    let year = third < 100 ? 2e3 + third : third;
    return order === null ? first === second ? iso(year, first, second) : null : order === "dmy" ? iso(year, second, first) : iso(year, first, second);
  }
  function iso(year, month, day) {
    let date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 2009 && year < 2100 ? date.toISOString().slice(0, 10) : null;
  }
  function dayOf(now, shift = 0) {
    return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + shift)).toISOString().slice(0, 10);
  }
  function shiftDay(day, shift) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + shift * 864e5).toISOString().slice(0, 10);
  }
  function parseDivider(text, lang) {
    let word = plain(normal(text));
    if (word.length === 0 || word.length > 40) return null;
    if (isUnreadNotice(word)) return { kind: "unread" };
    if (isToday(word)) return { kind: "ago", days: 0 };
    if (isYesterday(word)) return { kind: "ago", days: 1 };
    let date = findDate(word);
    if (date) return date.match.length === word.length ? { kind: "date", date } : null;
    let weekday = names(lang, "weekday").indexOf(word);
    return weekday >= 0 ? { kind: "weekday", weekday } : namedDay(word, lang);
  }
  function namedDay(word, lang) {
    let year = /\b(20\d{2})\b/.exec(word)?.[1], day = /(?<!\d)(\d{1,2})(?!\d)/.exec(word)?.[1], month = names(lang, "month").findIndex((name) => word.includes(name)), rest = word.replace(/[\d.,]|\bde\b|\bdel\b|\bof\b|\s/g, "");
    if (!year || !day || month < 0 || rest !== names(lang, "month")[month]) return null;
    let exact = iso(Number(year), month + 1, Number(day));
    return exact ? { kind: "day", day: exact } : null;
  }
  var namesCache = /* @__PURE__ */ new Map();
  function names(lang, unit) {
    if (!lang) return [];
    let key = `${lang} ${unit}`, cached = namesCache.get(key);
    if (cached) return cached;
    let list = [];
    try {
      let format = new Intl.DateTimeFormat(lang.replace("_", "-"), { [unit]: "long", timeZone: "UTC" }), count = unit === "month" ? 12 : 7, at = (i2) => unit === "month" ? Date.UTC(2026, i2, 1) : Date.UTC(2026, 0, 4 + i2);
      list = Array.from({ length: count }, (_2, i2) => plain(format.format(at(i2))));
    } catch {
    }
    return namesCache.set(key, list), list;
  }

  // userscript/src/dates.ts
  var JUMP_MIN = 720;
  function datesOf(steps, lang, now) {
    let samples = steps.flatMap(({ facts, divider }) => facts?.dated ? [facts.dated] : divider?.kind === "date" ? [{ date: divider.date, time: "" }] : []), order = dateOrder(samples, lang), own = steps.map(({ facts }) => facts?.dated ? isoDate(facts.dated.date, order) : null), stretches = stretchesOf(steps, own), today = now ? dayOf(now) : todayFrom(stretches), clock = now ? now.getHours() * 60 + now.getMinutes() : null, dates = [...own], before = null;
    for (let [index, stretch] of stretches.entries()) {
      let later = stretches.slice(index + 1), day = stretch.days.size === 1 ? [...stretch.days][0] ?? null : stretch.days.size === 0 ? dayOfLine(stretch.divider, order, today, later) ?? dayAfterMidnight(stretch, before, today) : null, stale = stretch.days.size === 0 && clock !== null ? staleUntil(steps, stretch, clock) : stretch.from;
      for (let i2 = stretch.from; i2 < stretch.to; i2 += 1)
        steps[i2]?.facts && (dates[i2] ??= day === null ? between(own, i2, stretch.from, stretch.to) : shiftDay(day, i2 < stale ? -1 : 0), before = dates[i2] ?? null);
    }
    return dates;
  }
  function dayAfterMidnight({ afterMidnight }, before, today) {
    return afterMidnight && before !== null && today !== null && shiftDay(before, 1) === today ? today : null;
  }
  function staleUntil(steps, { divider, from, to }, clock) {
    if (divider?.kind !== "ago" || divider.days !== 0) return from;
    for (let i2 = to; i2 > from; i2 -= 1) {
      let time = steps[i2 - 1]?.facts?.time;
      if (time && minutes(time) - clock > JUMP_MIN) return i2;
    }
    return from;
  }
  function minutes(time) {
    return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  }
  function stretchesOf(steps, own) {
    let isLine = ({ element, divider: divider2 }) => element === null && divider2?.kind !== "unread", stretches = [], from = 0, divider = null, afterMidnight = !1, last2 = null, close = (to) => {
      let days = new Set(own.slice(from, to).filter((day) => day !== null));
      to > from && stretches.push({ divider, from, to, afterMidnight, days });
    };
    for (let [index, step] of steps.entries()) {
      let time = step.facts?.time ? minutes(step.facts.time) : null, jumped = last2 !== null && time !== null && last2 - time > JUMP_MIN;
      (isLine(step) || jumped) && (close(index), from = jumped ? index : index + 1, divider = jumped ? null : step.divider, afterMidnight = jumped, last2 = null), last2 = time ?? last2;
    }
    return close(steps.length), stretches;
  }
  function todayFrom(stretches) {
    for (let { divider, days } of stretches) {
      let [day] = days;
      if (divider?.kind === "ago" && days.size === 1 && day) return shiftDay(day, divider.days);
    }
    return null;
  }
  function dayOfLine(divider, order, today, later) {
    let day = divider && dayOfWords(divider, order, today);
    if (!day || divider?.kind !== "ago") return day;
    let again = later.filter((next) => next.divider?.kind === "ago" && next.divider.days === divider.days);
    return shiftDay(day, -again.length);
  }
  function dayOfWords(words2, order, today) {
    switch (words2.kind) {
      case "day":
        return words2.day;
      case "date":
        return isoDate(words2.date, order);
      case "ago":
        return today ? shiftDay(today, -words2.days) : null;
      case "weekday": {
        if (!today) return null;
        let back = ((/* @__PURE__ */ new Date(`${today}T00:00:00Z`)).getUTCDay() - words2.weekday + 7) % 7;
        return shiftDay(today, -(back === 0 ? 7 : back));
      }
      default:
        return null;
    }
  }
  function between(own, at, from, to) {
    let above = own.slice(from, at).findLast((day) => day !== null), below = own.slice(at + 1, to).find((day) => day !== null);
    return above !== void 0 && above === below ? above : null;
  }

  // userscript/src/chats.ts
  var TICKS = /^(wds-ic-(read|delivered|status-pending)|ic-schedule|(msg|status)-(time|check|dblcheck)(-ack)?|message-fail)$/, MEDIA = '[data-testid="chat-msg-symbol"]', LAST_MESSAGE = '[data-testid="last-msg-status"]';
  function readChats(root, registry, lang, now) {
    let rows = registry.findAll("chat_row", root), dates = rows.flatMap((row) => {
      let words2 = timeWords(row, registry), divider = words2 === null ? null : parseDivider(words2, lang);
      return divider?.kind === "date" ? [{ date: divider.date, time: "" }] : [];
    }), when = { lang, order: dateOrder(dates, lang), today: now && dayOf(now) };
    return rows.map((row, place2) => ({ row, top: topOf(row) ?? place2, chat: readChat(row, registry, when) })).filter((entry) => entry.chat !== null).sort((a3, b) => a3.top - b.top).map(({ chat }) => chat);
  }
  function topOf(row) {
    let place2 = /translateY\((-?[\d.]+)px\)/.exec(row.getAttribute("style") ?? "")?.[1];
    return place2 === void 0 ? null : Number(place2);
  }
  function timeWords(row, registry) {
    let time = registry.find("chat_time", row)?.element;
    return time && lineOf(time) || null;
  }
  function readChat(row, registry, when) {
    let { lang } = when, name = registry.find("chat_name", row)?.element, title = name ? shownText(name) : "";
    if (!name || title === "") return null;
    let preview = registry.findAll("preview", row).filter((element) => element !== name && !element.contains(name)).find((element) => element.matches(LAST_MESSAGE) || !isDraft(element.parentElement?.textContent ?? "")), text = preview ? lastText(preview) : null, author = preview ? lastAuthor(preview) : null, unread = unreadOf(row, registry), words2 = timeWords(row, registry), symbol = preview?.querySelector(MEDIA);
    return {
      title,
      unread,
      last_text: text,
      last_author: author !== null && isYou(author, lang) ? null : author,
      last_direction: lastDirection(preview ?? null, text, author, unread, lang),
      last_time: words2,
      ...moment(words2, when),
      last_media: (symbol?.childNodes.length ?? 0) > 0 || text !== null && isReactionNotice(text),
      is_open: row.matches(registry.any("open_row")) || row.querySelector(registry.any("open_row")) !== null
    };
  }
  function moment(words2, when) {
    let clock = words2 === null ? null : parseTime(words2);
    if (words2 === null || clock !== null) return { last_clock: clock, last_date: clock && when.today };
    let said = parseDivider(words2, when.lang);
    return { last_clock: null, last_date: said && dayOfWords(said, when.order, when.today) };
  }
  function shownText(element) {
    let title = stripBidi(element.getAttribute("title") ?? "").trim();
    return title === "" ? lineOf(element) : title;
  }
  function lastText(preview) {
    let title = stripBidi(preview.getAttribute("title") ?? "").trimEnd();
    if (title !== "") return title;
    let shown2 = [...preview.querySelectorAll('span[dir="ltr"], span[dir="rtl"]')].at(-1);
    return shown2 && lineOf(shown2) || null;
  }
  function lastAuthor(preview) {
    for (let span of preview.querySelectorAll('span[dir="auto"]')) {
      let after = (span.parentElement?.nextElementSibling ?? span.nextElementSibling)?.textContent ?? "", sibling = span.nextElementSibling?.textContent ?? "";
      if (/^\s*[:：]/.test(after) || /^\s*[:：]/.test(sibling)) return lineOf(span) || null;
    }
    return null;
  }
  function lastDirection(preview, text, author, unread, lang) {
    let icons = preview ? [...preview.querySelectorAll("[data-icon], svg title")].filter((icon) => icon.closest(MEDIA) === null).map((icon) => icon.getAttribute("data-icon") ?? (icon.textContent ?? "").trim()) : [];
    if (unread !== null && unread > 0) return "in";
    if (icons.some((icon) => TICKS.test(icon))) return "out";
    if (author !== null) return isYou(author, lang) ? "out" : "in";
    let firstWord = text?.split(/[\s:]/, 1)[0] ?? "";
    return text === null || icons.includes("recalled") || isYou(firstWord, lang) ? "unknown" : "in";
  }
  function unreadOf(row, registry) {
    let badge = registry.find("unread", row)?.element;
    if (!badge) return 0;
    let number = /\d[\d.,\u00a0\u202f]*/.exec(
      `${lineOf(badge)} ${badge.getAttribute("aria-label") ?? ""}`
    )?.[0]?.replace(/\D/g, "");
    return number ? Number(number) : badge.matches('[data-testid="icon-unread-count"]') ? null : 0;
  }

  // userscript/src/ids.ts
  var OLD = /^(?:album-|grouped-sticker-)?(true|false)_([^_]+@[a-z.]+)_(.+)$/i;
  function parseMessageId(raw) {
    let old = OLD.exec(raw);
    if (!old) return { id: raw, fromMe: null, jid: null };
    let [, mine, jid = "", rest = ""] = old, id = rest.split("_").filter((part) => !part.includes("@") && part !== "out" && part !== "in").at(-1) ?? rest;
    return { id: raw.startsWith("album-") ? id.replace(/-\d+$/, "") : id, fromMe: mine === "true", jid };
  }
  function messageIdOf(element) {
    let raw = (element.closest("[data-id]") ?? element.querySelector("[data-id]"))?.getAttribute("data-id");
    if (raw) return parseMessageId(raw);
    let testId = (element.closest('[data-testid^="conv-msg-"]') ?? element).getAttribute("data-testid") ?? "";
    return testId.startsWith("conv-msg-") ? { id: testId.slice(9), fromMe: null, jid: null } : null;
  }

  // userscript/src/open-chat.ts
  function readOpenChat(root, registry, lang) {
    let title = titleOf2(root, registry);
    if (title === null) return null;
    let is_group = isGroup(root, registry, lang);
    return { title, is_group, phone: is_group ? null : phoneIn(title) };
  }
  function titleOf2(root, registry) {
    let element = registry.find("chat_title", root)?.element, title = element ? lineOf(element) : "";
    return title === "" ? null : title;
  }
  function isGroup(root, registry, lang) {
    let conversation = registry.find("conversation", root)?.element ?? root;
    for (let row of conversation.querySelectorAll('[data-id*="@"]')) {
      let jid = parseMessageId(row.getAttribute("data-id") ?? "").jid;
      if (jid) return jid.endsWith("@g.us");
    }
    let subtitle = registry.find("subtitle", root)?.element, members = subtitle ? subtitle.querySelector("[title]") ?? subtitle : null, last2 = (members?.getAttribute("title") || (members ? lineOf(members) : "")).split(/[,、،]\s*/);
    if (last2.length > 1 && isYou(last2.at(-1) ?? "", lang) || conversation.querySelector(
      '[aria-label$="em grupo"], [aria-label*="group call" i], [aria-label$="grupal"]'
    ))
      return !0;
    let quoted = registry.any("quoted");
    return [...conversation.querySelectorAll(registry.any("author"))].some(
      (author) => author.closest(quoted) === null
    );
  }
  function phoneIn(title) {
    if (!/^\+[\d\s\u00a0().\-‑]+$/.test(title)) return null;
    let digits = title.replace(/\D/g, "");
    return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : null;
  }

  // userscript/src/direction.ts
  function directionSignals(row, fromMe, hasTicks, senderLabel, lang) {
    let certain = /* @__PURE__ */ new Set(), tail = row.first("tail"), tailName = tail?.getAttribute("data-icon") ?? tail?.getAttribute("data-testid") ?? tailTitle(row);
    tailName === "tail-out" && certain.add("out"), tailName === "tail-in" && certain.add("in"), hasTicks && certain.add("out"), fromMe !== null && certain.add(fromMe ? "out" : "in");
    let classed = row.element.closest(".message-in, .message-out") ?? row.element.querySelector(".message-in, .message-out");
    return classed && certain.add(classed.classList.contains("message-out") ? "out" : "in"), {
      certain,
      metaIsButton: row.first("meta")?.getAttribute("role") === "button",
      label: senderLabel === null ? null : isYou(senderLabel, lang) ? "out" : "in",
      hasTail: tailName !== null
    };
  }
  function tailTitle(row) {
    return row.iconTitles.find((title) => title === "tail-in" || title === "tail-out") ?? null;
  }
  function certainDirection(signals) {
    if (signals.certain.size > 1) return "unknown";
    let [only] = signals.certain;
    return only ?? (signals.metaIsButton ? "out" : null);
  }
  function agreed(votes) {
    let sides = new Set(votes.filter((vote) => vote !== null));
    if (sides.size > 1) return "unknown";
    let [only] = sides;
    return only ?? null;
  }
  var KnownSenders = class {
    out = /* @__PURE__ */ new Set();
    in = /* @__PURE__ */ new Set();
    learn(name, side) {
      name !== null && name !== "" && this[side].add(name);
    }
    /** Null when the name belongs to both (a customer named like us) or our own name is not known yet. */
    sideOf(name) {
      if (name === null || name === "") return null;
      let ours = this.out.has(name), theirs = this.in.has(name);
      return ours && theirs ? null : ours ? "out" : theirs || this.out.size > 0 ? "in" : null;
    }
  }, LEAST_LEAN = 24;
  function leaningSide(row) {
    let bubble = row.first("bubble") ?? row.first("pre_plain"), panel = bubble?.closest(row.registry.any("scroller")) ?? bubble?.closest(row.registry.any("conversation"));
    if (!bubble || !panel) return null;
    let inner = bubble.getBoundingClientRect(), outer = panel.getBoundingClientRect();
    if (inner.width < 8 || outer.width < 8 || inner.width > outer.width * 0.95) return null;
    let lean = inner.left - outer.left - (outer.right - inner.right);
    if (Math.abs(lean) < LEAST_LEAN) return null;
    let isRight = lean > 0, rightIsOurs = bubble.ownerDocument.documentElement.dir !== "rtl";
    return isRight === rightIsOurs ? "out" : "in";
  }

  // userscript/src/kind.ts
  var MARKED = [
    "deleted",
    "view_once",
    "poll",
    "event",
    "contact",
    "location",
    "album",
    "document",
    "sticker"
  ], TITLES = [
    [/^(ic-)?recalled/, "deleted"],
    [/^(wds-)?(ic-)?view-once/, "view_once"],
    [/^document-|^(ic-)?document$/, "document"],
    [/^(ic-)?ptt-status/, "voice"],
    [/^(media-gif|ic-gif)$/, "gif"],
    [/^(media-play|video-pip|msg-video)$/, "video"]
  ];
  function kindOf(row) {
    let isNotice = row.first("kind_system") !== null;
    if (row.first("kind_call") || isNotice && isCallNotice(noticeText(row) ?? "")) return "call";
    if (isNotice) return "system";
    for (let kind2 of MARKED) if (row.first(`kind_${kind2}`)) return kind2;
    if (row.all("poll_choice").length > 1) return "poll";
    if (isContactCard(row)) return "contact";
    if (tiles(row) > 1) return "album";
    let titled = TITLES.find(([pattern]) => row.iconTitles.some((title) => pattern.test(title)))?.[1];
    if (titled === "deleted" || titled === "view_once" || titled === "document") return titled;
    let sound = soundKind(row);
    if (sound) return sound;
    if (row.first("kind_gif") || titled === "gif") return "gif";
    if ((row.first("kind_video") || titled === "video") && !isPlayOfLink(row)) return "video";
    if (row.first("kind_image")) return "image";
    let picture = pictureKind(row);
    return picture || (row.first("pre_plain") ? "text" : wordedKind(row));
  }
  function isContactCard(row) {
    let [text] = row.best("text");
    return row.first("pre_plain") && text && text.tagName !== "DIV" ? !1 : [...row.element.querySelectorAll('button, [role="button"]')].some((button) => !row.isForeign(button) && isContactAction(button.textContent ?? ""));
  }
  function hasLink(row) {
    return row.first("pre_plain") !== null && row.best("text").some((text) => text.querySelector("a[href]"));
  }
  function isPlayOfLink(row) {
    let play = '[data-icon="media-play"]';
    return hasLink(row) && row.all("kind_video").every((mark) => mark.matches(play)) && row.iconTitles.every((title) => !/^(video-pip|msg-video)$/.test(title));
  }
  function tiles(row) {
    let marked = '[data-testid="image-thumb"], [data-testid="image-content"], [data-testid="video-content"]';
    return [...row.element.querySelectorAll(marked)].filter((tile) => !row.isForeign(tile)).filter((tile) => tile.parentElement?.closest(marked) == null).length;
  }
  function soundKind(row) {
    let [icon] = row.registry.selectors("kind_voice"), [file, button] = row.registry.selectors("kind_audio"), has = (css) => css !== void 0 && [...row.element.querySelectorAll(css)].some((mark) => !row.isForeign(mark));
    return has(icon) || row.iconTitles.some((title) => /^(ic-)?ptt-(status|file)/.test(title)) ? "voice" : has(file) || row.iconTitles.some((title) => /^(ic-)?audio-file/.test(title)) ? "audio" : row.first("kind_voice") ? "voice" : row.first("player") ? has(button) ? "audio" : "voice" : row.first("kind_audio") ? "audio" : null;
  }
  function pictureKind(row) {
    let noPicture = ["text", "author", "avatar"].map((anchor) => row.registry.any(anchor)).join(", "), sources = [...row.element.querySelectorAll("img")].filter((img) => !row.isForeign(img) && !img.closest(noPicture) && !img.hasAttribute("data-plain-text")).map((img) => img.getAttribute("src") ?? ""), full = sources.some((source) => source.startsWith("blob:")), small = sources.some((source) => /^data:image\/jpe?g/.test(source));
    return full && small && !hasLink(row) ? "image" : row.first("pre_plain") ? null : full ? "sticker" : small ? "image" : null;
  }
  function wordedKind(row) {
    let words2 = noticeText(row);
    return words2 === null ? "unknown" : isDeletedNotice(words2) ? "deleted" : isWaitingNotice(words2) ? "waiting" : isCallNotice(words2) ? "call" : isBareNotice(row) ? "system" : row.best("text").length > 0 ? "text" : "unknown";
  }
  function isBareNotice(row) {
    let { element } = row;
    return /^(true|false)_/.test(element.getAttribute("data-id") ?? "") ? !element.querySelector(".message-in, .message-out") && !element.closest(".message-in, .message-out") : element.matches("[data-testid^='conv-msg-']") && row.best("text").length === 0 && ["meta", "tail", "sender_label", "author"].every((anchor) => row.first(anchor) === null);
  }
  function noticeText(row) {
    let skipped = ["meta", "author", "tail"].map((anchor) => row.registry.any(anchor)).join(", "), words2 = blockText(
      row.first("kind_system") ?? row.element,
      (element) => element.getAttribute("aria-hidden") === "true" || element.matches(skipped) || isNameFrame(element, row) || row.isForeign(element)
    );
    return row.first("meta") ? words2 : withoutTime(words2);
  }
  function isNameFrame(element, row) {
    return element.getAttribute("role") === "" && element.closest(".message-in") !== null && element.querySelector(row.registry.any("author_frame")) !== null;
  }
  function withoutTime(words2) {
    let lines = words2?.split(`
`) ?? [], last2 = lines.at(-1) ?? "", kept = parseTime(last2) !== null && last2.replace(/[\d:.\s]/g, "").length <= 4 ? lines.slice(0, -1) : lines;
    return kept.length > 0 ? kept.join(`
`) : null;
  }

  // userscript/src/quote.ts
  function quoteOf(row) {
    let { quote, registry } = row;
    if (!quote) return null;
    let textElement = quote.querySelector('[data-testid~="selectable-text"].quoted-mention') ?? quote.querySelector(".quoted-mention") ?? quote.querySelector('[data-testid~="selectable-text"]'), authorElement = quote.querySelector(registry.any("author")) ?? firstName(quote, textElement), author = authorElement ? lineOf(authorElement) : "";
    return {
      author: author === "" ? null : author,
      text: textElement ? readText(textElement, registry).text : null
    };
  }
  function firstName(quote, text) {
    for (let span of quote.querySelectorAll('span[dir="auto"]')) {
      if (text && (span === text || text.contains(span) || span.contains(text))) return null;
      if (lineOf(span) !== "") return span;
    }
    return null;
  }

  // userscript/src/reactions.ts
  var EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*0-9]\ufe0f?\u20e3/u, graphemes = new Intl.Segmenter(void 0, { granularity: "grapheme" });
  function reactionsOf(row) {
    let found = [...row.element.querySelectorAll(row.registry.any("reactions"))], shown2 = found.filter((part) => !found.some((other) => other !== part && other.contains(part))).flatMap((part) => {
      let own = emojiOf(lineOf(part));
      return own.length > 0 ? own : emojiOf(part.getAttribute("aria-label") ?? "");
    });
    return [...new Set(shown2)];
  }
  function emojiOf(text) {
    return [...graphemes.segment(text)].map(({ segment }) => segment).filter((piece) => EMOJI.test(piece));
  }

  // userscript/src/row-parts.ts
  function partsOf(element, registry) {
    let quote = findQuote(element, registry), foreign = [
      ...quote ? [quote] : [],
      ...linkCards(element, registry),
      ...element.querySelectorAll(registry.any("reactions")),
      ...element.querySelectorAll(registry.any("link_preview"))
    ], isForeign = (candidate) => foreign.some((part) => part.contains(candidate)), own = (css) => {
      let inside = [...element.querySelectorAll(css)].filter((candidate) => !isForeign(candidate));
      return element.matches(css) ? [element, ...inside] : inside;
    }, titles;
    return {
      element,
      registry,
      quote,
      isForeign,
      all: (anchor) => own(registry.any(anchor)),
      first: (anchor) => own(registry.any(anchor))[0] ?? null,
      best: (anchor) => {
        for (let css of registry.selectors(anchor)) {
          let elements = own(css);
          if (elements.length > 0) return elements;
        }
        return [];
      },
      get iconTitles() {
        return titles ??= own("svg title").map((title) => (title.textContent ?? "").trim()), titles;
      }
    };
  }
  function linkCards(row, registry) {
    let copyable = row.matches(registry.any("pre_plain")) ? row : row.querySelector(registry.any("pre_plain")), text = registry.any("text");
    if (!copyable?.querySelector(text)) return [];
    let own = `${text}, ${registry.any("meta")}`;
    return [...copyable.querySelectorAll('a[href^="http"]')].filter(
      (link) => link.closest(text) === null && !/maps\.google|google\.[a-z.]+\/maps/.test(link.getAttribute("href") ?? "")
    ).map((link) => {
      let card = link;
      for (let parent = card.parentElement; parent && parent !== copyable && !parent.querySelector(own); parent = parent.parentElement)
        card = parent;
      return card;
    });
  }
  function findQuote(row, registry) {
    let found = registry.find("quoted", row)?.element ?? null;
    if (!found?.matches(".quoted-mention")) return found;
    let whole = found;
    for (let parent = whole.parentElement; parent && parent !== row && !(parent.matches(registry.any("pre_plain")) || holdsOwnText(parent)); parent = parent.parentElement)
      whole = parent;
    return whole;
  }
  function holdsOwnText(element) {
    return element.querySelector(".selectable-text:not(.quoted-mention)") !== null;
  }

  // userscript/src/status.ts
  var OLD_ICONS = {
    "msg-time": "pending",
    "status-time": "pending",
    "msg-check": "sent",
    "status-check": "sent",
    "msg-dblcheck": "delivered",
    "status-dblcheck": "delivered",
    "msg-dblcheck-ack": "read",
    "status-dblcheck-ack": "read"
  }, TITLES2 = {
    "ic-schedule": "pending",
    "wds-ic-status-pending": "pending",
    "wds-ic-delivered": "sent",
    "wds-ic-read": null,
    "message-fail": null
  };
  function ticksOf(row) {
    for (let labelled of row.all("status")) {
      let status = statusOf(labelled.getAttribute("aria-label") ?? "");
      if (status && (labelled.querySelector("svg") || labelled.hasAttribute("data-icon")))
        return { status, present: !0 };
    }
    for (let [icon, status] of Object.entries(OLD_ICONS)) {
      let found = row.element.querySelector(`[data-icon="${icon}"], [data-testid="${icon}"]`);
      if (found && !row.isForeign(found))
        return { status: statusOf(found.getAttribute("aria-label") ?? "") ?? status, present: !0 };
    }
    let failed = row.element.querySelector('[data-icon="message-fail"]');
    if (failed && !row.isForeign(failed)) return { status: null, present: !0 };
    for (let title of row.iconTitles) {
      if (title in TITLES2) return { status: TITLES2[title] ?? null, present: !0 };
      if (title in OLD_ICONS) return { status: OLD_ICONS[title] ?? null, present: !0 };
    }
    return { status: null, present: !1 };
  }

  // userscript/src/row.ts
  var WRITTEN = /* @__PURE__ */ new Set([
    "text",
    "image",
    "album",
    "video",
    "gif",
    "document",
    "poll",
    "event",
    "location",
    "unknown"
  ]), HEADED = /* @__PURE__ */ new Set(["text", "image", "video", "gif", "document"]), TICKED = /* @__PURE__ */ new Set([
    "text",
    "image",
    "album",
    "video",
    "gif",
    "voice",
    "audio",
    "sticker",
    "document",
    "contact",
    "location",
    "poll"
  ]);
  function isUnreadable(element, registry) {
    let shown2 = `${registry.any("bubble")}, ${registry.any("pre_plain")}`;
    return element.querySelector('[data-virtualized="true"]') ?? element.closest('[data-virtualized="true"]') ? element.querySelector(shown2) === null && !element.matches(shown2) : element.childElementCount === 0 && (element.textContent ?? "").trim() === "";
  }
  function readFacts(element, registry, lang) {
    let row = partsOf(element, registry), id = messageIdOf(element), kind2 = kindOf(row), ticks = ticksOf(row), label = labelOf(row) ?? framedName(row), plain2 = prePlain(row), metaTexts = metaTextsOf(row), metaTime = timeOf(metaTexts, row), written = textOf2(row, kind2), author = row.first("author"), leaning;
    return {
      id,
      kind: kind2,
      ...written,
      sender: plain2?.sender ?? null,
      author: author && lineOf(author) || null,
      label,
      time: plain2?.time ?? metaTime,
      dated: plain2?.dated ?? null,
      status: ticks.status,
      quoted: quoteOf(row),
      edited: isEdited(metaTexts, row),
      forwarded: isForwarded(row),
      isLine: kind2 === "system" || kind2 === "call" && row.first("bubble") === null,
      reactions: reactionsOf(row),
      direction: directionSignals(row, id?.fromMe ?? null, ticks.present, label, lang),
      isUnticked: !ticks.present && TICKED.has(kind2) && metaTime !== null && row.first("meta") !== null,
      leaning: () => (leaning === void 0 && (leaning = leaningSide(row)), leaning)
    };
  }
  function textOf2(row, kind2) {
    if (kind2 === "system" || kind2 === "call") return { text: noticeText(row), truncated: !1 };
    if (!WRITTEN.has(kind2)) return { text: null, truncated: !1 };
    let truncated = row.all("read_more").length > 0, candidates = row.best("text").filter((element) => !element.matches(".quoted-mention")), outermost = candidates.filter(
      (element) => !candidates.some((other) => other !== element && other.contains(element))
    ), bare2 = kind2 === "text" ? row.first("pre_plain") : null, sources = outermost.length > 0 ? outermost : bare2 ? [bare2] : [], read = (HEADED.has(kind2) ? sources : sources.slice(0, 1)).map((source) => readText(source, row.registry)), texts = read.flatMap(({ text }) => text ?? []);
    return {
      text: texts.length > 0 ? texts.join(`
`) : kind2 === "event" ? eventName(row) : null,
      truncated: truncated || read.some((part) => part.truncated)
    };
  }
  function eventName(row) {
    let card = row.first("kind_event");
    return (card && blockText(card, (element) => element.getAttribute("aria-hidden") === "true"))?.split(`
`)[0] ?? null;
  }
  function prePlain(row) {
    let raw = row.first("pre_plain")?.getAttribute("data-pre-plain-text"), match = raw ? /^\[([^\]]*)\]\s?([\s\S]*?)\s*$/.exec(raw) : null;
    if (!match) return null;
    let [, when = "", who = ""] = match, date = findDate(when), rest = date ? when.replace(date.match, " ") : when, sender = stripBidi(who).replace(/\s*[:：]$/, "").trim();
    return {
      time: parseTime(rest),
      dated: date ? { date, time: rest } : null,
      sender: sender === "" ? null : sender
    };
  }
  function labelOf(row) {
    for (let element of row.all("sender_label")) {
      if (element.closest(row.registry.any("meta"))) continue;
      let label = stripBidi(element.getAttribute("aria-label") ?? "").replace(/\s*[:：]\s*$/, "").trim();
      if (label !== "") return label;
    }
    return null;
  }
  function framedName(row) {
    let elsewhere = `${row.registry.any("text")}, ${row.registry.any("meta")}`;
    for (let element of row.all("author_frame")) {
      if (!element.closest(".message-in") || element.closest(elsewhere)) continue;
      let name = lineOf(element);
      if (name !== "" && parseTime(name) === null) return name;
    }
    return null;
  }
  function metaTextsOf(row) {
    let meta = row.first("meta");
    if (meta) return leafTexts(meta, (element) => element.getAttribute("aria-hidden") === "true");
    let texts = new Set(row.all("text"));
    return leafTexts(
      row.element,
      (element) => element.getAttribute("aria-hidden") === "true" || texts.has(element) || row.isForeign(element)
    );
  }
  function isEdited(metaTexts, row) {
    if (hiddenWords(row).some(isEditedWord)) return !0;
    if (row.first("meta")) return metaTexts.some(isEditedWord);
    let time = metaTexts.findLastIndex((text) => isShortTime(text));
    return time > 0 && isEditedWord(metaTexts[time - 1] ?? "");
  }
  function hiddenWords(row) {
    let copyable = row.first("pre_plain");
    if (!copyable) return [];
    let texts = row.all("text");
    return [...copyable.querySelectorAll('[aria-hidden="true"]')].filter((element) => !row.isForeign(element) && !texts.some((text) => text.contains(element))).flatMap((element) => leafTexts(element, () => !1));
  }
  function timeOf(metaTexts, row) {
    let text = [...metaTexts, ...metaTexts.length === 0 ? hiddenWords(row) : []].findLast(isShortTime);
    return text === void 0 ? null : parseTime(text);
  }
  var isShortTime = (text) => text.length <= 16 && parseTime(text) !== null;
  function isForwarded(row) {
    let [header] = row.registry.selectors("forwarded");
    if (header && row.all("forwarded").some((element) => element.matches(header))) return !0;
    let texts = row.all("text"), isAction = (element) => element.closest('button, [role="button"]') !== null;
    return row.all("forwarded").some((element) => !isAction(element)) ? !0 : [...row.element.querySelectorAll("span")].some(
      (span) => span.childElementCount === 0 && isForwardedWord(span.textContent ?? "") && !row.isForeign(span) && !texts.some((text) => text.contains(span))
    );
  }
  function ownAuthor(facts) {
    return facts.author ?? facts.sender ?? facts.label;
  }

  // userscript/src/read.ts
  function readRows(root, context) {
    return assemble(stepsOf(root, context), context);
  }
  function rowElements(root, registry) {
    let found = registry.findAll("message", root).filter((element) => element.closest("#side, #pane-side") === null), set = new Set(found);
    return found.filter((element) => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement)
        if (set.has(parent)) return !1;
      return !0;
    });
  }
  function factsOf(element, context) {
    let cached = context.cache?.get(element);
    if (cached) return cached;
    let facts = readFacts(element, context.registry, context.lang);
    return context.cache?.set(element, facts), facts;
  }
  function stepsOf(root, context) {
    let elements = rowElements(root, context.registry), rows = new Set(elements), steps = [], list = commonAncestor(elements), visit = (element) => {
      if (rows.has(element)) {
        steps.push({
          element,
          facts: isUnreadable(element, context.registry) ? null : factsOf(element, context),
          divider: null
        });
        return;
      }
      let words2 = element.childElementCount === 0 ? lineOf(element) : "";
      words2 !== "" && element.tagName.toLowerCase() !== "title" && steps.push({ element: null, facts: null, divider: parseDivider(words2, context.lang) });
      for (let child of element.children) visit(child);
    };
    return list && visit(list), steps;
  }
  function commonAncestor(elements) {
    let [first, last2] = [elements[0], elements.at(-1)], common = first ?? null;
    for (; common && last2 && !common.contains(last2); ) common = common.parentElement;
    return elements.length > 1 ? common : dividerReach(common);
  }
  function dividerReach(element) {
    let reach = element;
    for (let level = 0; level < 4; level += 1) {
      let parent = reach?.parentElement ?? null;
      if (!parent || parent.tagName === "BODY" || parent.id === "main") break;
      reach = parent;
    }
    return reach;
  }
  function assemble(steps, context) {
    let senders = new KnownSenders();
    for (let { facts } of steps) {
      let side = facts ? certainDirection(facts.direction) : null;
      facts && (side === "in" || side === "out") && senders.learn(facts.sender, side);
    }
    let dates = datesOf(steps, context.lang, context.now), seen = [], above = null;
    for (let [index, { element, facts }] of steps.entries())
      if (!element) above = null;
      else if (!facts)
        seen.push({ element, id: messageIdOf(element)?.id ?? null, row: null }), above = null;
      else {
        let row = rowOf(facts, senders, above, dates[index] ?? null);
        seen.push({ element, id: row.id, row }), above = facts.kind === "system" || facts.kind === "call" ? null : row;
      }
    return seen;
  }
  function directionOf(facts, senders, above) {
    let certain = certainDirection(facts.direction);
    if (certain) return certain;
    let weak = [facts.direction.label, senders.sideOf(facts.sender), facts.leaning()], agreement = agreed(weak);
    return agreement || (facts.isUnticked ? "in" : facts.direction.hasTail || facts.kind === "sticker" ? "unknown" : above ?? "unknown");
  }
  function rowOf(facts, senders, above, date) {
    let isNotice = facts.kind === "system", direction = isNotice ? "unknown" : directionOf(facts, senders, above?.direction ?? null), continues = above?.direction === direction && direction !== "unknown" && !facts.direction.hasTail && !facts.isLine, author = ownAuthor(facts) ?? (continues ? above?.author ?? null : null);
    return {
      id: facts.id?.id ?? null,
      kind: facts.kind,
      direction,
      author: isNotice ? null : author,
      text: facts.text,
      time: facts.time,
      date,
      status: direction === "out" ? facts.status : null,
      quoted: facts.quoted,
      edited: facts.edited,
      forwarded: facts.forwarded,
      truncated: facts.truncated,
      reactions: facts.reactions
    };
  }

  // userscript/src/inspect.ts
  function inspect(root, registry, lang) {
    let rows = readRows(root, { registry, lang, now: null });
    return {
      chats: readChats(root, registry, lang, null),
      title: titleOf2(root, registry),
      rows: rows.flatMap(({ row }) => row ? [shown(row)] : []),
      anchors: registry.report(root)
    };
  }
  function shown({ truncated: _2, ...row }) {
    return row;
  }

  // userscript/src/changes.ts
  var Differ = class {
    known = /* @__PURE__ */ new Map();
    /** When an unrecognised row was first met. */
    held = /* @__PURE__ */ new Map();
    /** When a row was first met without the reactions that it had. */
    bare = /* @__PURE__ */ new Map();
    /** Ids at or above the tail of the moment when the baseline was complete, and everything below it. */
    tail = null;
    below = /* @__PURE__ */ new Set();
    lastWindow = [];
    settling = !0;
    /** Is the baseline still being taken? */
    get isSettling() {
      return this.settling;
    }
    /** The baseline is complete: what appears below its last row from now on is new. */
    settle(window2) {
      this.settling = !1, this.tail = window2.at(-1) ?? null;
    }
    /** Milliseconds until a row that is held back must be sent; null when none is. */
    nextDeadline(now) {
      let first = Math.min(...this.held.values(), ...this.bare.values());
      return Number.isFinite(first) ? Math.max(0, first + 1500 - now) : null;
    }
    /**
     * Compare a read with the one before.
     *
     * @param rows All rows of the document, top to bottom.
     * @param now Milliseconds of any steady clock.
     * @param seenMs When a row was first in the page, milliseconds since the epoch.
     */
    diff(rows, now, seenMs) {
      let window2 = rows.map(({ id }) => id);
      this.followDeletions(window2);
      let isBelowTail = this.belowTail(window2), changes = [];
      for (let [place2, { id, row: shown2 }] of rows.entries()) {
        if (isBelowTail(place2) && this.below.add(id), shown2 === null) continue;
        let known = this.known.get(id), row = known ? this.withReactions(known, shown2, now) : shown2, change = known ? changeOf(known, row) : this.firstChange(id, row, now);
        if (change === null) continue;
        let merged = known ? merge(known, row) : row;
        this.known.set(id, merged), changes.push({ change, row: merged, seen_ms: seenMs(id) });
      }
      return this.lastWindow = window2, changes;
    }
    firstChange(id, row, now) {
      if (row.kind === "unknown") {
        let since = this.held.get(id) ?? now;
        if (this.held.set(id, since), now - since < 1500) return null;
      }
      return this.held.delete(id), this.settling ? "baseline" : this.below.has(id) ? "new" : "history";
    }
    /** Reactions mount after their row: that they are gone is believed only when they stay away. */
    withReactions(known, row, now) {
      if (known.reactions.length === 0 || row.reactions.length > 0)
        return this.bare.delete(row.id), row;
      let since = this.bare.get(row.id) ?? now;
      return this.bare.set(row.id, since), now - since < 1500 && row.kind !== "deleted" ? { ...row, reactions: known.reactions } : (this.bare.delete(row.id), row);
    }
    /** Which places of the window are certainly below the tail: behind it, or behind a row that is. */
    belowTail(window2) {
      if (this.settling) return () => !1;
      if (this.tail === null) return () => !0;
      let tailAt = window2.indexOf(this.tail), first = tailAt >= 0 ? tailAt : window2.findIndex((id) => this.below.has(id));
      return (place2) => first >= 0 && place2 > first;
    }
    /** The tail itself can be deleted: then the row above it is the tail. */
    followDeletions(window2) {
      if (this.settling || this.tail === null) return;
      let here = new Set(window2);
      if (here.has(this.tail) || window2.some((id) => this.below.has(id))) return;
      let gone = this.lastWindow.filter((id) => !here.has(id)), survivors = this.lastWindow.filter((id) => here.has(id)), sameTop = survivors[0] !== void 0 && survivors[0] === window2[0], onlyEnd = gone.length > 0 && gone.every((id, i2) => id === this.lastWindow.at(i2 - gone.length));
      !sameTop || !onlyEnd || gone.length > 3 || (this.tail = survivors.at(-1) ?? null, this.below.clear());
    }
  };
  function changeOf(before, next) {
    let row = merge(before, next);
    return row.kind !== before.kind ? row.kind === "deleted" ? "deleted" : row.kind === "waiting" || before.kind === "waiting" ? "edited" : "settled" : row.text !== before.text || row.edited !== before.edited ? (before.text === null || before.truncated && row.text?.startsWith(before.text) === !0) && row.edited === before.edited ? "settled" : "edited" : row.direction !== before.direction || row.time !== before.time || row.date !== before.date || row.forwarded !== before.forwarded || row.truncated !== before.truncated || before.author === null && row.author !== null || JSON.stringify(row.quoted) !== JSON.stringify(before.quoted) ? "settled" : row.status !== before.status ? "status" : JSON.stringify(row.reactions) === JSON.stringify(before.reactions) ? null : "reaction";
  }
  function merge(before, next) {
    if (next.kind === "unknown") return before;
    let isGone = next.kind === "deleted" && before.kind !== "deleted";
    return {
      ...next,
      direction: next.direction === "unknown" ? before.direction : next.direction,
      author: next.author ?? before.author,
      text: next.text ?? (isGone || next.kind !== before.kind ? null : before.text),
      time: next.time ?? before.time,
      date: next.date ?? before.date,
      status: next.status ?? before.status,
      quoted: next.quoted ?? (isGone ? null : before.quoted),
      edited: next.edited || before.edited,
      forwarded: next.forwarded || before.forwarded && !isGone
    };
  }

  // userscript/src/conversation.ts
  var QUIET_MS = 400, LONGEST_SETTLING_MS = { withRows: 2500, empty: 6e3 }, JUST_NOW_MS = 500, TITLE_RETRY_MS = 50, YOUNG_MS = 2e3, CHANGES_A_FRAME = 50, Conversation = class {
    constructor(env) {
      this.env = env;
    }
    env;
    main = null;
    chat = null;
    token = 0;
    differ = new Differ();
    cache = /* @__PURE__ */ new WeakMap();
    seen = /* @__PURE__ */ new Map();
    openedAt = 0;
    lastRowsAt = 0;
    lastWindow = "";
    /** The open chat; null when none is open. */
    get open() {
      return this.chat;
    }
    /** The element of the conversation that was read last. */
    get element() {
      return this.main;
    }
    /** Something inside this row changed. */
    mark(row) {
      this.cache.delete(row);
    }
    /** Rows came into the page: remember when each was first there. */
    note(ids) {
      let now = this.env.now();
      for (let id of ids) this.seen.has(id) || this.seen.set(id, now);
    }
    /** Read every row anew next time: a change may have gone unnoticed. */
    distrust() {
      this.cache = /* @__PURE__ */ new WeakMap();
    }
    /** Take nothing as known any more: the next read sends every row again. */
    forget() {
      this.differ = new Differ(), this.cache = /* @__PURE__ */ new WeakMap(), this.openedAt = this.env.now(), this.lastRowsAt = this.openedAt;
    }
    /**
     * Read and send what changed.
     *
     * @param late Read young rows again too: their children may have come without a trace.
     * @returns Milliseconds until it must be read again although nothing changes; null when it need not.
     */
    read(late = !1) {
      let { doc, registry } = this.env, main = registry.find("conversation", doc)?.element ?? null;
      if (!main)
        return this.close(), null;
      let title = titleOf2(doc, registry);
      if (title === null && main !== this.main) return TITLE_RETRY_MS;
      let isOther = main !== this.main || title !== null && title !== this.chat?.title;
      return isOther && this.begin(main), this.chat ? this.readOpen(main, late, isOther) : null;
    }
    close() {
      this.main = null, this.chat && (this.chat = null, this.env.send({ kind: "chat", chat: null }), this.env.onChat(null));
    }
    begin(main) {
      this.main = main, this.forget();
      let now = this.env.now();
      for (let [id, at] of this.seen) at < now - JUST_NOW_MS && this.seen.delete(id);
      this.lastWindow = "", this.token += 1;
      let chat = readOpenChat(this.env.doc, this.env.registry, this.env.lang());
      this.chat = chat ? { ...chat, token: this.token } : null, this.chat && (this.env.send({ kind: "chat", chat: this.chat }), this.env.onChat(this.chat));
    }
    readOpen(main, late, isOther) {
      let { doc, registry, lang } = this.env, now = this.env.now(), read = () => readRows(main, { registry, lang: lang(), now: new Date(now), cache: this.cache });
      late && this.dropYoung(main, now);
      let rows = windowOf(read()), window2 = rows.map(({ id }) => id);
      this.note(window2);
      let signature = window2.join(" ");
      signature !== this.lastWindow && (this.lastRowsAt = now), this.lastWindow = signature;
      let seenMs = (id) => this.seen.get(id) ?? now, changes = this.differ.diff(rows, now, seenMs);
      return changes.length > 0 && !isOther && this.chat && this.refresh(doc), this.sendRows(changes, window2), soonest(this.settle(window2, now), this.differ.nextDeadline(now));
    }
    /** Whether it is a group may show only with its rows, and not while its list of members says who types. */
    refresh(doc) {
      let chat = readOpenChat(doc, this.env.registry, this.env.lang());
      !chat || !this.chat || chat.title !== this.chat.title || (this.chat = this.chat.is_group ? this.chat : { ...chat, token: this.chat.token });
    }
    sendRows(changes, window2) {
      if (this.chat)
        for (let from = 0; from < changes.length; from += CHANGES_A_FRAME) {
          let part = changes.slice(from, from + CHANGES_A_FRAME);
          this.env.send({ kind: "rows", chat: this.chat, changes: part, window: window2 });
        }
    }
    settle(window2, now) {
      if (!this.differ.isSettling) return null;
      let longest = window2.length > 0 ? LONGEST_SETTLING_MS.withRows : LONGEST_SETTLING_MS.empty, atLatest = this.openedAt + longest - now, left = window2.length > 0 ? Math.min(atLatest, this.lastRowsAt + QUIET_MS - now) : atLatest;
      return left > 0 ? left : (this.differ.settle(window2), null);
    }
    dropYoung(main, now) {
      for (let row of main.querySelectorAll("[data-id]")) {
        let since = this.seen.get(idOf(row) ?? "");
        (since === void 0 || now - since < YOUNG_MS) && this.cache.delete(row);
      }
    }
  };
  function windowOf(rows) {
    let byId = /* @__PURE__ */ new Map();
    for (let { id, row } of rows)
      id !== null && !byId.has(id) && byId.set(id, { id, row: row && { ...row, id } });
    return [...byId.values()];
  }
  function idOf(row) {
    return messageIdOf(row)?.id ?? null;
  }
  function soonest(first, second) {
    return first === null ? second : second === null ? first : Math.min(first, second);
  }

  // userscript/src/pulse.ts
  var PULSE_MS = 5e3, LETTERS_OF_ROWS = 120, UNREADABLE_ROWS = 3, WATCHED = [
    "ready",
    "chat_grid",
    "chat_row",
    "chat_name",
    "conversation",
    "chat_title",
    "message",
    "text",
    "composer"
  ];
  function startPulse(options) {
    let { doc, registry, send, now } = options, best = /* @__PURE__ */ new Map(), overrides = registry.overrides, due = now() + options.everyMs, timer = setTimeout(beat, options.everyMs);
    function beat() {
      let late = Math.max(0, now() - due);
      due = now() + options.everyMs, timer = setTimeout(beat, options.everyMs), registry.overrides !== overrides && best.clear(), overrides = registry.overrides;
      let missed = 0, broken = [];
      try {
        missed = options.look(), broken = brokenAnchors(doc, registry, options.lang());
      } catch (error) {
        send({ kind: "fault", where: "pulse", error: error instanceof Error ? error.name : "unknown" });
      }
      send({
        kind: "pulse",
        late_ms: Math.round(late),
        missed,
        broken,
        worn: wornAnchors(doc, registry, best),
        online: doc.defaultView?.navigator.onLine ?? !0
      });
    }
    return () => clearTimeout(timer);
  }
  function brokenAnchors(doc, registry, lang) {
    return readScreen(doc, registry).state !== "ready" ? [] : [...brokenInList(doc, registry), ...brokenInConversation(doc, registry, lang)];
  }
  function brokenInList(doc, registry) {
    let grid = registry.find("chat_grid", doc)?.element;
    if (!grid) return ["chat_grid"];
    let rows = registry.findAll("chat_row", doc);
    return rows.length === 0 ? Number(grid.getAttribute("aria-rowcount") ?? 0) > 0 ? ["chat_row"] : [] : rows.some((row) => registry.find("chat_name", row)) ? [] : ["chat_name"];
  }
  function brokenInConversation(doc, registry, lang) {
    let main = registry.find("conversation", doc)?.element;
    if (!main)
      return registry.findAll("chat_row", doc).some((row) => row.querySelector(registry.any("open_row"))) ? ["conversation"] : [];
    let broken = [];
    registry.find("chat_title", doc) || broken.push("chat_title"), !registry.find("composer", doc) && !registry.find("cannot_write", doc) && broken.push("composer");
    let rows = readRows(main, { registry, lang, now: null });
    rows.length === 0 && lettersOf(main) > LETTERS_OF_ROWS && broken.push("message");
    let blank = rows.filter(({ element, row }) => row?.kind === "unknown" && hasLetters(element));
    return blank.length >= UNREADABLE_ROWS && blank.length * 2 > rows.length && broken.push("text"), broken;
  }
  function lettersOf(main) {
    let around = [...main.querySelectorAll("header, footer")].map((part) => part.textContent ?? "");
    return (main.textContent ?? "").length - around.join("").length;
  }
  function hasLetters(element) {
    return /\p{L}{2}/u.test(element.textContent ?? "");
  }
  function wornAnchors(doc, registry, best) {
    return WATCHED.filter((name) => {
      let rank = registry.find(name, doc)?.rank;
      if (rank === void 0) return !1;
      let before = best.get(name) ?? rank;
      return best.set(name, Math.min(before, rank)), rank > before;
    });
  }

  // userscript/src/typing.ts
  var AT_MOST_EVERY_MS = 5e3;
  function isTyping(root, registry) {
    let line = registry.find("subtitle", root)?.element;
    return line !== void 0 && isTypingNotice(lineOf(line));
  }
  var Typing = class {
    constructor(registry, send, now) {
      this.registry = registry;
      this.send = send;
      this.now = now;
    }
    registry;
    send;
    now;
    token = null;
    was = !1;
    sentAt = Number.NEGATIVE_INFINITY;
    look(root, chat) {
      chat?.token !== this.token && (this.token = chat?.token ?? null, this.was = !1, this.sentAt = Number.NEGATIVE_INFINITY);
      let is = chat !== null && isTyping(root, this.registry), begun = is && !this.was;
      this.was = is, !(!begun || !chat || this.now() - this.sentAt < AT_MOST_EVERY_MS) && (this.sentAt = this.now(), this.send({ kind: "typing", chat_token: chat.token }));
    }
  };

  // userscript/src/observe.ts
  var LEAST_GAP_MS = 16, LATE_MS = 250, CHATS_MS = 80, ANCHORS_MS = 3e3;
  function watch(options) {
    let { doc, registry, now } = options, changesSent = 0, send = (frame2) => {
      frame2.kind === "rows" && (changesSent += frame2.changes.length), options.send(frame2);
    }, conversation = new Conversation({
      ...options,
      send,
      onChat: (chat) => {
        options.onChat(chat), chat && later("anchors", ANCHORS_MS, sendAnchors);
      }
    }), typing = new Typing(registry, send, now), dirty = /* @__PURE__ */ new Set(), timers = /* @__PURE__ */ new Map(), lastFlush = Number.NEGATIVE_INFINITY, asked = !1, lastScreen = "", lastChats = "";
    function later(name, ms, run, restart = !1) {
      let waiting = timers.get(name);
      waiting !== void 0 && !restart || (clearTimeout(waiting), timers.set(
        name,
        setTimeout(() => {
          timers.delete(name), guarded(name, run);
        }, ms)
      ));
    }
    function guarded(where, run) {
      try {
        run();
      } catch (error) {
        send({
          kind: "fault",
          where,
          error: error instanceof Error ? `${error.name}: ${error.message}` : "unknown"
        });
      }
    }
    function ask() {
      if (asked) return;
      asked = !0;
      let wait = lastFlush + LEAST_GAP_MS - now();
      wait <= 0 ? flush() : setTimeout(flush, wait);
    }
    function flush() {
      asked = !1, lastFlush = now(), dirty.has("screen") && guarded("screen", sendScreen), (dirty.has("rows") || dirty.has("screen")) && (guarded("rows", () => readRows2(!1)), guarded("typing", () => typing.look(doc, conversation.open))), dirty.has("chats") && later("chats", CHATS_MS, sendChats), dirty.clear(), later("late", LATE_MS, () => readRows2(!0), !0);
    }
    function readRows2(late) {
      let wake = conversation.read(late);
      wake !== null && later("wake", Math.max(1, wake), () => readRows2(!1), !0);
    }
    function sendScreen() {
      let screen = readScreen(doc, registry), signature = JSON.stringify(screen);
      signature !== lastScreen && (lastScreen = signature, send({ kind: "state", ...screen }), screen.state === "ready" && later("anchors", ANCHORS_MS, sendAnchors));
    }
    function sendChats() {
      let chats = readChats(doc, registry, options.lang(), new Date(now())), signature = JSON.stringify(chats);
      signature !== lastChats && (lastChats = signature, send({ kind: "chats", chats }));
    }
    function sendAnchors() {
      send({ kind: "anchors", anchors: registry.report(doc) });
    }
    function onMutations(records) {
      for (let record of records) {
        let target = record.target.nodeType === 1 ? record.target : record.target.parentElement;
        target ? sort(target, record.addedNodes) : dirty.add("screen");
      }
      dirty.size > 0 && ask();
    }
    function sort(target, added) {
      if (target.closest(registry.any("conversation"))) {
        if (target.closest("footer")) return;
        let row = target.closest("[data-id]");
        row && conversation.mark(row), dirty.add("rows"), noteRows(added);
      } else target.closest("#pane-side, #side") ? dirty.add("chats") : (dirty.add("screen"), dirty.add("chats"), noteRows(added));
    }
    function noteRows(added) {
      for (let node of added) {
        if (node.nodeType !== 1) continue;
        let element = node, rows = element.matches("[data-id]") ? [element] : element.querySelectorAll("[data-id]");
        conversation.note([...rows].flatMap((row) => messageIdOf(row)?.id ?? []));
      }
    }
    function lookAround() {
      if (asked || dirty.size > 0 || ["late", "wake", "chats"].some((name) => timers.has(name))) return 0;
      let before = changesSent;
      sendScreen(), sendChats(), conversation.distrust(), readRows2(!1);
      let missed = changesSent - before;
      return missed > 0 && observe(), missed;
    }
    let observer = new MutationObserver((records) => guarded("observer", () => onMutations(records)));
    function observe() {
      observer.disconnect(), observer.observe(doc, {
        childList: !0,
        subtree: !0,
        characterData: !0,
        attributes: !0,
        attributeFilter: [
          "data-id",
          "data-virtualized",
          "aria-label",
          "aria-selected",
          "data-icon",
          "data-ref",
          "title",
          "value"
        ]
      });
    }
    observe(), dirty.add("screen").add("rows").add("chats"), ask();
    let stopPulse = startPulse({ ...options, everyMs: options.pulseMs ?? PULSE_MS, look: lookAround });
    return {
      readAll() {
        lastScreen = "", lastChats = "", conversation.forget(), dirty.add("screen").add("rows").add("chats"), ask(), later("anchors", 0, sendAnchors);
      },
      openChat: () => conversation.open,
      dispose() {
        stopPulse(), observer.disconnect();
        for (let timer of timers.values()) clearTimeout(timer);
        timers.clear();
      }
    };
  }

  // userscript/node_modules/preact/dist/preact.mjs
  var n, t, r, u, i, f, o, e, l, c, a, s, h = /* @__PURE__ */ Symbol.for("pv"), p = {}, y = [], v = /^m(i|n|o|s|text|space)$/, w = Array.isArray, d = y.slice, _ = Object.assign;
  function g(n2) {
    n2 && n2.parentNode && n2.remove();
  }
  function k(n2, t2, r2) {
    var u2, i2, f3, o3 = {}, e2 = arguments.length;
    for (f3 in t2) f3 == "key" ? u2 = t2[f3] : f3 == "ref" && typeof n2 != "function" ? i2 = t2[f3] : o3[f3] = t2[f3];
    return e2 > 2 && (o3.children = e2 > 3 ? d.call(arguments, 2) : r2), m(n2, o3, u2, i2, null);
  }
  function m(r2, u2, i2, f3, o3) {
    var e2 = { type: r2, props: u2, key: i2, ref: f3, __k: null, __: null, __b: 0, __e: null, __c: null, constructor: h, __v: o3 || ++t, __i: -1, __u: 0 };
    return !o3 && n.vnode && n.vnode(e2), e2;
  }
  function $(n2) {
    return n2.children;
  }
  function x(n2, t2) {
    this.props = n2, this.context = t2, this.__g = 0;
  }
  function S(n2, t2) {
    if (t2 == null) return n2.__ && S(n2.__, n2.__i + 1);
    for (var r2; t2 < n2.__k.length; t2++) if ((r2 = n2.__k[t2]) && r2.__e) return r2.__e;
    return typeof n2.type != "function" || n2.props.__P ? null : S(n2);
  }
  function C(t2) {
    var r2, u2 = t2.__v, i2 = u2.__e, f3 = [], o3 = [], e2 = t2.__P;
    e2 && ((r2 = _({ constructor: h }, u2)).__v = u2.__v + 1, n.vnode && n.vnode(r2), z(e2, r2, u2, t2.__n, e2.namespaceURI, 32 & u2.__u ? [i2] : null, f3, i2 || S(u2), 32 & u2.__u, o3), r2.__v = u2.__v, r2.__.__k[r2.__i] = r2, E(f3, r2, o3), u2.__ = u2.__e = null, r2.__e != i2 && j(r2));
  }
  function j(n2) {
    if ((n2 = n2.__) && n2.__c && !n2.props.__P) return n2.__e = null, n2.__k.some(function(t2) {
      return t2 && (n2.__e = t2.__e);
    }), j(n2);
  }
  function L(t2) {
    (8 & t2.__g || (t2.__g |= 8, u.push(t2), f++)) && i == n.debounceRendering || ((i = n.debounceRendering) || queueMicrotask)(H);
  }
  function H() {
    try {
      for (var n2, t2 = 1; u.length; ) u.length > t2 && u.sort(o), n2 = u.shift(), t2 = u.length, 8 & n2.__g && C(n2);
    } finally {
      (f = u.length) && (i || queueMicrotask)(H);
    }
  }
  function I(n2, t2, r2, u2, i2, f3, o3, e2, l2, c2, a3) {
    var s2, h2, v2, w2, d2, _2, g2 = u2.__k || y, k2 = t2.length;
    for (l2 = q(r2, t2, g2, l2, k2), s2 = 0; s2 < k2; s2++) (v2 = r2.__k[s2]) != null && (h2 = ~v2.__i && g2[v2.__i] || p, v2.__i = s2, _2 = z(n2, v2, h2, i2, f3, o3, e2, l2, c2, a3), w2 = v2.__e, (h2.ref != v2.ref || 8 & h2.__u) && (h2.ref && G(h2.ref, null, v2, h2), v2.ref && a3.push(v2.ref, v2.__c || w2, v2)), d2 = d2 || w2, 4 & v2.__u ? (l2 = A(v2, l2, n2, !h2.__v), h2.__e && (h2.__e = null)) : typeof v2.type == "function" && _2 !== void 0 ? l2 = _2 : w2 && (l2 = w2.nextSibling), v2.__u &= -21);
    return r2.__e = d2, l2;
  }
  function q(n2, t2, r2, u2, i2) {
    var f3, o3, e2, l2, c2, a3, s2, p2, y2, v2 = r2.length, d2 = v2, _2 = 0, g2 = 0, k2 = n2.__k = Array(i2);
    for (f3 = 0; f3 < i2; f3++) (o3 = t2[f3]) != null && typeof o3 != "boolean" && typeof o3 != "function" ? (typeof o3 != "object" || o3.constructor === String ? o3 = k2[f3] = m(null, o3) : w(o3) ? o3 = k2[f3] = m($, { children: o3 }) : o3.constructor === h && o3.__b ? o3 = k2[f3] = m(o3.type, o3.props, o3.key, o3.ref, o3.__v) : k2[f3] = o3, l2 = f3 + _2, o3.__ = n2, o3.__b = n2.__b + 1, e2 = null, ~(c2 = o3.__i = P(o3, r2, l2, d2)) && (d2--, (e2 = r2[c2]) && (e2.__u |= 2)), e2 && e2.__v ? (o3.__u |= 16, c2 == l2 - 1 ? _2-- : c2 == l2 + 1 ? _2++ : c2 != l2 && (c2 > l2 ? _2-- : _2++, g2 = 1)) : (~c2 || (i2 > v2 ? _2-- : i2 < v2 && _2++), typeof o3.type != "function" && (o3.__u |= 4))) : k2[f3] = null;
    if (g2) {
      for (a3 = [], s2 = [], f3 = 0; f3 < i2; f3++) if ((o3 = k2[f3]) && 16 & o3.__u) {
        for (_2 = 0, p2 = a3.length; _2 < p2; ) a3[y2 = _2 + p2 >> 1] < o3.__i ? _2 = y2 + 1 : p2 = y2;
        a3[_2] = o3.__i, s2[f3] = _2 + 1;
      }
      for (_2 = a3.length; f3--; ) s2[f3] && (s2[f3] == _2 ? _2-- : k2[f3].__u |= 4);
    }
    if (d2) for (f3 = 0; f3 < v2; f3++) !(e2 = r2[f3]) || 2 & e2.__u || (e2.__e == u2 && (u2 = S(e2)), J(e2, e2));
    return u2;
  }
  function A(n2, t2, r2, u2) {
    var i2, f3, o3, e2;
    if (typeof n2.type == "function") {
      if (n2.props.__P) return t2;
      if (i2 = n2.__k) for (f3 = 0; f3 < i2.length; f3++) i2[f3] && (i2[f3].__ = n2, t2 = A(i2[f3], t2, r2, !1));
      return t2;
    }
    for (t2 && !t2.parentNode && (t2 = S(n2)) && !t2.parentNode && (t2 = null), o3 = n2.__e, e2 = t2; e2 && e2.nodeType == 8; ) e2 = e2.nextSibling;
    for (o3 != e2 && (!u2 && r2.moveBefore && o3.parentNode ? r2.moveBefore(o3, t2) : r2.insertBefore(o3, t2 || null)), t2 = o3; (t2 = t2 && t2.nextSibling) && t2.nodeType == 8 && !t2.data.startsWith("$s"); ) ;
    return t2;
  }
  function P(n2, t2, r2, u2) {
    var i2, f3 = n2.key, o3 = n2.type, e2 = t2[r2], l2 = e2 && !(2 & e2.__u);
    if (e2 === null && f3 == null || l2 && f3 == e2.key && o3 == e2.type) return r2;
    if (u2 > (l2 ? 1 : 0)) {
      for (i2 = r2 - 1; i2 >= 0; i2--) if ((e2 = t2[i2]) && !(2 & e2.__u) && f3 == e2.key && o3 == e2.type) return i2;
      for (i2 = r2 + 1; i2 < t2.length; i2++) if ((e2 = t2[i2]) && !(2 & e2.__u) && f3 == e2.key && o3 == e2.type) return i2;
    }
    return -1;
  }
  function T(n2, t2, r2) {
    r2 == null && (r2 = ""), t2[0] == "-" ? n2.setProperty(t2, r2) : n2[t2] = r2;
  }
  function N(n2, t2, r2, u2, i2) {
    var f3, o3;
    if (t2 == "style") if (typeof r2 == "string") n2.style.cssText = r2;
    else {
      if (typeof u2 == "string" && (n2.style.cssText = u2 = ""), u2) for (t2 in u2) r2 && t2 in r2 || T(n2.style, t2);
      if (r2) for (t2 in r2) u2 && r2[t2] == u2[t2] || T(n2.style, t2, r2[t2]);
    }
    else if (t2[0] == "o" && t2[1] == "n") typeof r2 != "function" && (r2 = null), typeof u2 != "function" && (u2 = null), (n2.__e || (n2.__e = {}))[t2] = r2, r2 && u2 || (o3 = a[t2] || (a[t2] = V(t2)), (n2.__a || (n2.__a = {}))[t2] = c, f3 = t2 != (t2 = t2.replace(l, "$1")), (t2 = t2.slice(2))[0] < "a" && (t2 = t2.toLowerCase()), r2 ? n2.addEventListener(t2, o3, f3) : n2.removeEventListener(t2, o3, f3));
    else {
      if (i2 == "http://www.w3.org/2000/svg") t2 = t2.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
      else if (t2 != "width" && t2 != "height" && t2 != "href" && t2 != "list" && t2 != "form" && t2 != "tabIndex" && t2 != "download" && t2 != "rowSpan" && t2 != "colSpan" && t2 != "role" && t2 != "popover" && t2 in n2) try {
        return void (n2[t2] = r2 ?? "");
      } catch {
      }
      if (typeof r2 == "function") return;
      r2 == null || r2 === !1 && t2[4] != "-" ? n2.removeAttribute(t2) : n2.setAttribute(t2, t2 == "popover" && r2 == 1 ? "" : r2);
    }
  }
  function V(t2) {
    return function(r2) {
      var u2 = this.__e;
      if (u2) {
        if (u2 = u2[t2], r2[e] == null) r2[e] = c++;
        else if (r2[e] < this.__a[t2]) return;
        return u2(n.event ? n.event(r2) : r2);
      }
    };
  }
  function z(t2, r2, u2, i2, f3, o3, e2, l2, c2, a3) {
    var s2, p2, v2, d2, k2, b, m2, M, C2, j2, L2, H2, q2, A2, O, P2, T2, N2, V2 = r2.type;
    if (r2.constructor !== h) return null;
    128 & u2.__u && (c2 = 32 & u2.__u, s2 = u2.__c.__z) && (r2.__u |= c2, p2 = o3 = [], s2.nodeType == 8 ? l2 = B(s2, o3) : o3.push(s2), l2 = o3[0] || l2), (s2 = n.__b) && s2(r2);
    n: if (typeof V2 == "function") {
      v2 = e2.length;
      try {
        if (M = r2.props, C2 = (s2 = V2.prototype) && s2.render, j2 = (s2 = V2.contextType) && i2[s2.__c], L2 = s2 ? j2 ? j2.props.value : s2.__ : i2, (d2 = u2.__c) ? (r2.__c = d2, 2 & d2.__g && (d2.__g |= 1)) : (C2 ? r2.__c = d2 = new V2(M, L2) : (r2.__c = d2 = new x(M, L2), d2.constructor = V2, d2.render = K), j2 && j2.sub(d2), d2.state || (d2.state = {}), d2.__n = i2, d2.__g |= 8, d2.__h = [], d2.__k = []), C2 && (d2.__s || (d2.__s = d2.state), V2.getDerivedStateFromProps && (d2.__s == d2.state && (d2.__s = _({}, d2.__s)), _(d2.__s, V2.getDerivedStateFromProps(M, d2.__s)))), k2 = d2.props, b = d2.state, d2.__v = r2, u2.__c) {
          if (M !== k2 && C2 && !V2.getDerivedStateFromProps && d2.componentWillReceiveProps && d2.componentWillReceiveProps(M, L2), r2.__v == u2.__v && !(8 & d2.__g) || !(4 & d2.__g) && d2.shouldComponentUpdate && d2.shouldComponentUpdate(M, d2.__s, L2) === !1) {
            r2.__v != u2.__v && (d2.props = M, d2.state = d2.__s, d2.__g &= -9), r2.__e = u2.__e, r2.__k = u2.__k, r2.__k.some(function(n2) {
              n2 && (n2.__ = r2);
            }), y.push.apply(d2.__h, d2.__k), d2.__k = [], d2.__h.length && e2.push(d2), l2 = S(u2);
            break n;
          }
          d2.componentWillUpdate && d2.componentWillUpdate(M, d2.__s, L2), C2 && d2.componentDidUpdate && d2.__h.push(function() {
            d2.componentDidUpdate(k2, b, m2);
          });
        } else C2 && !V2.getDerivedStateFromProps && d2.componentWillMount && d2.componentWillMount(), C2 && d2.componentDidMount && d2.__h.push(d2.componentDidMount);
        d2.context = L2, d2.props = M, d2.__P = t2, d2.__g &= -5, H2 = n.__r, q2 = C2 ? 25 : 0;
        do
          d2.__g &= -9, H2 && H2(r2), s2 = d2.render(d2.props, d2.state = d2.__s, d2.context);
        while (8 & d2.__g && ++q2 < 25);
        C2 && (y.push.apply(d2.__h, d2.__k), d2.__k = []), d2.state = d2.__s, d2.getChildContext && (i2 = _({}, i2, d2.getChildContext())), C2 && u2.__c && d2.getSnapshotBeforeUpdate && (m2 = d2.getSnapshotBeforeUpdate(k2, b)), A2 = s2 && s2.type === $ && s2.key == null ? s2.props.children : s2, M.__P && (s2 = l2, f3 = (t2 = M.__P).namespaceURI, c2 = o3 = null, u2.props && u2.props.__P != t2 && (u2.__k.some(function(n2) {
          n2 && J(n2, n2);
        }), u2.__k = null), l2 = u2.__k ? S(u2, 0) : null), l2 = I(t2, w(A2) ? A2 : [A2], r2, u2, i2, f3, o3, e2, l2, c2, a3), M.__P && (r2.__e = null, l2 = s2), r2.__u &= -161, p2 && p2.some(g), d2.__h.length && e2.push(d2), 1 & d2.__g && (d2.__g &= -4);
      } catch (t3) {
        if (e2.length = v2, r2.__v = null, c2 || o3) if (t3 && t3.then) {
          if (r2.__u |= 128 | c2, o3) {
            for (~(T2 = o3.indexOf(l2 || void 0)) || (T2 = o3.length); (N2 = o3[T2 - 1]) && N2.nodeType == 8; ) T2--;
            for (; T2 < o3.length; T2++) if (N2 = o3[T2]) if (o3[T2] = null, O) {
              if (N2 == P2) break;
            } else {
              if (N2.nodeType != 8) break;
              N2.data.startsWith("$s") && (P2 = B(O = N2));
            }
          }
          if (!O) {
            for (; l2 && l2.nodeType == 8 && l2.nextSibling; ) l2 = l2.nextSibling;
            O = l2;
          }
          (s2 = B(O = r2.__c.__z || (r2.__c.__z = O))) ? (r2.__e = O, l2 = s2) : r2.__e = l2, l2 = l2 && l2.nextSibling;
        } else o3 && o3.some(g);
        else r2.__e = u2.__e;
        r2.__k || (r2.__k = u2.__k || []), t3 && t3.then || D(r2), n.__e(t3, r2, u2);
      }
    } else l2 = r2.__e = F(u2.__e, r2, u2, i2, f3, o3, e2, c2, a3, t2);
    return (s2 = n.diffed) && s2(r2), l2;
  }
  function B(n2, t2) {
    if (n2 && n2.nodeType == 8 && n2.data.startsWith("$s")) for (var r2 = 1; n2 = n2.nextSibling; ) {
      if (n2.nodeType == 8) {
        if (n2.data.startsWith("$s")) r2++;
        else if (n2.data.startsWith("/$s") && !--r2) return n2;
      }
      t2 && t2.push(n2);
    }
  }
  function D(n2) {
    n2 && (n2.__c && (n2.__c.__g |= 4), n2.__k && n2.__k.some(D));
  }
  function E(t2, r2, u2) {
    for (var i2 = 0; i2 < u2.length; ) G(u2[i2++], u2[i2++], u2[i2++]);
    n.__c && n.__c(r2, t2), t2.some(function(r3) {
      try {
        t2 = r3.__h, r3.__h = [], t2.some(function(n2) {
          n2.call(r3);
        });
      } catch (t3) {
        n.__e(t3, r3.__v);
      }
    });
  }
  function F(t2, r2, u2, i2, f3, o3, e2, l2, c2, a3) {
    var s2, h2, y2, _2, k2, b, m2, M, $2 = u2.props || p, x2 = r2.props, C2 = r2.type;
    if (C2 == "svg" ? f3 = "http://www.w3.org/2000/svg" : C2 == "math" ? f3 = "http://www.w3.org/1998/Math/MathML" : f3 || (f3 = "http://www.w3.org/1999/xhtml"), o3) {
      for (s2 = 0; s2 < o3.length; s2++) if ((k2 = o3[s2]) && (C2 ? k2.localName == C2 : k2.nodeType == 3)) {
        t2 = k2, o3[s2] = null;
        break;
      }
    }
    if (!t2) {
      if (M = a3.ownerDocument || document, !C2) return M.createTextNode(x2);
      t2 = M.createElementNS(f3, C2, x2.is ? x2 : a3), l2 && (n.__m && n.__m(r2, o3), l2 = !1), o3 = null;
    }
    if (C2) {
      if (a3 = C2 == "template" && t2.content || t2, o3 = C2 == "textarea" && x2.defaultValue != null ? null : o3 && d.call(a3.childNodes), !l2 && o3) for ($2 = {}, s2 = 0; s2 < t2.attributes.length; s2++) $2[(k2 = t2.attributes[s2]).name] = k2.value;
      for (s2 in $2) k2 = $2[s2], s2 == "dangerouslySetInnerHTML" ? y2 = k2 : s2 == "children" || s2 in x2 || s2 == "value" && "defaultValue" in x2 || s2 == "checked" && "defaultChecked" in x2 || N(t2, s2, null, k2, f3);
      for (s2 in x2) k2 = x2[s2], s2 == "children" ? _2 = k2 : s2 == "dangerouslySetInnerHTML" ? h2 = k2 : s2 == "value" ? b = k2 : s2 == "checked" ? m2 = k2 : l2 && typeof k2 != "function" || $2[s2] === k2 || N(t2, s2, k2, $2[s2], f3);
      h2 ? (l2 || y2 && (h2.__html == y2.__html || h2.__html == t2.innerHTML) || (t2.innerHTML = h2.__html), r2.__k = []) : (y2 && (t2.textContent = ""), (C2 == "foreignObject" || f3 == "http://www.w3.org/1998/Math/MathML" && v.test(C2)) && (f3 = "http://www.w3.org/1999/xhtml"), I(a3, w(_2) ? _2 : [_2], r2, u2, i2, f3, o3, e2, o3 ? o3[0] : u2.__k && S(u2, 0), l2, c2), o3 && o3.some(g)), l2 && C2 != "textarea" || (s2 = "value", C2 == "progress" && b == null ? t2.removeAttribute(s2) : b == null || b === t2[s2] && (C2 != "progress" || b) || N(t2, s2, b, $2[s2], f3), s2 = "checked", m2 != null && m2 != t2[s2] && N(t2, s2, m2, $2[s2], f3));
    } else $2 === x2 || l2 && t2.data == x2 || (t2.data = x2);
    return t2;
  }
  function G(t2, r2, u2, i2) {
    try {
      typeof t2 == "function" ? r2 ? r2.__x = t2(r2) || 1 : i2 && (i2 = i2.__c || i2.__e) && (r2 = i2.__x) && (i2.__x = null, typeof r2 == "function" ? r2() : t2(null)) : t2.current = r2;
    } catch (t3) {
      n.__e(t3, u2);
    }
  }
  function J(t2, r2, u2) {
    var i2, f3, o3, e2;
    if (n.unmount && n.unmount(t2), !(i2 = t2.ref) || i2.current && i2.current != t2.__e || G(i2, null, r2, t2), i2 = t2.__c) {
      if (i2.componentWillUnmount) try {
        i2.componentWillUnmount();
      } catch (t3) {
        n.__e(t3, r2);
      }
      i2.__P = i2.__n = null;
    }
    if (i2 = t2.__k) for (e2 = 0; e2 < i2.length; e2++) i2[e2] && J(i2[e2], r2, typeof t2.type != "function" || u2 && !t2.props.__P);
    !u2 && (i2 = t2.__c) && (i2 = i2.__z) && (f3 = B(i2, o3 = [])) && (i2 == t2.__e && o3.some(g), g(f3), g(i2)), u2 || g(t2.__e), t2.__e = t2.__c = t2.__ = null;
  }
  function K(n2, t2, r2) {
    return this.constructor(n2, r2);
  }
  function Q(t2, r2) {
    var u2, i2, f3, o3;
    n.__ && n.__(t2, r2), r2.nodeType == 9 && (r2 = r2.documentElement), i2 = (u2 = t2 && 32 & t2.__u) ? null : r2.__k, r2.__k = m($, { children: [t2] }), f3 = [], o3 = [], z(r2, r2.__k, i2 || p, p, r2.namespaceURI, i2 ? null : r2.firstChild ? d.call(r2.childNodes) : null, f3, i2 ? i2.__e : r2.firstChild, u2, o3), E(f3, r2.__k, o3), r2.__k.props.children = null;
  }
  n = { __e: function(n2, t2, r2, u2) {
    for (var i2, o3, e2; t2 = t2.__; ) if ((i2 = t2.__c) && !(1 & i2.__g)) {
      i2.__g |= 4;
      try {
        if ((e2 = (o3 = i2.constructor) && o3.getDerivedStateFromError) && i2.setState(o3.getDerivedStateFromError(n2)), i2.componentDidCatch && (i2.componentDidCatch(n2, u2 || {}), e2 = 1), e2 && 8 & i2.__g) return void (i2.__g |= 2);
      } catch (t3) {
        n2 = t3;
      }
    }
    throw f = 0, n2;
  } }, t = 0, r = function(n2) {
    return n2 != null && n2.constructor === h;
  }, x.prototype.setState = function(n2, t2) {
    var r2 = this.__s;
    r2 && r2 != this.state || (r2 = this.__s = _({}, this.state)), typeof n2 == "function" && (n2 = n2(_({}, r2), this.props)), n2 && (_(r2, n2), this.__v && (t2 && this.__k.push(t2), L(this)));
  }, x.prototype.forceUpdate = function(n2) {
    this.__v && (this.__g |= 4, n2 && this.__h.push(n2), L(this));
  }, x.prototype.render = $, u = [], f = 0, o = function(n2, t2) {
    return n2.__v.__b - t2.__v.__b;
  }, e = /* @__PURE__ */ Symbol(), l = /(PointerCapture)$|Capture$/i, c = 0, a = {}, s = 0;

  // userscript/src/overlay/appearance.ts
  function isDark(doc) {
    return [doc.documentElement, doc.body].some((element) => element?.classList.contains("dark"));
  }
  function followAppearance(doc, changed, signal) {
    let observer = new MutationObserver(changed), options = { attributes: !0, attributeFilter: ["class", "lang"] };
    observer.observe(doc.documentElement, options);
    let watchBody = () => {
      doc.body && observer.observe(doc.body, options);
    };
    if (watchBody(), !doc.body) {
      let arrived = () => {
        watchBody(), changed();
      };
      doc.addEventListener("DOMContentLoaded", arrived, { signal, once: !0 });
    }
    signal.addEventListener("abort", () => observer.disconnect(), { once: !0 });
  }

  // userscript/src/overlay/card-state.ts
  var EMPTY = {
    chat: null,
    offer: null,
    dismissed: !1,
    pending: null,
    reading: null,
    choosing: null,
    clipped: /* @__PURE__ */ new Set(),
    notice: null,
    model: null,
    modelName: null,
    life: null,
    minimised: !1,
    cramped: !0
  }, SLOTS = 3;
  function withoutOffer(state) {
    return { ...state, ...{ offer: null, pending: null, reading: null, choosing: null }, dismissed: !1, clipped: /* @__PURE__ */ new Set() };
  }
  function chatChanged(state, token) {
    return token === state.chat ? state : { ...withoutOffer(state), notice: null, chat: token };
  }
  function cleared(state) {
    return withoutOffer(state);
  }
  function offered(state, command) {
    if (command.chat_token !== state.chat) return state;
    let slots = /* @__PURE__ */ new Map();
    for (let { slot, text, source, kind: kind2, missing } of command.suggestions)
      slot >= 0 && slot < SLOTS && text.trim() && slots.set(slot, { index: slot, origin: kind2, phase: "ready", text, source, missing });
    let draft = command.draft_slot;
    draft !== null && draft >= 0 && draft < SLOTS && !slots.has(draft) && slots.set(draft, { index: draft, origin: "draft", phase: "waiting", text: "", source: "", missing: [] });
    let offer = {
      id: command.offer_id,
      messageId: command.message_id,
      seenMs: command.seen_ms,
      sentiment: command.sentiment,
      intent: command.intent,
      unsure: command.unsure,
      corrected: !1,
      intents: command.intents,
      moodScore: command.mood_score,
      slots: [...slots.values()].sort((a3, b) => a3.index - b.index)
    };
    return { ...withoutOffer(state), notice: null, offer };
  }
  function drafted(state, command) {
    let { offer } = state;
    if (!offer || offer.id !== command.offer_id) return state;
    let known = offer.slots.find((slot) => slot.index === command.slot);
    if (known?.origin !== "draft") return state;
    let phase = command.state === "none" ? "none" : command.state === "done" ? "ready" : command.text.trim() ? "streaming" : "waiting", settled = phase === "ready" && !command.text.trim() ? "none" : phase, text = settled === "none" ? "" : command.text, next = { ...known, phase: settled, text, source: command.source };
    return { ...state, offer: { ...offer, slots: offer.slots.map((slot) => slot === known ? next : slot) } };
  }
  function noticed(state, code) {
    return { ...state, notice: code, pending: null };
  }
  function statusChanged(state, command) {
    return { ...state, model: command.model, modelName: command.model_name, life: command.life };
  }
  function minimised(state, on) {
    return { ...state, minimised: on, reading: null, choosing: null };
  }
  function dismissed(state) {
    let closed = { pending: null, reading: null, choosing: null, notice: null };
    return state.offer ? { ...state, ...closed, dismissed: !0 } : state;
  }
  function measured(state, clipped) {
    return clipped.size === state.clipped.size && [...clipped].every((index) => state.clipped.has(index)) ? state : { ...state, clipped };
  }
  function pressed(state, index) {
    let slot = shownOffer(state)?.slots.find((each) => each.index === index);
    return !state.offer || slot?.phase !== "ready" || state.pending !== null ? { action: "none", state } : state.clipped.has(index) && state.reading !== index ? { action: "read", state: { ...state, reading: index, choosing: null, notice: null } } : { action: "insert", state: { ...state, pending: index, choosing: null, notice: null }, offerId: state.offer.id };
  }
  function choosing(state, next) {
    return next === state.choosing || next && !shownOffer(state) ? state : { ...state, choosing: next };
  }
  function shownChoosing(state) {
    return shownOffer(state) ? state.choosing : null;
  }
  function corrected(state, intent) {
    if (!state.offer) return state;
    let offer = { ...state.offer, intent, unsure: !1, corrected: !0 };
    return { ...state, offer, choosing: null, notice: null };
  }
  function shownOffer(state) {
    return state.dismissed || state.minimised || state.cramped ? null : state.offer;
  }

  // userscript/node_modules/preact/jsx-runtime/dist/jsxRuntime.mjs
  var f2 = /* @__PURE__ */ Symbol.for("pv"), o2 = 0;
  function a2(t2, e2, n2, u2, a3, i2) {
    e2 || (e2 = {});
    var c2, l2, p2 = e2;
    if ("ref" in p2 && typeof t2 != "function") for (l2 in p2 = {}, e2) l2 == "ref" ? c2 = e2[l2] : p2[l2] = e2[l2];
    var s2 = { type: t2, props: p2, key: n2, ref: c2, __k: null, __: null, __b: 0, __e: null, __c: null, constructor: f2, __v: --o2, __i: -1, __u: 0 };
    return (a3 || i2) && (s2.__source = a3, s2.__self = i2), n.vnode && n.vnode(s2), s2;
  }

  // userscript/src/overlay/icons.tsx
  function Glyph({ size = 20, children }) {
    return /* @__PURE__ */ a2(
      "svg",
      {
        class: "glyph",
        width: size,
        height: size,
        viewBox: "0 0 24 24",
        fill: "none",
        stroke: "currentColor",
        "stroke-width": "1.8",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
        "aria-hidden": "true",
        focusable: "false",
        children
      }
    );
  }
  function Mark() {
    return /* @__PURE__ */ a2("svg", { class: "mark", width: "32", height: "32", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false", children: [
      /* @__PURE__ */ a2("rect", { class: "mark-ground", width: "32", height: "32", rx: "9" }),
      /* @__PURE__ */ a2("path", { class: "mark-ink", d: "M7.5 20.5a8.5 8.5 0 0 1 17 0z" }),
      /* @__PURE__ */ a2("circle", { class: "mark-ink", cx: "16", cy: "9.6", r: "1.9" }),
      /* @__PURE__ */ a2("rect", { class: "mark-ink", x: "6", y: "22", width: "20", height: "2.6", rx: "1.3" })
    ] });
  }
  var MOUTHS = {
    negative: "M8.2 16.2c.9-1.3 2.2-2 3.8-2s2.9.7 3.8 2",
    neutral: "M8.5 15.2h7",
    positive: "M8.2 14.2c.9 1.3 2.2 2 3.8 2s2.9-.7 3.8-2"
  };
  function Face({ sentiment, size = 18 }) {
    return /* @__PURE__ */ a2(Glyph, { size, children: [
      /* @__PURE__ */ a2("circle", { cx: "12", cy: "12", r: "9" }),
      /* @__PURE__ */ a2("path", { d: "M9 9.6v.4M15 9.6v.4", "stroke-width": "2.4" }),
      /* @__PURE__ */ a2("path", { d: MOUTHS[sentiment] ?? MOUTHS.neutral })
    ] });
  }
  var SHAPES = {
    tag: "M4 12.2V5.5C4 4.7 4.7 4 5.5 4h6.7c.4 0 .8.2 1.1.4l6.3 6.3c.6.6.6 1.5 0 2.1l-6.7 6.7c-.6.6-1.5.6-2.1 0l-6.3-6.3a1.5 1.5 0 0 1-.5-1zM8.5 8.5h.01",
    library: "M6 4.5h12a1 1 0 0 1 1 1V20l-7-4-7 4V5.5a1 1 0 0 1 1-1z",
    history: "M4.5 12a7.5 7.5 0 1 0 2.6-5.700M4.5 4.500v4h4M12 8v4.300l2.8 1.700",
    book: "M12 6.500C10.500 5.300 8.500 4.800 5 4.800V18c3.500 0 5.500.5 7 1.700 1.500-1.200 3.500-1.700 7-1.700V4.800c-3.500 0-5.500.5-7 1.700zM12 6.500v13",
    draft: "M11 4l1.7 4.8a2 2 0 0 0 1.2 1.2L18.7 11.7l-4.8 1.7a2 2 0 0 0-1.2 1.2L11 19.4l-1.7-4.8a2 2 0 0 0-1.2-1.2L3.3 11.7 8.1 10a2 2 0 0 0 1.2-1.2zM18.5 3v4M20.5 5h-4",
    person: "M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4.8 20.2c.6-3.6 3.5-5.7 7.2-5.7s6.6 2.1 7.2 5.7",
    close: "M6.5 6.500l11 11M17.5 6.500l-11 11",
    foldRight: "M9.5 6l6 6-6 6",
    foldDown: "M6 9.500l6 6 6-6",
    back: "M14.5 6l-6 6 6 6",
    check: "M5 12.800l4.6 4.500L19 7.5",
    alert: "M12 8v5M12 16.400v.1M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
    read: "M5 7h14M5 12h14M5 17h8",
    chat: "M5.5 5h13A1.5 1.5 0 0 1 20 6.500v9a1.5 1.5 0 0 1-1.5 1.500H11l-4.5 3.500V17h-1A1.5 1.5 0 0 1 4 15.500v-9A1.5 1.5 0 0 1 5.5 5z"
  };
  function Icon({ name, size }) {
    return /* @__PURE__ */ a2(Glyph, { ...size === void 0 ? {} : { size }, children: /* @__PURE__ */ a2("path", { d: SHAPES[name] }) });
  }

  // userscript/src/overlay/head.tsx
  function stateLine(state, texts) {
    let reason = state.life?.reason;
    return reason ? texts.life[reason].line : state.model === null ? texts.model.waiting : state.model === "ready" ? texts.model.ready(state.modelName) : texts.model[state.model];
  }
  function Head({ state, texts, mode, onMinimise }) {
    let folded = mode === "rail" || mode === "bar", fixed = mode === "bar" && !state.minimised;
    return /* @__PURE__ */ a2("header", { class: "head", children: [
      /* @__PURE__ */ a2(Mark, {}),
      /* @__PURE__ */ a2("div", { class: "head-words", children: [
        /* @__PURE__ */ a2("div", { class: "name", children: "Balcão" }),
        /* @__PURE__ */ a2(
          "div",
          {
            class: "model",
            "data-model": state.model ?? "waiting",
            "data-life": state.life?.level ?? "live",
            title: stateLine(state, texts),
            children: [
              /* @__PURE__ */ a2("i", { class: "dot" }),
              /* @__PURE__ */ a2("span", { children: stateLine(state, texts) })
            ]
          }
        )
      ] }),
      !fixed && /* @__PURE__ */ a2(
        "button",
        {
          type: "button",
          class: "tool",
          tabIndex: -1,
          title: folded ? texts.open : texts.minimise,
          "aria-label": folded ? texts.open : texts.minimise,
          onClick: (event) => onMinimise(!folded, event),
          children: /* @__PURE__ */ a2("span", { class: folded ? "turned" : "", children: /* @__PURE__ */ a2(Icon, { name: mode === "column" || mode === "rail" ? "foldRight" : "foldDown" }) })
        }
      )
    ] });
  }

  // userscript/src/overlay/intent-choices.ts
  function wordFor(name, intents, words2) {
    return intents.find((intent) => intent.name === name)?.title || words2[name] || name;
  }
  function groupsFor(intents, words2) {
    let known = /* @__PURE__ */ new Set(), group = (kind2, names2) => {
      let fresh = names2.filter((name) => !known.has(name) && known.add(name));
      return { kind: kind2, choices: fresh.map((name) => ({ name, word: wordFor(name, intents, words2) })) };
    }, own = intents.filter((intent) => intent.title).map((intent) => intent.name);
    return [
      group(
        "likely",
        intents.slice(0, 3).map((intent) => intent.name)
      ),
      group("own", own),
      group("others", [...intents.map((intent) => intent.name), ...Object.keys(words2)])
    ].filter(({ choices }) => choices.length > 0);
  }
  function bare(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }
  function narrowed(groups, query) {
    let wanted = bare(query).split(/\s+/).filter(Boolean);
    return groups.map(({ kind: kind2, choices }) => ({
      kind: kind2,
      choices: choices.filter(({ word }) => wanted.every((part) => bare(word).includes(part)))
    })).filter(({ choices }) => choices.length > 0);
  }
  function opened(groups, intent, unsure) {
    let names2 = groups.flatMap(({ choices }) => choices.map(({ name }) => name));
    return { query: "", active: !unsure && names2[0] === intent && names2.length > 1 ? 1 : 0 };
  }
  function keyed(choosing2, groups, key) {
    let shown2 = narrowed(groups, choosing2.query).flatMap(({ choices }) => choices), to = (active) => ({
      does: "move",
      choosing: { ...choosing2, active: Math.max(0, Math.min(shown2.length - 1, active)) }
    }), typed = (query) => ({ does: "move", choosing: { query, active: 0 } });
    if (key.isComposing || key.key === "Process") return { does: "page", close: !0 };
    if (key.key === "Enter") {
      let choice = shown2[choosing2.active];
      return choice && !modified(key) ? { does: "take", choice } : { does: "move", choosing: choosing2 };
    }
    if (modified(key)) return { does: "page", close: !1 };
    switch (key.key) {
      case "Escape":
        return { does: "close" };
      case "Tab":
        return { does: "page", close: !0 };
      case "ArrowDown":
        return to(choosing2.active === shown2.length - 1 ? 0 : choosing2.active + 1);
      case "ArrowUp":
        return to(choosing2.active === 0 ? shown2.length - 1 : choosing2.active - 1);
      case "PageDown":
        return to(choosing2.active + 6);
      case "PageUp":
        return to(choosing2.active - 6);
      case "Home":
        return to(0);
      case "End":
        return to(shown2.length - 1);
      case "Backspace":
        return typed([...choosing2.query].slice(0, -1).join(""));
      // Dead keys write nothing by themselves; kept from the box, they leave the plain letter, which is enough here.
      case "Dead":
      case "Delete":
      case "ArrowLeft":
      case "ArrowRight":
        return { does: "move", choosing: choosing2 };
    }
    return [...key.key].length !== 1 ? { does: "page", close: !1 } : typed(`${choosing2.query}${key.key}`.trimStart());
  }
  function modified(key) {
    return (key.altKey || key.ctrlKey || key.metaKey) && !key.altGraph;
  }

  // userscript/src/overlay/intent-list.tsx
  function IntentList({ state, texts, onChoose, onPoint }) {
    let choosing2 = shownChoosing(state), offer = shownOffer(state);
    if (!choosing2 || !offer) return null;
    let groups = narrowed(groupsFor(offer.intents, texts.intent), choosing2.query), all = groups.flatMap(({ choices }) => choices), active = all[choosing2.active];
    return /* @__PURE__ */ a2("div", { class: "intents", children: /* @__PURE__ */ a2("div", { class: "intents-box", children: [
      /* @__PURE__ */ a2("div", { class: "intents-query", "data-empty": choosing2.query === "", children: [
        /* @__PURE__ */ a2("span", { children: choosing2.query || texts.intentQuery }),
        /* @__PURE__ */ a2("i", { class: "caret" })
      ] }),
      /* @__PURE__ */ a2("div", { class: "intents-all", role: "listbox", "aria-label": texts.correct, children: [
        groups.map(({ kind: kind2, choices }) => (
          // biome-ignore lint/a11y/useSemanticElements: a listbox may own groups of options, not fieldsets
          /* @__PURE__ */ a2("div", { class: "intents-group", role: "group", "aria-label": texts.intentGroup[kind2], children: [
            /* @__PURE__ */ a2("div", { class: "intents-title", "aria-hidden": "true", children: texts.intentGroup[kind2] }),
            choices.map((choice) => /* @__PURE__ */ a2(
              "button",
              {
                type: "button",
                class: "intents-choice",
                role: "option",
                tabIndex: -1,
                title: choice.word,
                "data-choice": choice.name,
                "data-active": choice === active,
                "aria-selected": choice.name === offer.intent,
                onPointerMove: (event) => onPoint(all.indexOf(choice), event),
                onClick: (event) => onChoose(choice, event),
                children: [
                  /* @__PURE__ */ a2("span", { children: choice.word }),
                  choice.name === offer.intent && !offer.unsure && /* @__PURE__ */ a2(Icon, { name: "check", size: 16 })
                ]
              },
              choice.name
            ))
          ] }, kind2)
        )),
        all.length === 0 && /* @__PURE__ */ a2("div", { class: "intents-none", children: texts.intentNone })
      ] }),
      /* @__PURE__ */ a2("span", { class: "spoken", role: "status", children: active ? active.word : texts.intentNone })
    ] }) });
  }

  // userscript/src/overlay/mood.tsx
  var CLEAR_MOOD = 0.3;
  function moodWords({ moodScore, sentiment }, { mood }) {
    if (moodScore === null) return null;
    let now = moodScore <= -CLEAR_MOOD ? mood.bad : moodScore >= CLEAR_MOOD ? mood.good : mood.calm, turn = sentiment === "negative" && now !== mood.bad ? mood.worse : sentiment !== "negative" && now === mood.bad ? mood.better : null;
    return `${mood.label}: ${now}${turn ? `, ${turn}` : ""}`;
  }
  function Mood({
    state,
    texts,
    folded,
    onCorrect
  }) {
    let { offer } = state;
    if (!offer) return null;
    let sentiment = texts.sentiment[offer.sentiment] ?? offer.sentiment, likely = wordFor(offer.intent, offer.intents, texts.intent), intent = offer.unsure ? texts.unsure : likely, mood = moodWords(offer, texts);
    return /* @__PURE__ */ a2("div", { class: "mood", children: [
      /* @__PURE__ */ a2(
        "span",
        {
          class: "chip",
          "data-sentiment": offer.sentiment,
          title: `${texts.lastMessage}: ${sentiment}${mood ? `
${mood}` : ""}`,
          children: [
            /* @__PURE__ */ a2(Face, { sentiment: offer.sentiment }),
            /* @__PURE__ */ a2("span", { class: "chip-word", children: sentiment }),
            mood && /* @__PURE__ */ a2("span", { class: "spoken", children: mood })
          ]
        }
      ),
      folded ? /* @__PURE__ */ a2("span", { class: "chip", "data-intent": offer.intent, "data-unsure": offer.unsure, children: [
        /* @__PURE__ */ a2(Icon, { name: "tag", size: 16 }),
        /* @__PURE__ */ a2("span", { class: "chip-word", children: intent })
      ] }) : /* @__PURE__ */ a2(
        "button",
        {
          type: "button",
          class: "chip",
          tabIndex: -1,
          "data-intent": offer.intent,
          "data-unsure": offer.unsure,
          "data-corrected": offer.corrected,
          title: `${offer.unsure && offer.intent !== "other" ? texts.maybe(likely) : intent}
${texts.correct}`,
          "aria-haspopup": "listbox",
          "aria-expanded": shownChoosing(state) !== null,
          "aria-keyshortcuts": "Alt+4",
          onClick: onCorrect,
          children: [
            /* @__PURE__ */ a2(Icon, { name: offer.corrected ? "check" : "tag", size: 16 }),
            /* @__PURE__ */ a2("span", { class: "chip-word", children: intent }),
            /* @__PURE__ */ a2(Icon, { name: "foldDown", size: 14 })
          ]
        }
      ),
      folded && offer.slots.length > 0 && /* @__PURE__ */ a2("span", { class: "chip", "data-count": offer.slots.length, title: texts.suggestions, children: offer.slots.length })
    ] });
  }

  // userscript/src/overlay/slot.tsx
  var ICONS = {
    canned: "library",
    learned: "history",
    passage: "book",
    draft: "draft"
  };
  function kind({ slot, texts }) {
    return {
      canned: texts.readyReply,
      learned: texts.learnedReply,
      passage: texts.passage,
      draft: texts.draft
    }[slot.origin];
  }
  function origin(props) {
    let { origin: origin2, source } = props.slot;
    return source ? origin2 === "canned" || origin2 === "learned" ? source : `${kind(props)} · ${source}` : kind(props);
  }
  function Words({ slot, texts }) {
    let blanks = new Set(slot.missing.map((name) => `{${name}}`));
    return blanks.size === 0 ? /* @__PURE__ */ a2($, { children: slot.text }) : /* @__PURE__ */ a2($, { children: slot.text.split(/(\{[^{}]*\})/).map(
      (part, index) => blanks.has(part) ? /* @__PURE__ */ a2("mark", { class: "blank", title: texts.fillIn, children: part }, index) : part
    ) });
  }
  function progress({ slot, texts }) {
    return slot.phase === "waiting" ? texts.draftWaiting : slot.phase === "streaming" ? texts.draftWriting : null;
  }
  function rowsFor(slots) {
    return slots.map((slot) => slot.origin === "draft" ? "minmax(112px, 228px)" : "minmax(92px, max-content)").join(" ");
  }
  function Slot(props) {
    let { slot, texts, clipped, reading, pending } = props, busy = progress(props);
    return /* @__PURE__ */ a2(
      "button",
      {
        type: "button",
        class: "slot",
        tabIndex: -1,
        "data-slot": slot.index,
        "data-origin": slot.origin,
        "data-phase": slot.phase,
        "data-reading": reading,
        "data-pending": pending,
        "aria-disabled": slot.phase !== "ready",
        "aria-busy": busy !== null,
        "aria-live": "off",
        "aria-keyshortcuts": `Alt+${slot.index + 1}`,
        onClick: (event) => props.onPress(slot.index, event),
        children: [
          /* @__PURE__ */ a2("span", { class: "slot-head", children: [
            /* @__PURE__ */ a2("span", { class: "slot-origin", title: slot.source ? `${kind(props)}: ${slot.source}` : kind(props), children: [
              /* @__PURE__ */ a2(Icon, { name: ICONS[slot.origin], size: 15 }),
              /* @__PURE__ */ a2("span", { class: "slot-source", children: origin(props) }),
              busy && /* @__PURE__ */ a2("span", { class: "slot-busy", children: busy })
            ] }),
            /* @__PURE__ */ a2("kbd", { class: "key", children: [
              "Alt ",
              slot.index + 1
            ] })
          ] }),
          /* @__PURE__ */ a2("span", { class: "slot-text", "data-clipped": clipped, children: [
            slot.phase === "none" ? /* @__PURE__ */ a2("span", { class: "slot-none", children: texts.draftNone }) : /* @__PURE__ */ a2(Words, { ...props }),
            slot.phase === "streaming" && /* @__PURE__ */ a2("span", { class: "caret" }),
            slot.phase === "waiting" && /* @__PURE__ */ a2("span", { class: "bones", "aria-hidden": "true", children: [
              /* @__PURE__ */ a2("i", {}),
              /* @__PURE__ */ a2("i", {}),
              /* @__PURE__ */ a2("i", {})
            ] })
          ] }),
          clipped && !reading && /* @__PURE__ */ a2("span", { class: "slot-more", children: [
            /* @__PURE__ */ a2(Icon, { name: "read", size: 14 }),
            texts.readWhole
          ] })
        ]
      }
    );
  }

  // userscript/src/overlay/card.tsx
  function Empty({ icon, words: words2 }) {
    return /* @__PURE__ */ a2("div", { class: "empty", children: [
      /* @__PURE__ */ a2("span", { class: "empty-icon", children: /* @__PURE__ */ a2(Icon, { name: icon, size: 26 }) }),
      /* @__PURE__ */ a2("div", { class: "empty-title", children: words2.title }),
      /* @__PURE__ */ a2("div", { class: "empty-hint", children: words2.hint })
    ] });
  }
  function layoutOf({ mode, state }, shown2) {
    let reading = state.reading !== null;
    if (mode === "strip") {
      let columns = shown2.map(() => "minmax(0, 1fr)").join(" ");
      return { gridTemplateColumns: reading ? `auto ${columns}` : columns, gridTemplateRows: "minmax(0, 1fr)" };
    }
    return { gridTemplateRows: reading ? "auto minmax(0, 1fr)" : rowsFor(shown2) };
  }
  function Suggestions(props) {
    let { state, texts, onBack } = props, offer = shownOffer(state);
    if (state.chat === null) return /* @__PURE__ */ a2(Empty, { icon: "chat", words: texts.openChat });
    if (state.dismissed) return /* @__PURE__ */ a2(Empty, { icon: "check", words: texts.dismissed });
    if (!offer) return /* @__PURE__ */ a2(Empty, { icon: "check", words: texts.quiet });
    if (offer.slots.length === 0) return /* @__PURE__ */ a2(Empty, { icon: "library", words: texts.nothingFound });
    let shown2 = offer.slots.filter((slot) => state.reading === null || slot.index === state.reading);
    return /* @__PURE__ */ a2("section", { class: "slots", "aria-label": texts.suggestions, style: layoutOf(props, shown2), children: [
      state.reading !== null && /* @__PURE__ */ a2("div", { class: "reading", children: [
        /* @__PURE__ */ a2("button", { type: "button", class: "plain", tabIndex: -1, onClick: onBack, children: [
          /* @__PURE__ */ a2(Icon, { name: "back", size: 16 }),
          texts.back
        ] }),
        /* @__PURE__ */ a2("span", { children: texts.readingHint })
      ] }, "reading"),
      shown2.map((slot) => (
        // The offer is part of the key: a click that began on an older card can never land on a new one.
        /* @__PURE__ */ a2(
          Slot,
          {
            slot,
            texts,
            clipped: state.clipped.has(slot.index),
            reading: state.reading === slot.index,
            pending: state.pending === slot.index,
            onPress: props.onPress
          },
          `${offer.id}:${slot.index}`
        )
      ))
    ] });
  }
  function Notice({ state, texts }) {
    let code = state.notice, good = code === "inserted" || code === "corrected", blind = state.life?.level === "blind" ? state.life.reason : null, said = code !== null ? texts.notice[code] ?? texts.unknownNotice(code) : blind ? texts.life[blind].hint : null;
    return /* @__PURE__ */ a2(
      "div",
      {
        class: "notice",
        role: "status",
        "data-code": code ?? "",
        "data-tone": said === null ? "none" : code === null ? "bad" : good ? "good" : "warn",
        children: said !== null && /* @__PURE__ */ a2($, { children: [
          /* @__PURE__ */ a2(Icon, { name: good ? "check" : "alert", size: 18 }),
          /* @__PURE__ */ a2("span", { children: said })
        ] })
      }
    );
  }
  function Card(props) {
    let { state, texts, mode, low, dark, lang, onDismiss } = props, offer = shownOffer(state), folded = mode === "rail" || mode === "bar";
    return /* @__PURE__ */ a2(
      "aside",
      {
        class: "card",
        "aria-label": texts.region,
        lang,
        "data-mode": mode,
        "data-low": low && mode === "column",
        "data-theme": dark ? "dark" : "light",
        children: [
          /* @__PURE__ */ a2(Head, { ...props }),
          (folded || offer) && !state.dismissed && /* @__PURE__ */ a2("div", { class: "context", children: [
            !folded && /* @__PURE__ */ a2("div", { class: "context-title", children: texts.lastMessage }),
            /* @__PURE__ */ a2(Mood, { state, texts, folded, onCorrect: props.onCorrect }),
            !folded && /* @__PURE__ */ a2(
              "button",
              {
                type: "button",
                class: "tool",
                tabIndex: -1,
                title: texts.dismiss,
                "aria-label": texts.dismiss,
                onClick: onDismiss,
                children: /* @__PURE__ */ a2(Icon, { name: "close", size: 18 })
              }
            )
          ] }),
          /* @__PURE__ */ a2(IntentList, { ...props }),
          !folded && /* @__PURE__ */ a2(Suggestions, { ...props }),
          !folded && /* @__PURE__ */ a2(Notice, { state, texts }),
          !folded && /* @__PURE__ */ a2("footer", { class: "foot", children: [
            /* @__PURE__ */ a2(Icon, { name: "person", size: 16 }),
            /* @__PURE__ */ a2("span", { children: texts.youSend })
          ] })
        ]
      }
    );
  }

  // userscript/src/overlay/correcting.ts
  function createCorrecting({ state, become, texts, send }) {
    function choose(choice, event) {
      let offer = shownOffer(state());
      !event.isTrusted || !offer || (become(corrected(state(), choice.name)), send({ kind: "corrected", offer_id: offer.id, intent: choice.name }));
    }
    return {
      choose,
      toggle(event) {
        let offer = shownOffer(state());
        if (!event.isTrusted || !offer) return !1;
        let list = groupsFor(offer.intents, texts().intent);
        return become(choosing(state(), state().choosing ? null : opened(list, offer.intent, offer.unsure))), !0;
      },
      type(event) {
        let offer = shownOffer(state()), open = shownChoosing(state());
        if (!event.isTrusted || !offer || !open) return !1;
        let { key, altKey, ctrlKey, metaKey, isComposing } = event, altGraph = event.getModifierState("AltGraph"), list = groupsFor(offer.intents, texts().intent), answer2 = keyed(open, list, { key, altKey, ctrlKey, metaKey, isComposing, altGraph });
        return answer2.does === "take" ? choose(answer2.choice, event) : answer2.does === "move" ? become(choosing(state(), answer2.choosing)) : (answer2.does === "close" || answer2.close) && become(choosing(state(), null)), answer2.does !== "page";
      },
      point(active, event) {
        let open = shownChoosing(state()), moved = event.movementX !== 0 || event.movementY !== 0;
        !event.isTrusted || !moved || !open || open.active === active || become(choosing(state(), { ...open, active }));
      },
      close(event) {
        event.isTrusted && become(choosing(state(), null));
      }
    };
  }

  // userscript/src/overlay/place.ts
  function placeFor(width, height, minimised2) {
    return width >= 1e3 ? minimised2 ? { mode: "rail", size: 48 } : { mode: "column", size: Math.round(Math.min(380, Math.max(304, width * 0.265))) } : minimised2 || height < 440 ? { mode: "bar", size: 44 } : { mode: "strip", size: 164 };
  }
  var LOW_BELOW = 690;
  function isLow(height) {
    return height < LOW_BELOW;
  }
  function isBeside(place2) {
    return place2.mode === "column" || place2.mode === "rail";
  }

  // userscript/src/overlay/dock.ts
  var RESERVED = ["width", "min-width", "margin-right", "height", "min-height", "transform"], LOOK_MS = 150;
  function createDock(doc, registry) {
    let view = doc.defaultView, held = null, standing = null;
    function readyApp() {
      let app = registry.find("root", doc)?.element;
      return app instanceof HTMLElement && registry.find("ready", app) ? app : null;
    }
    function release() {
      if (!held) return;
      let { app, before } = held;
      for (let [name, [value, priority]] of before) app.style.setProperty(name, value, priority);
      held = null;
    }
    function isHeld(app, place2) {
      return held?.app === app && held.place.mode === place2.mode && held.place.size === place2.size && app.style.getPropertyPriority(isBeside(place2) ? "width" : "height") === "important";
    }
    function reserve(app, place2) {
      if (isHeld(app, place2)) return;
      held?.app !== app && release();
      let before = held?.before ?? new Map(
        RESERVED.map((name) => [
          name,
          [app.style.getPropertyValue(name), app.style.getPropertyPriority(name)]
        ])
      );
      held = { app, place: place2, before };
      let beside = isBeside(place2), wanted = {
        width: beside ? `calc(100vw - ${place2.size}px)` : "",
        "min-width": beside ? "0px" : "",
        // In a right-to-left page a narrower block would stand at the right: the margin keeps it at the left.
        "margin-right": beside ? `${place2.size}px` : "",
        height: beside ? "" : `calc(100vh - ${place2.size}px)`,
        "min-height": beside ? "" : "0px",
        transform: ""
      };
      for (let name of RESERVED) app.style.setProperty(name, wanted[name], wanted[name] && "important");
      reachesInto(app, place2) && app.style.setProperty("transform", "translate(0px)", "important");
    }
    function reachesInto(app, place2) {
      return [
        app.firstElementChild,
        ...["conversation", "ready"].map((name) => registry.find(name, app)?.element)
      ].some((pane) => {
        let box = pane?.getBoundingClientRect();
        return box ? isBeside(place2) ? box.right > view.innerWidth - place2.size + 1 : box.bottom > view.innerHeight - place2.size + 1 : !1;
      });
    }
    function leave() {
      release(), standing?.remove(), standing = null;
    }
    return {
      leave,
      stand(host, place2) {
        let app = readyApp();
        return app ? (reserve(app, place2), standing = host, host.parentNode !== doc.documentElement && doc.documentElement.append(host), host.style.setProperty("--width", isBeside(place2) ? `${place2.size}px` : "100vw"), host.style.setProperty("--height", isBeside(place2) ? "100vh" : `${place2.size}px`), !0) : (leave(), !1);
      },
      watch(host, moved, signal) {
        let timer, look = () => {
          timer = void 0;
          let app = readyApp(), kept = app !== null && held !== null && isHeld(app, held.place);
          (app ? !host.isConnected || !kept : host.isConnected) && moved();
        }, observer = new MutationObserver(() => {
          timer ??= setTimeout(look, LOOK_MS);
        });
        observer.observe(doc.documentElement, { childList: !0, subtree: !0 });
        let stop = () => {
          observer.disconnect(), clearTimeout(timer);
        };
        signal.addEventListener("abort", stop, { once: !0 });
      }
    };
  }

  // userscript/src/overlay/keys.ts
  function digitOf(event, windows) {
    if (!(event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) || event.repeat || event.isComposing || event.getModifierState("AltGraph")) return null;
    let match = (windows ? /^Digit([1-4])$/ : /^(?:Digit|Numpad)([1-4])$/).exec(event.code);
    return match ? Number(match[1]) : null;
  }
  function escapeIsFree(doc, registry) {
    let active = doc.activeElement, typing = active instanceof HTMLElement && (active.matches("input, textarea") || active.isContentEditable), inConversation = active?.closest(registry.any("conversation")) != null, open = registry.find("dialog", doc) ?? registry.find("closes_on_escape", doc);
    return (inConversation || !typing) && open === null;
  }
  function listenForShortcuts(view, registry, targets, signal) {
    let windows = /win/i.test(view.navigator.platform), used = "", onKey = (event) => {
      event.isTrusted && (takes(event) || event.repeat && event.code === used ? (used = event.code, event.preventDefault(), event.stopImmediatePropagation()) : event.code === used && (used = ""));
    }, takes = (event) => {
      if (targets.type(event)) return !0;
      let digit = digitOf(event, windows), plainEscape = event.key === "Escape" && !event.isComposing && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      return digit === 4 ? targets.correct(event) : digit !== null ? targets.pick(digit - 1, event) : plainEscape && escapeIsFree(view.document, registry) && targets.dismiss(event);
    };
    view.addEventListener("keydown", onKey, { capture: !0, signal });
  }

  // userscript/src/overlay/measure.ts
  function clippedSlots(root, state) {
    if (state.reading !== null) return state.clipped;
    let found = /* @__PURE__ */ new Set();
    for (let slot of root.querySelectorAll(".slot")) {
      let text = slot.querySelector(".slot-text");
      text && text.scrollHeight > text.clientHeight + 1 && found.add(Number(slot.dataset.slot));
    }
    return found;
  }
  function showActive(root) {
    let list = root.querySelector(".intents-all"), active = list?.querySelector('[data-active="true"]');
    if (!list || !active) return;
    let [view, row] = [list.getBoundingClientRect(), active.getBoundingClientRect()];
    row.top < view.top ? list.scrollTop -= view.top - row.top + 26 : row.bottom > view.bottom && (list.scrollTop += row.bottom - view.bottom + 4);
  }

  // userscript/src/overlay/paint.ts
  function afterPaint(view, painted) {
    view.requestAnimationFrame(() => {
      let channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close(), view.document.visibilityState === "visible" && painted();
      }, channel.port2.postMessage(null);
    });
  }
  function createPaintReports() {
    let offer = "", tiers = /* @__PURE__ */ new Set();
    return {
      has: (offerId, tier) => offerId === offer && tiers.has(tier),
      add(offerId, tier) {
        offerId !== offer && tiers.clear(), offer = offerId, tiers.add(tier);
      }
    };
  }

  // userscript/src/overlay/palette.ts
  var LIGHT = {
    ground: "#f7f5f3",
    paper: "#ffffff",
    line: "#e4e0da",
    "line-strong": "#cfcac2",
    ink: "#0f1513",
    "ink-2": "#5b6360",
    accent: "#0b7a4b",
    "accent-soft": "#e3f4ea",
    "accent-line": "#1daa61",
    good: "#0b6b42",
    "good-soft": "#dff3e6",
    bad: "#b3261e",
    "bad-soft": "#fdeceb",
    calm: "#4a5568",
    "calm-soft": "#ecebe8",
    warn: "#7a4b00",
    "warn-soft": "#fdf1d8",
    "warn-line": "#e9cf97",
    bone: "#ebe7e1",
    mark: "#0b7a4b",
    "mark-ink": "#ffffff",
    shadow: "0 1px 2px rgba(20, 30, 25, .08)",
    "shadow-high": "0 8px 28px rgba(20, 30, 25, .18)"
  }, DARK = {
    ground: "#161717",
    paper: "#1f2121",
    line: "#2e3131",
    "line-strong": "#454949",
    ink: "#f3f5f4",
    "ink-2": "#a9b1ae",
    accent: "#4fd68b",
    "accent-soft": "#17352a",
    "accent-line": "#21c063",
    good: "#6fe0a2",
    "good-soft": "#17352a",
    bad: "#ff9d94",
    "bad-soft": "#40201e",
    calm: "#c4cbd3",
    "calm-soft": "#2a2d2d",
    warn: "#f5c86b",
    "warn-soft": "#3b2f16",
    "warn-line": "#6a5424",
    bone: "#2c2f2f",
    mark: "#21c063",
    "mark-ink": "#0b1410",
    shadow: "none",
    "shadow-high": "0 8px 28px rgba(0, 0, 0, .55)"
  }, PALETTES = { light: LIGHT, dark: DARK };

  // userscript/src/overlay/styles.ts
  function rule(selector, palette) {
    let variables = Object.entries(palette).map(([name, value]) => `--${name}: ${value};`);
    return `${selector} { ${variables.join(" ")} }`;
  }
  var THEME = `
:host { all: initial !important; position: fixed !important; z-index: 0 !important; display: block !important;
  right: 0 !important; bottom: 0 !important; width: var(--width) !important; height: var(--height) !important;
  contain: layout style !important; }
${rule(".card", PALETTES.light)}
${rule('.card[data-theme="dark"]', PALETTES.dark)}
`, BASE = `
*, *::before, *::after { box-sizing: border-box; }
.card { position: absolute; inset: 0; display: flex; flex-direction: column; overflow: hidden;
  background: var(--ground); color: var(--ink); user-select: none; cursor: default; text-align: start;
  font: 14px/20px "Segoe UI", -apple-system, Inter, Roboto, "Helvetica Neue", Ubuntu, Cantarell, "Noto Sans",
    "Liberation Sans", Arial, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif;
  -webkit-font-smoothing: antialiased; }
button { all: unset; box-sizing: border-box; cursor: pointer; }
.glyph { flex: none; display: block; }
.mark { flex: none; display: block; }
.mark-ground { fill: var(--mark); }
.mark-ink { fill: var(--mark-ink); }
.head { flex: none; display: flex; align-items: center; gap: 10px; height: 64px; padding: 0 8px 0 16px; }
.head-words { flex: 1; min-width: 0; }
.name { font-weight: 600; font-size: 16px; line-height: 20px; letter-spacing: -.01em; }
.model { display: flex; align-items: center; gap: 6px; color: var(--ink-2); font-size: 12px; line-height: 16px; }
.model span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.dot { flex: none; width: 7px; height: 7px; border-radius: 50%; background: var(--ink-2); }
.model[data-model="ready"] .dot { background: var(--accent-line); }
.model[data-model="failed"] .dot { background: var(--bad); }
.model[data-model="loading"] .dot, .model[data-model="waiting"] .dot { animation: pulse 1.4s steps(5) infinite; }
.model[data-life="degraded"] .dot { background: var(--warn-line); animation: none; }
.model[data-life="blind"] { color: var(--bad); font-weight: 600; }
.model[data-life="blind"] .dot { background: var(--bad); animation: none; }
.tool { flex: none; display: grid; place-items: center; width: 36px; height: 36px; border-radius: 50%;
  color: var(--ink-2); }
.tool:hover { background: var(--calm-soft); color: var(--ink); }
.turned { display: block; transform: rotate(180deg); }
.context { flex: none; display: grid; grid-template: "title tool" 28px "mood mood" 28px / 1fr auto; align-items: center;
  row-gap: 4px; padding: 0 12px 10px 16px; }
.context-title { grid-area: title; color: var(--ink-2); font-size: 12px; line-height: 16px; font-weight: 500; }
.context .tool { grid-area: tool; width: 28px; height: 28px; }
.mood { grid-area: mood; display: flex; flex-wrap: nowrap; gap: 6px; min-width: 0; }
.chip { display: inline-flex; align-items: center; gap: 5px; height: 28px; padding: 0 11px 0 7px; border-radius: 14px;
  background: var(--calm-soft); color: var(--calm); font-size: 13px; font-weight: 600; min-width: 0; }
.chip + .chip { padding-left: 9px; }
.chip[data-sentiment], .chip[data-count] { flex: none; }
.chip[data-count] { padding: 0 10px; background: var(--accent-soft); color: var(--accent); }
.chip-word { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip[data-sentiment="negative"] { background: var(--bad-soft); color: var(--bad); }
.chip[data-sentiment="positive"] { background: var(--good-soft); color: var(--good); }
button.chip { padding-right: 7px; }
button.chip:hover, button.chip[aria-expanded="true"] { background: var(--accent-soft); color: var(--accent); }
.chip[data-unsure="true"] { background: transparent; border: 1px dashed var(--line-strong); color: var(--ink-2);
  font-weight: 500; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { flex: 1; min-height: 0; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 6px; padding: 16px 36px; text-align: center; overflow: hidden; }
.empty-icon { display: grid; place-items: center; width: 56px; height: 56px; margin-bottom: 8px; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent); }
.empty-title { font-size: 15px; font-weight: 600; }
.empty-hint { color: var(--ink-2); font-size: 13px; line-height: 18px; text-wrap: balance; }
.notice { flex: none; display: flex; align-items: center; gap: 8px; height: 46px; margin: 0 12px; padding: 0 12px;
  border-radius: 10px; font-size: 13px; line-height: 17px; font-weight: 500; }
.notice[data-tone="good"] { background: var(--good-soft); color: var(--good); }
.notice[data-tone="bad"] { background: var(--bad-soft); color: var(--bad); }
.notice[data-tone="warn"] { background: var(--warn-soft); color: var(--warn); }
.foot { flex: none; display: flex; align-items: center; justify-content: center; gap: 6px; height: 34px;
  color: var(--ink-2); font-size: 12px; font-weight: 500; }
`, SLOTS2 = `
.slots { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: 8px;
  padding: 2px 12px 8px; overflow: hidden; }
.slot { position: relative; display: flex; flex-direction: column; gap: 4px; min-height: 0; min-width: 0;
  padding: 8px 8px 10px 12px; border-radius: 12px; background: var(--paper); border: 1px solid var(--line);
  box-shadow: var(--shadow); overflow: hidden; }
.slot[data-origin="draft"] { contain: size; }
.slot[data-phase="waiting"], .slot[data-phase="streaming"], .slot[data-phase="none"] { border-style: dashed;
  border-color: var(--line-strong); box-shadow: none; cursor: default; }
.slot[data-phase="ready"]:hover { border-color: var(--accent-line); background: var(--accent-soft); }
.slot[data-phase="ready"]:active { border-color: var(--accent); }
.slot[data-pending="true"] { border-color: var(--accent-line); background: var(--accent-soft); }
.slot-head { flex: none; display: flex; align-items: center; gap: 8px; height: 24px; }
.slot-origin { flex: 1; min-width: 0; display: flex; align-items: center; gap: 5px; color: var(--ink-2);
  font-size: 12px; line-height: 16px; font-weight: 500; }
.slot[data-origin="draft"] .slot-origin { color: var(--accent); }
.slot-source { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.slot-busy { flex: none; color: var(--ink-2); font-weight: 400; }
.key { flex: none; height: 22px; padding: 0 7px; border: 1px solid var(--line-strong); border-bottom-width: 2px;
  border-radius: 6px; background: var(--ground); color: var(--ink-2); font: inherit; font-size: 11px; line-height: 18px;
  font-weight: 600; white-space: nowrap; }
.slot[data-phase="waiting"] .key, .slot[data-phase="streaming"] .key, .slot[data-phase="none"] .key { display: none; }
.slot-text { flex: 0 1 auto; min-height: 0; overflow: hidden; white-space: pre-wrap; overflow-wrap: anywhere;
  padding-right: 4px; }
.slot-text[data-clipped="true"] { -webkit-mask-image: linear-gradient(#000 calc(100% - 44px), transparent calc(100% - 16px));
  mask-image: linear-gradient(#000 calc(100% - 44px), transparent calc(100% - 16px)); }
.slot-more { position: absolute; inset-inline-start: 10px; bottom: 6px; display: flex; align-items: center; gap: 5px;
  padding: 0 4px; color: var(--accent); font-size: 12px; line-height: 18px; font-weight: 600; }
.blank { padding: 0 4px; border-radius: 5px; background: var(--warn-soft); color: var(--warn); font-weight: 600;
  box-shadow: inset 0 0 0 1px var(--warn-line); }
.slot-none { color: var(--ink-2); }
/* The room stays reserved, so that nothing moves; only the frame draws back. */
.slot[data-origin="draft"][data-phase="none"] { align-self: start; height: 76px; }
.slot[data-reading="true"] { border-color: var(--accent-line); }
.slot[data-reading="true"] .slot-text { flex: 1; overflow-y: auto; overscroll-behavior: contain; mask-image: none;
  -webkit-mask-image: none; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.reading { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 8px; height: 28px;
  color: var(--ink-2); font-size: 12px; }
.plain { display: flex; align-items: center; gap: 4px; height: 28px; padding: 0 8px 0 2px; border-radius: 8px;
  color: var(--accent); font-size: 13px; font-weight: 600; }
.plain:hover { background: var(--accent-soft); }
.caret { display: inline-block; width: 2px; height: 15px; margin-left: 2px; vertical-align: -2px; border-radius: 1px;
  background: var(--accent-line); animation: blink 1s steps(2, jump-none) infinite; }
.bones { display: flex; flex-direction: column; gap: 9px; padding-top: 6px; }
.bones i { height: 10px; border-radius: 5px; background: var(--bone); animation: pulse 1.6s steps(5) infinite; }
.bones i:nth-child(1) { width: 92%; }
.bones i:nth-child(2) { width: 78%; animation-delay: .15s; }
.bones i:nth-child(3) { width: 46%; animation-delay: .3s; }
@keyframes pulse { 50% { opacity: .4; } }
@keyframes blink { from { opacity: 1; } to { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .slot, .chip, .key, .notice, .blank { border: 1px solid CanvasText; }
  .intents-choice[data-active="true"] { outline: 2px solid Highlight; outline-offset: -2px; } }
`, INTENTS = `
.intents { flex: none; position: relative; height: 0; z-index: 2; }
.intents-box { position: absolute; inset: -4px 12px auto; display: flex; flex-direction: column;
  max-height: min(460px, calc(100vh - 200px)); border: 1px solid var(--line-strong); border-radius: 12px;
  background: var(--paper); box-shadow: var(--shadow-high); overflow: hidden; }
.intents-query { flex: none; display: flex; align-items: center; height: 38px; padding: 0 14px;
  border-bottom: 1px solid var(--line); font-size: 13px; }
.intents-query span { overflow: hidden; text-overflow: ellipsis; white-space: pre; }
.intents-query[data-empty="true"] { flex-direction: row-reverse; justify-content: flex-end; gap: 3px;
  color: var(--ink-2); }
.intents-all { flex: 1; min-height: 0; padding: 0 6px 6px; overflow-y: auto; overscroll-behavior: contain;
  scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.intents-title { padding: 8px 8px 2px; color: var(--ink-2); font-size: 11px; line-height: 16px; font-weight: 600; }
.intents-choice { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 32px; padding: 5px 8px;
  border-radius: 8px; font-size: 13px; line-height: 17px; }
.intents-choice span { flex: 1; min-width: 0; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical;
  -webkit-line-clamp: 2; overflow: hidden; }
.intents-choice[aria-selected="true"] { font-weight: 600; }
.intents-choice[data-active="true"] { background: var(--accent-soft); }
.intents-choice .glyph { color: var(--accent); }
.intents-none { padding: 14px 8px; color: var(--ink-2); font-size: 13px; }
`, MODES = `
.card[data-mode="column"], .card[data-mode="rail"] { border-inline-start: 1px solid var(--line); }
.card[data-mode="strip"], .card[data-mode="bar"] { border-top: 1px solid var(--line); }
.card[data-mode="rail"] .head { flex-direction: column; height: auto; padding: 12px 0 8px; }
.card[data-mode="rail"] .head-words, .card[data-mode="rail"] .chip[data-intent],
.card[data-mode="rail"] .chip-word { display: none; }
.card[data-mode="rail"] .context { display: flex; justify-content: center; padding: 4px 0; }
.card[data-mode="rail"] .mood { flex-direction: column; }
.card[data-mode="rail"] .chip { width: 32px; height: 32px; padding: 0; justify-content: center; border-radius: 50%; }
.card[data-mode="bar"] { flex-direction: row; align-items: center; }
.card[data-mode="bar"] .head { order: 2; height: 44px; padding: 0 8px 0 14px; flex: 1; }
.card[data-mode="bar"] .context { order: 3; display: flex; padding: 0 12px; max-width: 60%; }
.card[data-mode="bar"] .mark { width: 26px; height: 26px; }
.card[data-mode="bar"] .head-words { display: flex; align-items: baseline; gap: 10px; }
.card[data-mode="strip"] { display: grid; grid-template: "head main" 54px "mood main" 1fr "foot main" 26px / 208px 1fr; }
.card[data-mode="strip"] .head { grid-area: head; height: 54px; padding: 0 4px 0 12px; gap: 8px; }
.card[data-mode="strip"] .head-words { padding-inline-end: 26px; }
.card[data-mode="strip"] .tool { width: 28px; height: 28px; }
.card[data-mode="strip"] .context { grid-area: mood; display: block; padding: 2px 8px 0 12px; }
.card[data-mode="strip"] .context-title { display: none; }
.card[data-mode="strip"] .mood { flex-direction: column; align-items: flex-start; gap: 5px; }
.card[data-mode="strip"] .chip { height: 26px; max-width: 100%; font-size: 12px; }
.card[data-mode="strip"] .context .tool { position: absolute; top: 13px; inset-inline-start: 148px; }
.card[data-mode="strip"] .slots, .card[data-mode="strip"] .empty { grid-area: main; }
.card[data-mode="strip"] .slots { padding: 8px 10px 8px 0; }
.card[data-mode="strip"] .slot { padding: 4px 6px 6px 10px; gap: 2px; font-size: 13px; line-height: 18px; }
.card[data-mode="strip"] .intents { grid-area: main; height: auto; }
.card[data-mode="strip"] .intents-box { inset: 8px 10px 8px 0; max-height: none; }
.card[data-mode="strip"] .intents-query { height: 30px; }
.card[data-mode="strip"] .intents-group { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 4px; }
.card[data-mode="strip"] .intents-title { padding: 4px 4px 4px 8px; }
.card[data-mode="strip"] .intents-choice { width: auto; max-width: 100%; min-height: 26px; padding: 2px 8px; }
.card[data-mode="strip"] .reading { flex-direction: column; align-items: flex-start; justify-content: start;
  width: 96px; height: auto; padding-top: 4px; }
.card[data-mode="strip"] .empty-icon { display: none; }
.card[data-mode="strip"] .notice { grid-area: mood; margin: 0 8px; padding: 0 8px; height: auto; z-index: 1;
  font-size: 12px; line-height: 15px; }
.card[data-mode="strip"] .notice[data-tone="none"] { display: none; }
/* In the strip a notice stands over the chips, and the corrected one is what the person wants to see: it says enough. */
.card[data-mode="strip"] .notice[data-code="corrected"] { position: absolute; clip-path: inset(50%); }
.card[data-mode="strip"] .foot { grid-area: foot; height: 26px; justify-content: flex-start; padding-left: 14px; }
`, LOW = `
.card[data-low="true"] .head { height: 54px; }
.card[data-low="true"] .context { grid-template: "mood" 28px / 1fr; padding-bottom: 8px; }
.card[data-low="true"] .context-title { display: none; }
.card[data-low="true"] .context .tool { position: absolute; top: 9px; inset-inline-end: 44px; width: 36px; height: 36px; }
.card[data-low="true"] .head { padding-inline-end: 8px; }
.card[data-low="true"] .head-words { padding-inline-end: 36px; }
.card[data-low="true"] .notice { position: absolute; inset: auto 12px 3px; margin: 0; height: 36px; z-index: 1; }
.card[data-low="true"] .foot { height: 40px; }
.card[data-low="true"] .notice[data-tone="none"] { display: none; }
`;
  function cardSheets(doc) {
    let Sheet = doc.defaultView?.CSSStyleSheet ?? CSSStyleSheet, sheet = new Sheet();
    return sheet.replaceSync(THEME + BASE + SLOTS2 + INTENTS + MODES + LOW), [sheet];
  }

  // userscript/src/overlay/texts.en.ts
  var EN = {
    region: "Balcão: suggested replies",
    openChat: {
      title: "No chat open",
      hint: "Open a chat to see how the customer feels, what they want, and what to answer."
    },
    quiet: {
      title: "All caught up here",
      hint: "Suggestions appear as soon as the customer writes."
    },
    nothingFound: {
      title: "No suggestion for this message",
      hint: "None of the saved replies fits it. Write your own."
    },
    dismissed: {
      title: "Suggestions dismissed",
      hint: "They come back with the customer's next message."
    },
    lastMessage: "Last message",
    suggestions: "Suggested replies",
    sentiment: { negative: "Negative", neutral: "Neutral", positive: "Positive" },
    intent: {
      greeting: "Greeting",
      price: "Price",
      product_question: "Product question",
      purchase: "Purchase",
      stock: "Stock",
      order_status: "Order status",
      delivery: "Delivery",
      complaint: "Complaint",
      technical_support: "Technical support",
      payment: "Payment",
      boleto_pix: "Boleto or Pix",
      cancellation: "Cancellation",
      exchange_refund: "Exchange or refund",
      scheduling: "Scheduling",
      store_info: "Address and hours",
      account_data: "Account details",
      thanks: "Thanks",
      goodbye: "Goodbye",
      human_request: "Wants a person",
      small_talk: "Small talk",
      spam_scam: "Spam or scam",
      other: "Something else"
    },
    unsure: "Not sure",
    maybe: (intent) => `Maybe: ${intent}`,
    correct: "Correct the intent (Alt+4)",
    intentQuery: "Type to filter",
    intentNone: "No intent of that name",
    intentGroup: { likely: "Most likely", own: "Your company's", others: "Others" },
    mood: {
      label: "Mood of the chat",
      bad: "tense",
      calm: "calm",
      good: "good",
      better: "getting better",
      worse: "getting worse"
    },
    model: {
      waiting: "Connecting",
      loading: "Loading the model",
      ready: (name) => name ? `Ready · ${name}` : "Ready",
      off: "Saved replies only",
      failed: "Model unavailable · saved replies only"
    },
    life: {
      starting: { line: "Opening WhatsApp", hint: "Opening WhatsApp." },
      silent: {
        line: "The page does not answer",
        hint: "WhatsApp’s page does not answer. Balcão is going to open it again."
      },
      screen: {
        line: "No chats on the screen",
        hint: "WhatsApp does not show the chats: nothing is being recorded."
      },
      offline: { line: "WhatsApp is offline", hint: "No connection: no messages come in now." },
      reload: {
        line: "WhatsApp wants a reload",
        hint: "WhatsApp asks to reload the page. Nothing is recorded until then."
      },
      anchors: {
        line: "The page cannot be read",
        hint: "WhatsApp has changed and messages cannot be read. Tell your support."
      },
      composer: {
        line: "Message box not found",
        hint: "The message box cannot be found: replies cannot be inserted."
      },
      behind: {
        line: "A message could not be read",
        hint: "The list shows a message that is not found here. Scroll to the end."
      },
      missed: { line: "Reading the chat again", hint: "Something went unnoticed and was read again." },
      worn: {
        line: "WhatsApp changed; still working",
        hint: "WhatsApp changed parts of the page. It can still be read."
      },
      lost: { line: "Reading the chat again", hint: "Something was lost on the way and was read again." },
      slow: { line: "The computer is slow now", hint: "The computer is slow now." },
      clock: { line: "The computer’s clock jumped", hint: "The computer’s clock jumped: times may be wrong." },
      update: { line: "WhatsApp has a new version", hint: "WhatsApp has a new version." },
      restricted: {
        line: "Account restricted by WhatsApp",
        hint: "WhatsApp restricted the account: no new chats can be started."
      }
    },
    notice: {
      inserted: "The text is in the message box. Check it, then send.",
      fill_in: "The text is in the box. Fill in what stands in braces before you send.",
      corrected: "Noted. Balcão learns from it.",
      wrong_chat: "The chat changed. Nothing was inserted.",
      no_box: "This chat cannot be written to.",
      box_not_empty: "The box already holds your text. It was kept.",
      dialog_open: "Close the window that WhatsApp has open, then try again.",
      not_verified: "The text did not go in properly and was taken out. Try again.",
      copied: "Could not put it into the box: the reply was copied. Paste it with Ctrl+V.",
      not_copied: "Could not put it into the box, nor copy it. Nothing was inserted.",
      renewal: "WhatsApp has grown heavy and reopens in a minute. Send or copy.",
      stale: "This suggestion is out of date: a new message came in.",
      failed: "Something went wrong. Nothing was inserted."
    },
    unknownNotice: (code) => `Could not be done (${code}).`,
    youSend: "You send",
    readyReply: "Saved reply",
    learnedReply: "Sent before",
    passage: "Knowledge base",
    fillIn: "Fill in before you send",
    draft: "Draft",
    draftWaiting: "thinking…",
    draftWriting: "writing…",
    draftNone: "No draft for this message.",
    readWhole: "Read it all",
    readingHint: "Press again to insert",
    back: "Back",
    dismiss: "Dismiss (Esc)",
    minimise: "Minimise",
    open: "Open Balcão"
  };

  // userscript/src/overlay/texts.pt-br.ts
  var PT_BR = {
    region: "Balcão: sugestões de resposta",
    openChat: {
      title: "Nenhuma conversa aberta",
      hint: "Abra uma conversa para ver como o cliente está, o que ele quer e o que responder."
    },
    quiet: {
      title: "Tudo em dia por aqui",
      hint: "As sugestões aparecem assim que o cliente escrever."
    },
    nothingFound: {
      title: "Sem sugestão para esta mensagem",
      hint: "Nenhuma resposta pronta combina com ela. Escreva a sua."
    },
    dismissed: {
      title: "Sugestões dispensadas",
      hint: "Elas voltam com a próxima mensagem do cliente."
    },
    lastMessage: "Última mensagem",
    suggestions: "Sugestões de resposta",
    sentiment: { negative: "Negativo", neutral: "Neutro", positive: "Positivo" },
    intent: {
      greeting: "Saudação",
      price: "Preço",
      product_question: "Dúvida sobre produto",
      purchase: "Compra",
      stock: "Estoque",
      order_status: "Andamento do pedido",
      delivery: "Entrega",
      complaint: "Reclamação",
      technical_support: "Suporte técnico",
      payment: "Pagamento",
      boleto_pix: "Boleto ou Pix",
      cancellation: "Cancelamento",
      exchange_refund: "Troca ou reembolso",
      scheduling: "Agendamento",
      store_info: "Endereço e horário",
      account_data: "Dados cadastrais",
      thanks: "Agradecimento",
      goodbye: "Despedida",
      human_request: "Quer falar com uma pessoa",
      small_talk: "Conversa leve",
      spam_scam: "Spam ou golpe",
      other: "Outro assunto"
    },
    unsure: "Não sei ao certo",
    maybe: (intent) => `Talvez: ${intent}`,
    correct: "Corrigir a intenção (Alt+4)",
    intentQuery: "Digite para filtrar",
    intentNone: "Nenhuma intenção com esse nome",
    intentGroup: { likely: "Mais prováveis", own: "Da sua empresa", others: "Outras" },
    mood: {
      label: "Clima da conversa",
      bad: "tenso",
      calm: "tranquilo",
      good: "bom",
      better: "melhorando",
      worse: "piorando"
    },
    model: {
      waiting: "Conectando",
      loading: "Carregando o modelo",
      ready: (name) => name ? `Pronto · ${name}` : "Pronto",
      off: "Só respostas prontas",
      failed: "Modelo indisponível · só respostas prontas"
    },
    life: {
      starting: { line: "Abrindo o WhatsApp", hint: "Abrindo o WhatsApp." },
      silent: {
        line: "A página não responde",
        hint: "A página do WhatsApp não responde. O Balcão vai abri-la de novo."
      },
      screen: {
        line: "Sem conversas na tela",
        hint: "O WhatsApp não mostra as conversas: nada está sendo registrado."
      },
      offline: { line: "WhatsApp sem conexão", hint: "Sem conexão: nenhuma mensagem chega agora." },
      reload: {
        line: "O WhatsApp quer recarregar",
        hint: "O WhatsApp pede para recarregar a página. Até lá nada é registrado."
      },
      anchors: {
        line: "Não consigo ler a página",
        hint: "O WhatsApp mudou e não consigo ler as mensagens. Avise o suporte."
      },
      composer: {
        line: "Caixa de mensagem não encontrada",
        hint: "Não encontro a caixa de mensagem: não dá para inserir respostas."
      },
      behind: {
        line: "Há mensagem que não consegui ler",
        hint: "A lista mostra uma mensagem que não achei aqui. Role até o fim."
      },
      missed: { line: "Relendo a conversa", hint: "Algo passou despercebido e foi lido de novo." },
      worn: {
        line: "O WhatsApp mudou; ainda funciona",
        hint: "O WhatsApp mudou partes da página. Ainda consigo ler."
      },
      lost: { line: "Relendo a conversa", hint: "Algo se perdeu no caminho e foi lido de novo." },
      slow: { line: "Computador lento agora", hint: "O computador está lento agora." },
      clock: {
        line: "O relógio do computador mudou",
        hint: "O relógio do computador mudou: os horários podem estar errados."
      },
      update: { line: "WhatsApp com versão nova", hint: "O WhatsApp tem uma versão nova." },
      restricted: {
        line: "Conta com restrição do WhatsApp",
        hint: "O WhatsApp restringiu a conta: não dá para começar conversas novas."
      }
    },
    notice: {
      inserted: "Texto na caixa de mensagem. Confira e envie.",
      fill_in: "Texto na caixa. Antes de enviar, complete o que está entre chaves.",
      corrected: "Anotado: vou aprender com isso.",
      wrong_chat: "A conversa mudou. Nada foi inserido.",
      no_box: "Não dá para escrever nesta conversa.",
      box_not_empty: "A caixa já tem um texto seu. Ele foi mantido.",
      dialog_open: "Feche a janela aberta no WhatsApp e tente de novo.",
      not_verified: "O texto não entrou direito e foi retirado. Tente de novo.",
      copied: "Não consegui colocar na caixa: a resposta foi copiada. Cole com Ctrl+V.",
      not_copied: "Não consegui colocar na caixa nem copiar. Nada foi inserido.",
      renewal: "O WhatsApp ficou pesado e será reaberto em um minuto. Envie ou copie.",
      stale: "Esta sugestão já não vale: chegou mensagem nova.",
      failed: "Algo deu errado. Nada foi inserido."
    },
    unknownNotice: (code) => `Não foi possível concluir (${code}).`,
    youSend: "Você envia",
    readyReply: "Resposta pronta",
    learnedReply: "Resposta já enviada",
    passage: "Base",
    fillIn: "Complete antes de enviar",
    draft: "Rascunho",
    draftWaiting: "pensando…",
    draftWriting: "escrevendo…",
    draftNone: "Sem rascunho para esta mensagem.",
    readWhole: "Ler tudo",
    readingHint: "Aperte de novo para inserir",
    back: "Voltar",
    dismiss: "Dispensar (Esc)",
    minimise: "Recolher",
    open: "Abrir o Balcão"
  };

  // userscript/src/overlay/texts.ts
  function textsFor(lang) {
    return /^en(?:[-_]|$)/i.test(lang.trim()) ? EN : PT_BR;
  }

  // userscript/src/overlay/index.ts
  var NOTICE_MS = { good: 6e3, warn: 12e3 }, PENDING_MS = 4e3;
  function createOverlay(doc, send, lang, registry = createRegistry()) {
    let view = doc.defaultView, end = new AbortController(), host = doc.createElement("div"), root = host.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = cardSheets(doc);
    let dock = createDock(doc, registry), reports = createPaintReports(), state = EMPTY, noticeTimer, pendingTimer, texts = () => textsFor(lang() || "pt-BR");
    function draw() {
      let place2 = placeFor(view.innerWidth, view.innerHeight, state.minimised), shown2 = dock.stand(host, place2);
      state = { ...state, cramped: !shown2 || place2.mode === "bar" && !state.minimised };
      let tag = lang() || "pt-BR", look = { mode: place2.mode, low: isLow(view.innerHeight), dark: isDark(doc), lang: tag }, props = { state, texts: textsFor(tag), ...look, ...handlers };
      Q(k(Card, props), root), showActive(root);
      let next = measured(state, clippedSlots(root, state));
      next !== state && (state = next, Q(k(Card, { ...props, state }), root));
    }
    function become(next) {
      next !== state && (state = next, draw());
    }
    function report(tier) {
      let offer = shownOffer(state);
      !offer || reports.has(offer.id, tier) || afterPaint(view, () => {
        if (shownOffer(state)?.id !== offer.id || reports.has(offer.id, tier)) return;
        reports.add(offer.id, tier);
        let elapsed = Math.max(0, epochMs() - offer.seenMs);
        send({ kind: "painted", offer_id: offer.id, message_id: offer.messageId, tier, elapsed_ms: elapsed });
      });
    }
    function press(index, event, via) {
      if (!event.isTrusted) return !1;
      let result = pressed(state, index);
      return become(result.state), result.action === "insert" && (send({ kind: "picked", offer_id: result.offerId, slot: index, via }), clearTimeout(pendingTimer), pendingTimer = setTimeout(() => become({ ...state, pending: null }), PENDING_MS)), result.action !== "none";
    }
    function dismiss(event) {
      let offer = shownOffer(state);
      return !event.isTrusted || !offer ? !1 : state.reading !== null ? (become({ ...state, reading: null }), !0) : (become(dismissed(state)), send({ kind: "dismissed", offer_id: offer.id }), !0);
    }
    let correcting = createCorrecting({ state: () => state, become, texts, send }), handlers = {
      onCorrect: (event) => {
        correcting.toggle(event);
      },
      onChoose: correcting.choose,
      onPoint: correcting.point,
      onPress: (index, event) => {
        press(index, event, "click");
      },
      onDismiss: (event) => {
        dismiss(event);
      },
      onBack: (event) => {
        event.isTrusted && become({ ...state, reading: null });
      },
      onMinimise: (on, event) => {
        event.isTrusted && become(minimised(state, on));
      }
    };
    root.addEventListener("mousedown", (event) => event.preventDefault(), { signal: end.signal });
    for (let type of ["pointerdown", "mousedown", "mouseup", "pointerup", "click", "wheel"])
      host.addEventListener(type, (event) => event.stopPropagation(), { signal: end.signal, passive: !0 });
    listenForShortcuts(
      view,
      registry,
      {
        pick: (index, event) => press(index, event, "shortcut"),
        dismiss,
        correct: correcting.toggle,
        type: correcting.type
      },
      end.signal
    );
    let onOutside = (event) => {
      event.target !== host && correcting.close(event);
    };
    return view.addEventListener("pointerdown", onOutside, { capture: !0, signal: end.signal }), followAppearance(doc, draw, end.signal), view.addEventListener("resize", draw, { signal: end.signal }), dock.watch(host, draw, end.signal), draw(), {
      offer(command) {
        become(offered(state, command)), state.offer?.id === command.offer_id && report(0);
      },
      draft(command) {
        become(drafted(state, command)), state.offer?.id === command.offer_id && command.text.trim() && report(1);
      },
      clear: () => become(cleared(state)),
      notice({ code }) {
        become(noticed(state, code)), clearTimeout(noticeTimer);
        let wait = code === "inserted" || code === "corrected" ? NOTICE_MS.good : NOTICE_MS.warn;
        noticeTimer = setTimeout(() => become({ ...state, notice: null }), wait);
      },
      status: (command) => become(statusChanged(state, command)),
      chatChanged: (token) => become(chatChanged(state, token)),
      dispose() {
        end.abort(), clearTimeout(noticeTimer), clearTimeout(pendingTimer), dock.leave(), Q(null, root);
      }
    };
  }

  // userscript/src/overrides.ts
  function tryOverrides(doc, registry, overrides, lang) {
    let used = [], refused = {}, kept = {};
    registry.override(kept);
    for (let [name, selectors] of Object.entries(overrides)) {
      let wrong = faultOf(registry, name, selectors);
      if (wrong !== null) {
        refused[name] = wrong;
        continue;
      }
      let before = yieldOf(doc, registry, lang);
      registry.override({ ...kept, [name]: selectors });
      let worse = worseIn(before, yieldOf(doc, registry, lang)), rank = registry.find(name, doc)?.rank ?? null;
      if (worse.length > 0) refused[name] = `reads less than the built-in selectors: ${worse.join(", ")}`;
      else if (rank !== null && rank >= selectors.length)
        refused[name] = "matches nothing; a built-in selector does";
      else {
        kept = { ...kept, [name]: selectors }, used.push(name);
        continue;
      }
      registry.override(kept);
    }
    return { used, refused };
  }
  function faultOf(registry, name, selectors) {
    try {
      registry.selectors(name);
    } catch {
      return "there is no anchor of that name";
    }
    let odd = selectors.find((css) => !isUsable(css));
    return odd !== void 0 ? `not a selector: ${odd}` : selectors.length === 0 ? "no selectors" : null;
  }
  function yieldOf(doc, registry, lang) {
    let main = registry.find("conversation", doc)?.element, rows = main ? readRows(main, { registry, lang, now: null }) : [], read = rows.flatMap(({ id, row }) => id !== null && row ? [row] : []);
    return {
      ready: +(readScreen(doc, registry).state === "ready"),
      chats: readChats(doc, registry, lang, null).length,
      title: +(titleOf2(doc, registry) !== null),
      rows: new Set(rows.map(({ id }) => id)).size,
      kinds: read.filter(({ kind: kind2 }) => kind2 !== "unknown").length,
      directions: read.filter(({ direction }) => direction !== "unknown").length,
      texts: read.filter(({ text }) => text !== null).length,
      boxes: +(registry.find("composer", doc) !== null)
    };
  }
  function worseIn(before, after) {
    return Object.keys(before).filter((part) => after[part] < before[part]);
  }

  // userscript/src/main.ts
  function start(config) {
    let registry = createRegistry(), send = createBridge(), lang = () => document.documentElement?.lang || config.lang || null, answers = {
      inspect: () => inspect(document, registry, lang()),
      screen: () => readScreen(document, registry).state,
      checkUp: () => checkUp(document, registry, lang()),
      command: async () => {
      }
    };
    return config.watch === !1 || whenParsed(() => {
      send({ kind: "hello", script: "0.1.0", lang: lang(), zone: zoneOf() });
      let overlay = config.overlay === !1 ? null : createOverlay(document, send, () => lang() ?? "", registry), page = watch({
        doc: document,
        registry,
        send,
        lang,
        now: epochMs,
        pulseMs: config.pulse_ms,
        onChat: (chat) => overlay?.chatChanged(chat?.token ?? null)
      });
      answers.command = async (json) => {
        let result = await obey(JSON.parse(json));
        return result && JSON.stringify(result);
      };
      async function obey(command) {
        switch (command.kind) {
          case "insert":
            return insertReply(command, page.openChat, registry);
          case "offer":
            overlay?.offer(command);
            return;
          case "draft":
            overlay?.draft(command);
            return;
          case "clear":
            overlay?.clear();
            return;
          case "notice":
            overlay?.notice(command);
            return;
          case "status":
            overlay?.status(command);
            return;
          case "read":
            page.readAll();
            return;
          case "selectors":
            send({ kind: "selectors", ...tryOverrides(document, registry, command.overrides, lang()) }), page.readAll();
            return;
          case "echo":
            send({ kind: "echo", nonce: command.nonce });
            return;
          default:
            return command;
        }
      }
    }), answers;
  }
  function zoneOf() {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || null;
  }
  function whenParsed(run) {
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", run, { once: !0 }) : run();
  }
  window.top === window && globalThis.balcao === void 0 && (globalThis.balcao = start(globalThis.__balcaoConfig ?? {}));
})();
