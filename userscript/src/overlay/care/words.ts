/** What the cautions say: what was seen, and what to do. Never what somebody means by it. */
import type { CareCode } from "../../contract.gen";
import type { Language } from "../texts";
import type { PersonalNumber } from "./numbers";

/** Cautions about a conversation. */
export type ChatCare = "pix_changed" | "lookalike" | "dangerous_file" | "code_asked";

export interface CareWords {
  /** Accessible name of the list, and its heading. */
  name: string;
  title: string;
  seen: Record<ChatCare, { what: string; advice: string }>;
  more: (count: number) => string;
  details: string;
  noted: string;
  notedHint: string;
  all: string;
  close: string;
  sheetHint: string;
  typed: Record<PersonalNumber, string>;
  typedBoth: string;
  typedAdvice: string;
  /** In a suggestion. */
  reply: Record<CareCode, string>;
  again: string;
}

export const CARE: Readonly<Record<Language, CareWords>> = {
  "pt-BR": {
    name: "Avisos desta conversa",
    title: "Avisos",
    seen: {
      pix_changed: {
        what: "A chave PIX ou a conta mudou.",
        advice: "Confirme por outro canal antes de pagar.",
      },
      lookalike: {
        what: "Um link imita ou esconde um endereço.",
        advice: "Não abra. Digite você o endereço oficial.",
      },
      dangerous_file: {
        what: "Chegou um arquivo que pode ser perigoso.",
        advice: "Não abra sem confirmar com quem enviou.",
      },
      code_asked: {
        what: "Pediram um código, uma senha ou acesso.",
        advice: "Não informe. Na dúvida, ligue para um número conhecido.",
      },
    },
    more: (count) => `+${count}`,
    details: "Ver avisos",
    noted: "Entendi",
    notedHint: "Não mostrar mais este aviso",
    all: "Entendi todos",
    close: "Fechar (Esc)",
    sheetHint: "Balcão só diz o que viu. Pode haver um bom motivo: quem decide é você.",
    typed: {
      cpf: "Há um CPF na sua mensagem.",
      card: "Há um número de cartão na sua mensagem.",
    },
    typedBoth: "Há um CPF e um cartão na sua mensagem.",
    typedAdvice: "Confira antes de enviar.",
    reply: {
      pix_changed: "A chave PIX é outra",
      lookalike: "Um link imita um endereço",
      dangerous_file: "Aponta para um arquivo perigoso",
      code_asked: "Pede um código ou uma senha",
      unknown_number: "Tem um número que não está na conversa nem na base",
      unknown_link: "Tem um link que não está na conversa nem na base",
      personal_number: "Tem um CPF ou um cartão",
    },
    again: "Aperte de novo para inserir assim mesmo.",
  },
  en: {
    name: "Cautions about this chat",
    title: "Cautions",
    seen: {
      pix_changed: {
        what: "The PIX key or the account changed.",
        advice: "Confirm it through another channel before paying.",
      },
      lookalike: {
        what: "A link imitates or hides an address.",
        advice: "Do not open it. Type the official address yourself.",
      },
      dangerous_file: {
        what: "A file came that may be dangerous.",
        advice: "Do not open it before the sender has confirmed it.",
      },
      code_asked: {
        what: "Somebody asks for a code, a password or access.",
        advice: "Do not give it. When in doubt, call a number that you know.",
      },
    },
    more: (count) => `+${count}`,
    details: "See the cautions",
    noted: "Got it",
    notedHint: "Do not show this caution again",
    all: "Got all of them",
    close: "Close (Esc)",
    sheetHint: "Balcão only says what it saw. There may be a good reason: you decide.",
    typed: {
      cpf: "There is a CPF in your message.",
      card: "There is a card number in your message.",
    },
    typedBoth: "There are a CPF and a card in your message.",
    typedAdvice: "Check it before sending.",
    reply: {
      pix_changed: "The PIX key is another one",
      lookalike: "A link imitates an address",
      dangerous_file: "It leads to a dangerous file",
      code_asked: "It asks for a code or a password",
      unknown_number: "A number in it is neither in the chat nor in your base",
      unknown_link: "A link in it is neither in the chat nor in your base",
      personal_number: "It holds a CPF or a card number",
    },
    again: "Press again to insert it anyway.",
  },
  es: {
    name: "Avisos de esta conversación",
    title: "Avisos",
    seen: {
      pix_changed: {
        what: "La clave PIX o la cuenta cambió.",
        advice: "Confírmelo por otro canal antes de pagar.",
      },
      lookalike: {
        what: "Un enlace imita u oculta una dirección.",
        advice: "No lo abra. Escriba usted la dirección oficial.",
      },
      dangerous_file: {
        what: "Llegó un archivo que puede ser peligroso.",
        advice: "No lo abra sin confirmar con quien lo envió.",
      },
      code_asked: {
        what: "Piden un código, una contraseña o acceso.",
        advice: "No lo dé. Si duda, llame a un número conocido.",
      },
    },
    more: (count) => `+${count}`,
    details: "Ver avisos",
    noted: "Entendido",
    notedHint: "No mostrar más este aviso",
    all: "Entendidos todos",
    close: "Cerrar (Esc)",
    sheetHint: "Balcão solo dice lo que vio. Puede haber un buen motivo: usted decide.",
    typed: {
      cpf: "Hay un CPF en su mensaje.",
      card: "Hay un número de tarjeta en su mensaje.",
    },
    typedBoth: "Hay un CPF y una tarjeta en su mensaje.",
    typedAdvice: "Revíselo antes de enviar.",
    reply: {
      pix_changed: "La clave PIX es otra",
      lookalike: "Un enlace imita una dirección",
      dangerous_file: "Lleva a un archivo peligroso",
      code_asked: "Pide un código o una contraseña",
      unknown_number: "Tiene un número que no está en la conversación ni en la base",
      unknown_link: "Tiene un enlace que no está en la conversación ni en la base",
      personal_number: "Tiene un CPF o una tarjeta",
    },
    again: "Pulse otra vez para insertarla de todos modos.",
  },
};

/** What is said of a caution about a conversation; null for one that is about replies only. */
export function seenOf(words: CareWords, code: CareCode): { what: string; advice: string } | null {
  return code in words.seen ? words.seen[code as ChatCare] : null;
}
