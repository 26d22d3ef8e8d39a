/** The words of the suggestions' own controls. */
import type { Language } from "../texts";
import type { Reason } from "./state";

export interface SuggestionsWords {
  edit: string;
  /** Accessible name of the field. */
  field: string;
  insert: string;
  leave: string;
  thumb: string;
  why: string;
  reason: Record<Reason, string>;
  refused: string;
  /** How sure the agent is: few, some, very. */
  sure: readonly [string, string, string];
}

export const SUGGESTIONS_WORDS: Record<Language, SuggestionsWords> = {
  "pt-BR": {
    edit: "Editar antes de inserir",
    field: "Texto da resposta",
    insert: "Inserir",
    leave: "Voltar",
    thumb: "Não serve",
    why: "Por que não serve?",
    reason: { wrong: "Errada", tone: "Tom", outdated: "Desatualizada", other: "Outro" },
    refused: "Não vou sugerir de novo aqui.",
    sure: ["Confiança baixa", "Confiança média", "Confiança alta"],
  },
  en: {
    edit: "Edit before inserting",
    field: "Text of the reply",
    insert: "Insert",
    leave: "Back",
    thumb: "No good",
    why: "Why is it no good?",
    reason: { wrong: "Wrong", tone: "Tone", outdated: "Outdated", other: "Other" },
    refused: "I will not suggest it here again.",
    sure: ["Low confidence", "Medium confidence", "High confidence"],
  },
  es: {
    edit: "Editar antes de insertar",
    field: "Texto de la respuesta",
    insert: "Insertar",
    leave: "Volver",
    thumb: "No sirve",
    why: "¿Por qué no sirve?",
    reason: { wrong: "Incorrecta", tone: "Tono", outdated: "Desactualizada", other: "Otro" },
    refused: "No la volveré a sugerir aquí.",
    sure: ["Confianza baja", "Confianza media", "Confianza alta"],
  },
};
