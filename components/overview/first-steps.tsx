/** The three steps that make a new desk useful, with the next one marked and its act beside it. */
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";

export type Step = {
  title: string;
  /** What it is good for, or who does it. */
  text: ReactNode;
  done: boolean;
  /** Absent for whoever may not. */
  act?: { label: string; href: string } | undefined;
};

export function FirstSteps({ steps }: { steps: readonly Step[] }) {
  const next = steps.findIndex(({ done }) => !done);
  return (
    <ol className="first-steps">
      {steps.map(({ title, text, done, act }, index) => (
        <li
          key={title}
          data-state={done ? "done" : index === next ? "next" : "later"}
          aria-current={index === next ? "step" : undefined}
        >
          <span className="first-steps-mark" aria-hidden="true">
            {done ? <Icon name="check" size={14} strokeWidth={2} /> : index + 1}
          </span>
          <div className="min-w-0">
            <h2 className="font-semibold">
              {title}
              {done ? <span className="sr-only">, done</span> : null}
            </h2>
            <p className="text-soft">{text}</p>
          </div>
          {act && !done ? (
            <ButtonLink href={act.href} variant={index === next ? "primary" : "secondary"}>
              {act.label}
            </ButtonLink>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
