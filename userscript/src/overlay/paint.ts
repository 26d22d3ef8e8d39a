/** When something was really on the screen. */

/**
 * Call `painted` after the next frame was produced: an animation frame runs just before painting, and a message posted
 * from it is delivered just after. In a hidden page no frame comes, and `painted` is never called.
 */
export function afterPaint(view: Window, painted: () => void): void {
  view.requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      if (view.document.visibilityState === "visible") painted();
    };
    channel.port2.postMessage(null);
  });
}

/** Remembers what was reported: each card and each draft counts once. */
export function createPaintReports() {
  let offer = "";
  const tiers = new Set<0 | 1>();
  return {
    has: (offerId: string, tier: 0 | 1): boolean => offerId === offer && tiers.has(tier),
    add(offerId: string, tier: 0 | 1): void {
      if (offerId !== offer) tiers.clear();
      offer = offerId;
      tiers.add(tier);
    },
  };
}
