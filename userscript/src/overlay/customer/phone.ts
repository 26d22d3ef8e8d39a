/** A number in E.164 as Brazilians read it: `(11) 90000-0012`; others with their country in front. */
export function sayPhone(phone: string): string {
  const own = /^\+55(\d{2})(\d{4,5})(\d{4})$/.exec(phone);
  if (own) return `(${own[1]}) ${own[2]}-${own[3]}`;
  return phone;
}
