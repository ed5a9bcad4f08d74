"use client";
/** What one can begin with: each template with its lifetime and a line on what it is good for. What the key does not take is shown, locked, with the reason on its face. */
import { useId, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { lockOfTemplate } from "@/lib/composer/locks";
import { lifetimeOf } from "@/lib/composer/template";
import { type EffectivePolicy, openPolicy } from "@/lib/keys/policy";
import type { Profile, Template } from "@/lib/profiles/profile";
import { lifetimeWords } from "@/lib/text/lifetime";
import { secondsOf } from "@/lib/text/parse-duration";

/** More of them would stand between who issues and the form; the one in force is shown all the same. */
const MOST_SHOWN = 11;

export function TemplateCards({
  profile,
  templates,
  policy = openPolicy,
  chosen,
  onPick,
}: {
  profile: Profile;
  templates: readonly Template[];
  policy: EffectivePolicy | undefined;
  /** The one in force. */
  chosen: Template | undefined;
  onPick: (template: Template) => void;
}) {
  const [all, setAll] = useState(templates.length <= MOST_SHOWN + 1);
  const shown = all ? templates : templates.filter((each, index) => index < MOST_SHOWN || each.id === chosen?.id);
  const more = templates.length - shown.length;
  return (
    <div className="templates">
      {shown.map((template) => (
        <TemplateCard
          key={template.id}
          template={template}
          lifetime={lifetimeWords(secondsOf(lifetimeOf(template, policy)) ?? 0)}
          lock={lockOfTemplate(profile, policy, template)}
          chosen={template.id === chosen?.id}
          onPick={() => onPick(template)}
        />
      ))}
      {more > 0 ? (
        <button type="button" className="template content-center! text-soft text-small" onClick={() => setAll(true)}>
          {more} more
        </button>
      ) : null}
    </div>
  );
}

function TemplateCard({
  template: { name, help },
  lifetime,
  lock,
  chosen,
  onPick,
}: {
  template: Template;
  lifetime: string;
  lock: string | undefined;
  chosen: boolean;
  onPick: () => void;
}) {
  const id = useId();
  return (
    <button
      type="button"
      className="template"
      aria-labelledby={`${id}name`}
      aria-describedby={`${id}time ${id}help`}
      aria-pressed={chosen}
      // It can still be reached, to learn why.
      aria-disabled={lock ? true : undefined}
      onClick={lock ? undefined : onPick}
    >
      {/* The lifetime goes below before a name is broken within a word. */}
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        <span className="flex min-w-0 items-baseline gap-1.5">
          {lock ? <Icon name="lock" size={13} className="mt-1 self-start" /> : null}
          <span id={`${id}name`} className="min-w-0 font-medium">
            <bdi>{name}</bdi>
          </span>
        </span>
        <span id={`${id}time`} className="ml-auto whitespace-nowrap text-caption text-faint">
          {lifetime}
        </span>
      </span>
      <span id={`${id}help`} className={`text-caption ${lock ? "" : "text-soft"}`}>
        {lock ?? <bdi>{help}</bdi>}
      </span>
    </button>
  );
}
