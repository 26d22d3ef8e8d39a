/** The tabs of the card: what the attendant works with beside the suggestions. */
import type { Tab, TabName } from "./feature";
import { Icon } from "./icons";
import type { Texts } from "./texts";

export interface TabsProps {
  tabs: readonly Tab[];
  shown: TabName;
  texts: Texts;
  onTab: (name: TabName, event: Event) => void;
}

export function Tabs({ tabs, shown, texts, onTab }: TabsProps) {
  if (tabs.length < 2) return null;
  return (
    <div class="tabs" role="tablist" aria-label={texts.tabs.all}>
      {tabs.map((tab) => {
        const badge = tab.badge?.() ?? null;
        return (
          <button
            key={tab.name}
            type="button"
            role="tab"
            class="tab"
            tabIndex={-1}
            data-tab={tab.name}
            aria-selected={tab.name === shown}
            title={tab.label(texts)}
            onClick={(event: Event) => onTab(tab.name, event)}
          >
            <Icon name={tab.icon} size={18} />
            <span class="tab-word">{tab.label(texts)}</span>
            {badge && (
              <span class="tab-badge" data-tone={badge.tone}>
                {badge.text}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
