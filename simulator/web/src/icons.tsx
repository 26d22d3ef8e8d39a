/** The page's symbols, drawn for the stand-in. The names are those that the real page puts into `svg > title`. */

const PATHS: Record<string, string> = {
  "wds-ic-read": "M1 9l4 4 8-9M8 12l1.5 1.5L18 4",
  "wds-ic-delivered": "M4 9l4 4 8-9",
  "ic-schedule": "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 6v4l3 2",
  search: "M9 3a6 6 0 1 0 0 12a6 6 0 1 0 0-12M13.5 13.5L18 18",
  more: "M10 4h.01M10 10h.01M10 16h.01",
  newchat: "M4 4h12v9H9l-4 4v-4H4zM10 6v5M7.500 8.500h5",
  video: "M3 6h10v8H3zM13 9l4-3v8l-4-3",
  plus: "M10 3v14M3 10h14",
  smile: "M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16M7 8h.01M13 8h.01M6.500 12q3.500 4 7 0",
  mic: "M10 3a2 2 0 0 0-2 2v5a2 2 0 0 0 4 0V5a2 2 0 0 0-2-2M5 9v1a5 5 0 0 0 10 0V9M10 15v3",
  send: "M3 4l14 6-14 6 2.500-6zM5.500 10H11",
  lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
  play: "M6 4l10 6-10 6z",
  document: "M5 2h7l4 4v12H5zM12 2v4h4",
  recalled: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M5 5l10 10",
  forward: "M11 5l6 5-6 5v-3Q5 11 3 16Q3 8 11 8z",
  image: "M3 4h14v12H3zM3 14l4-4 3 3 3-4 4 5M7 7h.01",
  chats: "M3 4h14v10H9l-4 3v-3H3z",
  status: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 7a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
  channels: "M4 13V7l9-4v14zM13 8q3 2 0 4M4 13l1 4h2l-.5-4",
  communities: "M6 6a2 2 0 1 0 .01 0M14 6a2 2 0 1 0 .01 0M2 16q0-5 4-5t4 5M10 16q0-5 4-5t4 5",
  contact: "M10 4a3 3 0 1 0 .01 0M4 17q0-6 6-6t6 6",
  location: "M10 18Q4 11 4 8a6 6 0 0 1 12 0q0 3-6 10M10 6a2 2 0 1 0 .01 0",
  sticker: "M4 3h12v9l-5 5H4zM11 17v-5h5",
  audio: "M7 14V4l9-2v10M7 14a2 2 0 1 1-4 0a2 2 0 1 1 4 0M16 12a2 2 0 1 1-4 0a2 2 0 1 1 4 0",
  chevron: "M5 8l5 5 5-5",
};

/** One symbol. With `title` the svg names itself, as the page's own status ticks do. */
export function Icon(props: {
  name: string;
  title?: string;
  size?: number;
  className?: string | undefined;
  fill?: boolean;
}) {
  const { name, title, size = 20, className, fill = false } = props;
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      className={className}
      aria-hidden={title ? undefined : true}
    >
      {title ? <title>{title}</title> : null}
      <path
        d={PATHS[name] ?? ""}
        fill={fill ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth={name === "more" ? 3 : 1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
