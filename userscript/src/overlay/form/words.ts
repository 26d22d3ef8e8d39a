/** What the menu, the sheet of keys, the tour and the state of the capture say. */
import type { LifeReason } from "../../contract.gen";
import type { Action, Refusal } from "../shortcuts";
import type { Language } from "../texts";

export interface FormWords {
  settings: string;
  done: string;
  place: { name: string; right: string; left: string; bar: string };
  theme: { name: string; page: string; light: string; dark: string; contrast: string };
  size: { name: string; smaller: string; larger: string };
  language: { name: string; page: string };
  slash: { name: string; hint: string; on: string; off: string };
  capture: { name: string; pause: string; resume: string; paused: string };
  more: { keys: string; tour: string };
  keys: {
    title: string;
    change: string;
    press: string;
    reset: string;
    resetAll: string;
    action: Record<Action, string>;
    refused: Record<Refusal, (key: string) => string>;
  };
  state: { title: string; since: (time: string) => string; doing: string };
  /** What a person can do, by the reason why the capture is not live. */
  todo: Record<LifeReason | "live", string>;
  tour: {
    title: string;
    step: (now: number, all: number) => string;
    next: string;
    back: string;
    skip: string;
    end: string;
    /** A key stands as its action in braces. */
    steps: { title: string; text: string }[];
  };
}

const PT_BR: FormWords = {
  settings: "Ajustes",
  done: "Pronto",
  place: { name: "Lugar", right: "Direita", left: "Esquerda", bar: "Barra" },
  theme: { name: "Aparência", page: "Da página", light: "Claro", dark: "Escuro", contrast: "Contraste" },
  size: { name: "Tamanho", smaller: "Diminuir", larger: "Aumentar" },
  language: { name: "Idioma", page: "Da página" },
  slash: {
    name: "Respostas prontas com /",
    hint: "Digite / na caixa de mensagem para ver a lista.",
    on: "Ligado",
    off: "Desligado",
  },
  capture: {
    name: "Captura",
    pause: "Pausar a captura",
    resume: "Continuar",
    paused: "Captura pausada por você: nada é registrado.",
  },
  more: { keys: "Atalhos do teclado", tour: "Ver o tour de novo" },
  keys: {
    title: "Atalhos",
    change: "Mudar",
    press: "Aperte as teclas…",
    reset: "Voltar ao usual",
    resetAll: "Voltar todos ao usual",
    action: {
      pick1: "Inserir a 1ª sugestão",
      pick2: "Inserir a 2ª sugestão",
      pick3: "Inserir a 3ª sugestão",
      correct: "Corrigir a intenção",
      edit: "Editar o rascunho antes",
      accept: "Aceitar com a caixa vazia",
      dismiss: "Dispensar as sugestões",
      enter: "Ir ao cartão e voltar",
      help: "Mostrar estes atalhos",
    },
    refused: {
      whatsapp: (key) => `${key} já é do WhatsApp. Escolha outra.`,
      browser: (key) => `${key} já é do navegador. Escolha outra.`,
      ours: (key) => `${key} já faz outra coisa no Balcão.`,
      plain: (key) => `${key} não serve: use Alt com outra tecla.`,
    },
  },
  state: { title: "Estado da captura", since: (time) => `Desde ${time}`, doing: "O que fazer" },
  todo: {
    live: "Nada: as mensagens estão sendo lidas e guardadas nesta máquina.",
    starting: "Espere um momento: o WhatsApp ainda está abrindo.",
    silent: "Espere: o Balcão abre a página de novo sozinho.",
    screen: "Olhe a tela do WhatsApp e faça o que ela pede.",
    offline: "Confira a internet do computador e do celular.",
    paused: "Aperte Continuar quando quiser. O que estiver na tela será lido de novo.",
    reload: "Recarregue a página quando terminar de escrever.",
    anchors: "Avise o suporte: o WhatsApp mudou a página.",
    behind: "Role a conversa até o fim.",
    composer: "Dá para ler, mas não inserir. Copie a resposta e avise o suporte.",
    missed: "Nada: já foi lido de novo.",
    worn: "Nada por agora. Avise o suporte quando puder.",
    lost: "Nada: já foi lido de novo.",
    slow: "Feche o que não usa. Nada se perdeu.",
    clock: "Confira a hora do computador.",
    update: "Atualize o WhatsApp quando for bom para você.",
    restricted: "Responda só a quem escreveu primeiro, e espere.",
  },
  tour: {
    title: "Conheça o Balcão",
    step: (now, all) => `Passo ${now} de ${all}`,
    next: "Próximo",
    back: "Voltar",
    skip: "Pular",
    end: "Começar",
    steps: [
      {
        title: "Sugestões, e você envia",
        text: "Quando o cliente escreve, aparecem até três respostas. Clique, ou use {pick1} a {pick3}: o texto vai para a caixa. Quem envia é sempre você.",
      },
      {
        title: "Respostas prontas com /",
        text: "Digite / na caixa de mensagem e algumas letras. As setas escolhem, Enter insere, Esc fecha.",
      },
      {
        title: "Cliente e fila",
        text: "Numa aba, quem é o cliente e o que ficou combinado. Na outra, quem espera há mais tempo.",
      },
      {
        title: "Estado e pausa",
        text: "No alto você vê se as mensagens estão sendo lidas. Em Ajustes dá para pausar, mudar de lugar e trocar os atalhos.",
      },
    ],
  },
};

