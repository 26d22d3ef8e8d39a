/** A circle with initials in place of a profile photograph. */

import { Icon } from "./icons";
import { avatarColour, initials } from "./pictures";
import styles from "./sidebar.module.css";

export function Avatar({ title, group, size }: { title: string; group: boolean; size: number }) {
  const letters = initials(title);
  return (
    <div
      className={styles.avatar}
      style={{ width: size, height: size, background: avatarColour(title), fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {letters || <Icon name={group ? "communities" : "contact"} size={size * 0.6} />}
    </div>
  );
}
