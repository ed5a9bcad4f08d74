"use client";
/** What a token lets its holder do, and why not; in a room, as a participant, at an instant that the person may fill in: why did that join fail? */
import { Fragment, useState } from "react";
import { useNow } from "@/components/time/now-store";
import { useZone } from "@/components/time/zone-store";
import { Field, Input } from "@/components/ui/field";
import { Icon, type IconName } from "@/components/ui/icon";
import type { TimesReading } from "@/lib/jwt/times";
import type { AbilitiesOf, Ability, Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { capital, withinSentence } from "@/lib/text/within-sentence";
import { instantAt, UTC } from "@/lib/text/zone";
import { Fold } from "./fold";
import { SaidText } from "./said-text";

const looks: Record<Ability["answer"], { icon: IconName; word: string; icons: string; text: string }> = {
  yes: { icon: "check", word: "Yes", icons: "text-ok", text: "text-ink" },
  "asks-first": { icon: "clock", word: "After being admitted", icons: "text-warn", text: "text-ink" },
  no: { icon: "skipped", word: "No", icons: "text-faint", text: "text-soft" },
  unclear: { icon: "unknown", word: "Unclear", icons: "text-faint", text: "text-soft" },
};

export function AbilitiesFold({
  profile,
  abilitiesOf,
  claims,
  condition,
  times: { notBefore, expiresAt },
}: {
  /** Its id. */
  profile: string;
  abilitiesOf: AbilitiesOf;
  claims: Claims;
  /** What must be so for any of it to hold. */
  condition: string | undefined;
  times: Pick<TimesReading, "notBefore" | "expiresAt">;
}) {
  const now = useNow((at) => at) ?? 0;
  const zone = useZone();
  const [room, setRoom] = useState("");
  const [subject, setSubject] = useState("");
  const [instant, setInstant] = useState("");
  const [behind, setBehind] = useState("");
  const asked = instant === "" ? now : instantAt(instant, zone);
  const at = (Number.isFinite(asked) ? asked : now) - (Number(behind) || 0) * 60;
  const { words } = profileOf(profile);
  const abilities = abilitiesOf(claims, {
    at,
    ...(room.trim() ? { room: room.trim() } : {}),
    ...(subject.trim() ? { subject: subject.trim() } : {}),
  });
  const counts = countAnswers(abilities);
  // Its sentence tells of the time between.
  const when = expiresAt !== undefined && at >= expiresAt ? "after its end" : "before its start";
  const isOutOfTime = when === "after its end" || (notBefore !== undefined && at < notBefore);
  const given = capital([condition, isOutOfTime ? when : undefined].filter(Boolean).join(", "));
  const hint = given ? `${withinSentence(given)}: ${counts}` : counts;
  return (
    <Fold label="Abilities" hint={hint}>
      {given ? <p className="mb-1.5 text-soft">{given}:</p> : null}
      <ul className="flex flex-col gap-2">
        {groupByAnswer(abilities).map((group) => (
          <AbilityRow key={group.map(({ id }) => id).join()} group={group} />
        ))}
      </ul>
      <details className="mt-3">
        <summary className="w-fit cursor-pointer font-medium">Why did that join fail?</summary>
        <div className="mt-3 grid grid-cols-1 gap-x-4 sm:grid-cols-2 [&>div]:mb-3">
          <Field id="situation-room" label="In the room">
            {(control) => (
              <Input {...control} mono value={room} onChange={(event) => setRoom(event.currentTarget.value)} />
            )}
          </Field>
          <Field id="situation-participant" label="As participant">
            {(control) => (
              <Input {...control} mono value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
            )}
          </Field>
          <Field id="situation-at" label={zone === UTC ? "At (UTC)" : "At (local time)"} help="Empty: now">
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={instant}
                onChange={(event) => setInstant(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field
            id="situation-behind"
            label="By a clock behind by"
            help={`Minutes; negative: ahead. ${words.clockTolerance}`}
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                step="1"
                value={behind}
                placeholder="0"
                onChange={(event) => setBehind(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
      </details>
    </Fold>
  );
}

function countAnswers(abilities: readonly Ability[]): string {
  const count = (answer: Ability["answer"]) => abilities.filter((ability) => ability.answer === answer).length;
  const counts = [
    [count("yes"), "yes"],
    [count("asks-first"), "after being admitted"],
    [count("no"), "no"],
    [count("unclear"), "unclear"],
  ] as const;
  return counts.flatMap(([number, word]) => (number > 0 ? `${number} ${word}` : [])).join(", ");
}

/** Those with the same answer for the same reason share a row; what is permitted needs no reason. */
function groupByAnswer(abilities: readonly Ability[]): Ability[][] {
  const groups = new Map<string, Ability[]>();
  for (const ability of abilities) {
    const { answer, reason, instants, vendorError } = ability;
    const key = answer === "yes" ? answer : JSON.stringify([answer, reason, instants, vendorError?.code]);
    groups.set(key, [...(groups.get(key) ?? []), ability]);
  }
  return [...groups.values()];
}

function AbilityRow({ group }: { group: readonly Ability[] }) {
  const [first] = group;
  if (!first) return null;
  const { answer, reason, instants, vendorError } = first;
  const { icon, word, icons, text } = looks[answer];
  return (
    <li data-answer={answer} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 [overflow-wrap:anywhere]">
      <Icon name={icon} className={`mt-[3px] ${icons}`} />
      <div className={text}>
        <span className="sr-only">{word}: </span>
        <SaidText said={{ message: joinLabels(group) }} />
        {answer === "yes" ? null : (
          <span className="block text-small text-soft">
            <SaidText said={instants ? { message: reason, instants } : { message: reason }} />
            {vendorError ? (
              <>
                {" "}
                ({vendorError.code} <VendorErrorName name={vendorError.name} />)
              </>
            ) : null}
          </span>
        )}
      </div>
    </li>
  );
}

/** "Join any room directly, admit those who ask, REST API: rooms, sessions": what a label begins with is said once. */
function joinLabels(group: readonly Ability[]): string {
  let before = "";
  return group
    .map(({ label }, index) => {
      // Where there is a colon, it splits in two.
      const [prefix, rest] = label.includes(": ") ? (label.split(": ", 2) as [string, string]) : ["", label];
      const again = prefix !== "" && prefix === before;
      before = prefix;
      if (again) return rest;
      return index === 0 || /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
    })
    .join(", ");
}

/** Breaks after an underscore rather than within a word. */
function VendorErrorName({ name }: { name: string }) {
  return name.split(/(?<=_)/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ));
}