const EN: FormWords = {
  settings: "Settings",
  done: "Done",
  place: { name: "Place", right: "Right", left: "Left", bar: "Bar" },
  theme: { name: "Appearance", page: "The page’s", light: "Light", dark: "Dark", contrast: "Contrast" },
  size: { name: "Size", smaller: "Smaller", larger: "Larger" },
  language: { name: "Language", page: "The page’s" },
  slash: {
    name: "Saved replies with /",
    hint: "Type / in the message box to see the list.",
    on: "On",
    off: "Off",
  },
  capture: {
    name: "Capture",
    pause: "Pause the capture",
    resume: "Go on",
    paused: "You have paused the capture: nothing is recorded.",
  },
  more: { keys: "Keyboard shortcuts", tour: "See the tour again" },
  keys: {
    title: "Shortcuts",
    change: "Change",
    press: "Press the keys…",
    reset: "Back to the usual one",
    resetAll: "Back to all the usual ones",
    action: {
      pick1: "Insert the 1st suggestion",
      pick2: "Insert the 2nd suggestion",
      pick3: "Insert the 3rd suggestion",
      correct: "Correct the intent",
      edit: "Edit the draft first",
      accept: "Accept, if the box is empty",
      dismiss: "Dismiss the suggestions",
      enter: "To the card and back",
      help: "Show these shortcuts",
    },
    refused: {
      whatsapp: (key) => `${key} is WhatsApp’s. Choose another one.`,
      browser: (key) => `${key} is the browser’s. Choose another one.`,
      ours: (key) => `${key} does something else in Balcão.`,
      plain: (key) => `${key} will not do: use Alt with another key.`,
    },
  },
  state: { title: "State of the capture", since: (time) => `Since ${time}`, doing: "What to do" },
  todo: {
    live: "Nothing: messages are read and kept on this machine.",
    starting: "Wait a moment: WhatsApp is still opening.",
    silent: "Wait: Balcão opens the page again by itself.",
    screen: "Look at WhatsApp’s screen and do what it asks.",
    offline: "Check the connection of the computer and of the phone.",
    paused: "Press Go on whenever you like. What is on the screen will be read again.",
    reload: "Reload the page when you have finished writing.",
    anchors: "Tell your support: WhatsApp has changed its page.",
    behind: "Scroll the chat to its end.",
    composer: "It reads, but cannot insert. Copy the reply, and tell your support.",
    missed: "Nothing: it has been read again.",
    worn: "Nothing for now. Tell your support when you can.",
    lost: "Nothing: it has been read again.",
    slow: "Close what you do not use. Nothing was lost.",
    clock: "Check the computer’s time.",
    update: "Update WhatsApp when it suits you.",
    restricted: "Answer only those who wrote first, and wait.",
  },
  tour: {
    title: "Meet Balcão",
    step: (now, all) => `Step ${now} of ${all}`,
    next: "Next",
    back: "Back",
    skip: "Skip",
    end: "Begin",
    steps: [
      {
        title: "Suggestions, and you send",
        text: "When the customer writes, up to three replies appear. Click, or use {pick1} to {pick3}: the text goes into the box. It is always you who sends.",
      },
      {
        title: "Saved replies with /",
        text: "Type / in the message box and some letters. The arrows choose, Enter inserts, Esc closes.",
      },
      {
        title: "Customer and queue",
        text: "In one tab, who the customer is and what was agreed. In the other, who has waited longest.",
      },
      {
        title: "State and pause",
        text: "At the top you see whether messages are being read. In Settings you can pause, move the card and change the keys.",
      },
    ],
  },
};

