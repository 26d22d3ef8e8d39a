// Outlines in a replayed page what one difference is about, and says where to cut the picture.
// Runs in the page's own world, draws in a layer of its own, and is taken away again.
({ what, title, id, value, label, colour }) => {
  const LAYER = "balcao-mark";
  document.getElementById(LAYER)?.remove();
  const bare = (text) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  const found = () => {
    if (what === "row" || what === "window") {
      const rows = [...document.querySelectorAll("[data-id]")];
      return rows.find((row) => row.dataset.id === id) ?? rows.find((row) => row.dataset.id.includes(id));
    }
    if (what === "listed chat") {
      const name = [...document.querySelectorAll("span[title]")].find((span) => bare(span.title) === bare(title));
      return name?.closest('[role="row"], [role="listitem"], [role="gridcell"]') ?? name;
    }
    return what === "opened" ? document.querySelector("#main header, main header") : null;
  };
  // An emoji is a picture that was not recorded. Without a size its text is shown in its place, and no broken picture.
  for (const picture of document.images) {
    if (picture.alt && !picture.getAttribute("src")) picture.style.cssText = "width: auto; height: auto";
  }
  const subject = found();
  if (!subject) return null;
  subject.scrollIntoView({ block: "center", behavior: "instant" });
  const wanted = value && bare(value).slice(0, 80);
  const holds = (node) => bare(node.textContent ?? "").includes(wanted) && node.getBoundingClientRect().width > 1;
  let inner = wanted && holds(subject) ? subject : null;
  for (let next = inner; next; next = [...next.children].find(holds)) inner = next;

  const layer = document.createElement("div");
  layer.id = LAYER;
  layer.style.cssText = "all: initial; position: fixed; inset: 0; z-index: 2147483647; pointer-events: none";
  const box = (rect, style) => {
    const mark = document.createElement("div");
    mark.style.cssText = `position: fixed; box-sizing: border-box; border-radius: 6px; ${style}`;
    const [left, top] = [Math.max(rect.left - 4, 1), Math.max(rect.top - 4, 1)];
    mark.style.left = `${left}px`;
    mark.style.top = `${top}px`;
    mark.style.width = `${Math.min(rect.right + 4, innerWidth - 1) - left}px`;
    mark.style.height = `${Math.min(rect.bottom + 4, innerHeight - 1) - top}px`;
    layer.append(mark);
  };
  const whole = subject.getBoundingClientRect();
  const exact = inner && inner !== subject ? inner.getBoundingClientRect() : null;
  box(whole, `border: ${exact ? "2px dashed" : "3px solid"} ${colour}`);
  if (exact) box(exact, `border: 3px solid ${colour}`);
  const tag = document.createElement("div");
  tag.textContent = label;
  tag.style.cssText =
    "position: fixed; max-width: 60%; box-sizing: border-box; padding: 3px 8px; border-radius: 6px; color: #fff; " +
    `font: 600 13px/1.35 system-ui, sans-serif; white-space: pre-wrap; overflow-wrap: anywhere; background: ${colour}`;
  layer.append(tag);
  document.documentElement.append(layer);
  const said = tag.getBoundingClientRect();
  const above = whole.top - said.height - 10;
  tag.style.left = `${Math.max(whole.left, 1)}px`;
  tag.style.top = `${above > 0 ? above : Math.min(whole.bottom + 8, innerHeight - said.height)}px`;
  return [whole.left, whole.top, whole.width, whole.height];
}
