/** What stands where nothing is yet: what will appear here, and the one next action. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-[14px] border border-line-strong border-dashed px-6 py-12 text-center [overflow-wrap:anywhere]">
      {icon ? <Icon name={icon} size={28} strokeWidth={1.1} className="mb-2 text-faint" /> : null}
      <p className="font-semibold">{title}</p>
      {children ? <p className="max-w-[46ch] text-soft">{children}</p> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