const ES: FormWords = {
  settings: "Ajustes",
  done: "Listo",
  place: { name: "Lugar", right: "Derecha", left: "Izquierda", bar: "Barra" },
  theme: { name: "Apariencia", page: "De la página", light: "Claro", dark: "Oscuro", contrast: "Contraste" },
  size: { name: "Tamaño", smaller: "Más pequeño", larger: "Más grande" },
  language: { name: "Idioma", page: "De la página" },
  slash: {
    name: "Respuestas guardadas con /",
    hint: "Escribe / en el cuadro de mensaje para ver la lista.",
    on: "Activado",
    off: "Desactivado",
  },
  capture: {
    name: "Captura",
    pause: "Pausar la captura",
    resume: "Continuar",
    paused: "Pausaste la captura: no se registra nada.",
  },
  more: { keys: "Atajos de teclado", tour: "Ver el recorrido otra vez" },
  keys: {
    title: "Atajos",
    change: "Cambiar",
    press: "Pulsa las teclas…",
    reset: "Volver al habitual",
    resetAll: "Volver todos al habitual",
    action: {
      pick1: "Insertar la 1.ª sugerencia",
      pick2: "Insertar la 2.ª sugerencia",
      pick3: "Insertar la 3.ª sugerencia",
      correct: "Corregir la intención",
      edit: "Editar antes el borrador",
      accept: "Aceptar con el cuadro vacío",
      dismiss: "Descartar las sugerencias",
      enter: "Ir a la tarjeta y volver",
      help: "Mostrar estos atajos",
    },
    refused: {
      whatsapp: (key) => `${key} ya es de WhatsApp. Elige otra.`,
      browser: (key) => `${key} ya es del navegador. Elige otra.`,
      ours: (key) => `${key} ya hace otra cosa en Balcão.`,
      plain: (key) => `${key} no sirve: usa Alt con otra tecla.`,
    },
  },
  state: { title: "Estado de la captura", since: (time) => `Desde las ${time}`, doing: "Qué hacer" },
  todo: {
    live: "Nada: los mensajes se leen y se guardan en este equipo.",
    starting: "Espera un momento: WhatsApp todavía se está abriendo.",
    silent: "Espera: Balcão abre la página de nuevo por sí solo.",
    screen: "Mira la pantalla de WhatsApp y haz lo que pide.",
    offline: "Revisa la conexión del equipo y del teléfono.",
    paused: "Pulsa Continuar cuando quieras. Lo que esté en pantalla se leerá de nuevo.",
    reload: "Recarga la página cuando termines de escribir.",
    anchors: "Avisa a soporte: WhatsApp cambió la página.",
    behind: "Baja hasta el final del chat.",
    composer: "Se puede leer, pero no insertar. Copia la respuesta y avisa a soporte.",
    missed: "Nada: ya se leyó de nuevo.",
    worn: "Nada por ahora. Avisa a soporte cuando puedas.",
    lost: "Nada: ya se leyó de nuevo.",
    slow: "Cierra lo que no uses. No se perdió nada.",
    clock: "Revisa la hora del equipo.",
    update: "Actualiza WhatsApp cuando te venga bien.",
    restricted: "Responde solo a quien escribió primero, y espera.",
  },
  tour: {
    title: "Conoce Balcão",
    step: (now, all) => `Paso ${now} de ${all}`,
    next: "Siguiente",
    back: "Volver",
    skip: "Saltar",
    end: "Empezar",
    steps: [
      {
        title: "Sugerencias, y tú envías",
        text: "Cuando el cliente escribe, aparecen hasta tres respuestas. Haz clic, o usa {pick1} a {pick3}: el texto va al cuadro. Quien envía siempre eres tú.",
      },
      {
        title: "Respuestas guardadas con /",
        text: "Escribe / en el cuadro de mensaje y algunas letras. Las flechas eligen, Enter inserta, Esc cierra.",
      },
      {
        title: "Cliente y cola",
        text: "En una pestaña, quién es el cliente y qué se acordó. En la otra, quién espera hace más tiempo.",
      },
      {
        title: "Estado y pausa",
        text: "Arriba ves si los mensajes se están leyendo. En Ajustes puedes pausar, mover la tarjeta y cambiar los atajos.",
      },
    ],
  },
};

export const FORM: Readonly<Record<Language, FormWords>> = { "pt-BR": PT_BR, en: EN, es: ES };
