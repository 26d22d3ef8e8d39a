/** A CPF or a card in what the person writes: by their check digits. Pure; what is looked at stays here. */

export type PersonalNumber = "cpf" | "card";

/** Digits in any usual grouping. What stands around it decides: a part of a longer number is none. */
const CPF = /(?<![\d.,/-])(?:\d{3}\.?\d{3}\.?\d{3}[-/ ]?\d{2}|\d{3} \d{3} \d{3} \d{2})(?![\d-]|[.,]\d)/g;
const CARD = /(?<![\d.,/-])\d(?:[ .-]?\d){12,18}(?![\d]|[.,-]\d)/g;
/** By the length: as `agent/identifiers/payments.py`. */
const CARD_BEGINS: Readonly<Record<number, RegExp>> = {
  13: /^4/,
  14: /^30[0-5]|^3[689]/,
  15: /^3[47]/,
  16: /^(?:4|5[0-8]|6|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|35|3841)/,
  19: /^[46]/,
};
const CARD_GROUPS = /^(?:\d{13,19}|(?:\d{4}[ .-]){3}\d{4}(?:[ .-]\d{3})?|\d{4}[ .-]\d{6}[ .-]\d{4,5})$/;
/** Eleven bare digits are a telephone number as often; behind these words they are an order's. */
const OTHER_BEFORE =
  /(?:pedido|protocolo|rastre\w*|c[oó]digo|nota|contrato|#|tel\w*|fone|cel\w*|zap\w*|whats\w*|wpp)\W{0,12}$/i;
const LOOK_BEFORE = 40;
/** What one looks for stands in a message, not in a book. */
const LONGEST = 20_000;

/** Which of them a text holds, each once. */
export function numbersIn(text: string): readonly PersonalNumber[] {
  const seen = text
    .slice(0, LONGEST)
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-");
  const found: PersonalNumber[] = [];
  if ([...seen.matchAll(CPF)].some((match) => isCpf(match, seen))) found.push("cpf");
  if ([...seen.matchAll(CARD)].some(([written]) => isCard(written))) found.push("card");
  return found;
}

function isCpf(match: RegExpExecArray, text: string): boolean {
  const digits = match[0].replace(/\D/g, "");
  if (!hasCpfDigits(digits)) return false;
  const before = text.slice(Math.max(0, match.index - LOOK_BEFORE), match.index);
  return match[0] !== digits || (!OTHER_BEFORE.test(before) && !before.endsWith("+"));
}

/** Eleven digits whose last two follow from the others; the same digit eleven times is nobody's. */
export function hasCpfDigits(digits: string): boolean {
  if (!/^\d{11}$/.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  return [9, 10].every((length) => {
    let sum = 0;
    for (let at = 0; at < length; at += 1) sum += Number(digits[at]) * (length + 1 - at);
    return ((sum * 10) % 11) % 10 === Number(digits[length]);
  });
}

function isCard(written: string): boolean {
  const digits = written.replace(/\D/g, "");
  return (
    CARD_GROUPS.test(written) && (CARD_BEGINS[digits.length]?.test(digits) ?? false) && hasLuhnDigit(digits)
  );
}

/** The check digit of cards. */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const value = Number(digits[digits.length - 1 - at]) * (at % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
