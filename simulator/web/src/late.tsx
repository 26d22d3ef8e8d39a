/** Children that mount some time after their row, as media and players do on the real page. */
import { type ReactNode, useEffect, useState } from "react";
import { usePage } from "./context";
import { hash } from "./identity";

const SOONEST_MS = 150;
const SPREAD_MS = 250;

export function Late({ id, children }: { id: string; children: ReactNode }) {
  const { model } = usePage();
  const wait = (SOONEST_MS + (hash(id) % SPREAD_MS)) * model.options.lateness;
  const [mounted, setMounted] = useState(wait === 0);
  useEffect(() => {
    if (mounted) return;
    const timer = setTimeout(() => setMounted(true), wait);
    return () => clearTimeout(timer);
  }, [mounted, wait]);
  return mounted ? children : null;
}
