/** Drawings made on the spot: emoji, photographs and stickers need no files. */
import { useEffect, useState } from "react";
import { hash } from "./identity";

const svg = (width: number, height: number, body: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`,
  )}`;

const emojiCache = new Map<string, string>();

/** An emoji as a picture, as the page shows it. */
export function emojiPicture(emoji: string): string {
  let picture = emojiCache.get(emoji);
  if (!picture) {
    picture = svg(64, 64, `<text x="32" y="53" font-size="52" text-anchor="middle">${emoji}</text>`);
    emojiCache.set(emoji, picture);
  }
  return picture;
}

/** A small landscape, different for every message, in place of a customer's photograph. */
export function photograph(id: string): string {
  const seed = hash(id);
  const hue = seed % 360;
  const sun = 60 + (seed % 180);
  return svg(
    320,
    240,
    `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 55% 62%)"/>` +
      `<stop offset="1" stop-color="hsl(${(hue + 40) % 360} 70% 85%)"/></linearGradient></defs>` +
      `<rect width="320" height="240" fill="url(#s)"/><circle cx="${sun}" cy="70" r="26" fill="#fff" opacity=".85"/>` +
      `<path d="M0 190 L80 ${110 + (seed % 40)} L150 180 L220 ${100 + (seed % 50)} L320 190 V240 H0Z" fill="hsl(${(hue + 150) % 360} 30% 42%)"/>` +
      `<path d="M0 210 Q90 ${170 + (seed % 30)} 180 208 T320 200 V240 H0Z" fill="hsl(${(hue + 150) % 360} 34% 30%)"/>`,
  );
}

/** The blurred first version of a photograph. */
export function thumbnail(id: string): string {
  const hue = hash(id) % 360;
  return svg(32, 24, `<rect width="32" height="24" fill="hsl(${hue} 35% 70%)"/>`);
}

export function stickerPicture(id: string): string {
  const hue = hash(id) % 360;
  return svg(
    160,
    160,
    `<circle cx="80" cy="84" r="62" fill="hsl(${hue} 75% 62%)" stroke="#fff" stroke-width="8"/>` +
      `<circle cx="58" cy="72" r="8" fill="#333"/><circle cx="102" cy="72" r="8" fill="#333"/>` +
      `<path d="M50 98 Q80 130 110 98" stroke="#333" stroke-width="7" fill="none" stroke-linecap="round"/>`,
  );
}

/** Soft, steady colours for the circles with initials. */
export function avatarColour(title: string): string {
  return `hsl(${hash(title) % 360} 38% 52%)`;
}

export function initials(title: string): string {
  const words = title.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")).toUpperCase();
}

/** A `blob:` address for a drawing, as the page has for every downloaded file. */
export function useBlob(dataUrl: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const body = decodeURIComponent(dataUrl.slice(dataUrl.indexOf(",") + 1));
    const made = URL.createObjectURL(new Blob([body], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [dataUrl]);
  return url;
}
