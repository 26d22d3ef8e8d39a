/** Inline SVG, drawn with `createElementNS` by Preact: no font, no file, nothing for the page's CSP to refuse. */
import type { ComponentChildren } from "preact";

function Glyph({ size = 20, children }: { size?: number; children: ComponentChildren }) {
  return (
    <svg
      class="glyph"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** The mark: the bell on a shop's counter. */
export function Mark() {
  return (
    <svg class="mark" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="32" height="32" rx="9" />
      <path class="mark-ink" d="M7.5 20.5a8.5 8.5 0 0 1 17 0z" />
      <circle class="mark-ink" cx="16" cy="9.6" r="1.9" />
      <rect class="mark-ink" x="6" y="22" width="20" height="2.6" rx="1.3" />
    </svg>
  );
}

const MOUTHS: Record<string, string> = {
  negative: "M8.2 16.2c.9-1.3 2.2-2 3.8-2s2.9.7 3.8 2",
  neutral: "M8.5 15.2h7",
  positive: "M8.2 14.2c.9 1.3 2.2 2 3.8 2s2.9-.7 3.8-2",
};

export function Face({ sentiment, size = 18 }: { sentiment: string; size?: number }) {
  return (
    <Glyph size={size}>
      <circle cx="12" cy="12" r="9" />
      <path d="M9 9.6v.4M15 9.6v.4" stroke-width="2.4" />
      <path d={MOUTHS[sentiment] ?? MOUTHS.neutral} />
    </Glyph>
  );
}

const SHAPES = {
  tag: "M4 12.2V5.5C4 4.7 4.7 4 5.5 4h6.7c.4 0 .8.2 1.1.4l6.3 6.3c.6.6.6 1.5 0 2.1l-6.7 6.7c-.6.6-1.5.6-2.1 0l-6.3-6.3a1.5 1.5 0 0 1-.5-1zM8.5 8.5h.01",
  library: "M6 4.5h12a1 1 0 0 1 1 1V20l-7-4-7 4V5.5a1 1 0 0 1 1-1z",
  history: "M4.5 12a7.5 7.5 0 1 0 2.6-5.700M4.5 4.500v4h4M12 8v4.300l2.8 1.700",
  book: "M12 6.500C10.500 5.300 8.500 4.800 5 4.800V18c3.500 0 5.500.5 7 1.700 1.500-1.200 3.500-1.700 7-1.700V4.800c-3.500 0-5.500.5-7 1.700zM12 6.500v13",
  draft:
    "M11 4l1.7 4.8a2 2 0 0 0 1.2 1.2L18.7 11.7l-4.8 1.7a2 2 0 0 0-1.2 1.2L11 19.4l-1.7-4.8a2 2 0 0 0-1.2-1.2L3.3 11.7 8.1 10a2 2 0 0 0 1.2-1.2zM18.5 3v4M20.5 5h-4",
  person: "M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4.8 20.2c.6-3.6 3.5-5.7 7.2-5.7s6.6 2.1 7.2 5.7",
  card: "M5.5 5.500h13A1.5 1.5 0 0 1 20 7v10a1.5 1.5 0 0 1-1.5 1.500h-13A1.5 1.5 0 0 1 4 17V7a1.5 1.5 0 0 1 1.5-1.500zM13.500 10h3.500M13.500 14h3.500M7 15.500c.3-1.300 1.200-2 2.200-2s1.900.7 2.200 2M9.200 11.200a1.400 1.400 0 1 0 0-2.800 1.400 1.400 0 0 0 0 2.800z",
  close: "M6.5 6.500l11 11M17.5 6.500l-11 11",
  foldRight: "M9.5 6l6 6-6 6",
  foldDown: "M6 9.500l6 6 6-6",
  back: "M14.5 6l-6 6 6 6",
  check: "M5 12.800l4.6 4.500L19 7.5",
  alert: "M12 8v5M12 16.400v.1M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  shield:
    "M12 3.500l7 2.500v5.500c0 4.300-2.900 7.400-7 9-4.100-1.600-7-4.700-7-9V6zM12 8.500v4M12 15.700v.1",
  clock: "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.500v4.700l3 1.800",
  hourglass: "M7 4h10M7 20h10M8.500 4v3.200L12 12l3.500-4.800V4M8.500 20v-3.200L12 12l3.500 4.800V20",
  queue:
    "M8.500 10.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19.500c.4-3.300 2.500-5.500 5.500-5.500s5.100 2.200 5.500 5.500M16 6.500h5M16 11h5M17.500 15.500H21",
  pencil:
    "M5 19l1-4L16.200 4.800a1.500 1.500 0 0 1 2.100 0l.9.9a1.500 1.500 0 0 1 0 2.100L9 18zM14.500 6.500l3 3",
  thumbDown:
    "M8 4.500h8.200c.8 0 1.500.5 1.700 1.300l1.500 5.500c.3 1.100-.5 2.200-1.700 2.200H13.500l.7 4.100c.2 1-.6 1.900-1.600 1.900-.5 0-.9-.3-1.100-.7L8 13.500M8 4.500v9M8 4.500H5.500A1 1 0 0 0 4.500 5.500v7a1 1 0 0 0 1 1H8",
  read: "M5 7h14M5 12h14M5 17h8",
  chat: "M5.5 5h13A1.5 1.5 0 0 1 20 6.500v9a1.5 1.5 0 0 1-1.5 1.500H11l-4.5 3.500V17h-1A1.5 1.5 0 0 1 4 15.500v-9A1.5 1.5 0 0 1 5.5 5z",
  gear: "M12 9.200a2.800 2.800 0 1 1 0 5.600 2.800 2.800 0 0 1 0-5.600zM10.700 3.800h2.600l.5 2.300 1.600.7 2-1.300 1.800 1.900-1.200 2 .7 1.500 2.300.5v2.600l-2.300.5-.7 1.600 1.300 2-1.900 1.800-2-1.200-1.500.7-.5 2.300h-2.600l-.5-2.300-1.600-.7-2 1.300-1.800-1.900 1.200-2-.7-1.500-2.300-.5v-2.600l2.300-.5.7-1.600-1.300-2 1.900-1.800 2 1.200 1.500-.7z",
  pause: "M8.500 5.500v13M15.500 5.500v13",
  play: "M8 5.300v13.400l10.500-6.700z",
  eye: "M3.500 12c2-4 5-6 8.500-6s6.500 2 8.500 6c-2 4-5 6-8.500 6s-6.500-2-8.500-6zM12 9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z",
  eyeOff:
    "M4 4l16 16M9.500 6.400A9 9 0 0 1 12 6c3.500 0 6.500 2 8.500 6a14 14 0 0 1-2.400 3.300M6.300 8A13 13 0 0 0 3.500 12c2 4 5 6 8.500 6 1.400 0 2.700-.3 3.900-.9",
  keyboard:
    "M4.500 6.500h15A1.500 1.500 0 0 1 21 8v8a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 16V8a1.500 1.500 0 0 1 1.500-1.500zM7 10.200h.01M10.300 10.200h.01M13.700 10.200h.01M17 10.200h.01M8 13.900h8",
  plus: "M12 5.500v13M5.500 12h13",
  minus: "M5.500 12h13",
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size }: { name: IconName; size?: number }) {
  return (
    <Glyph {...(size === undefined ? {} : { size })}>
      <path d={SHAPES[name]} />
    </Glyph>
  );
}
