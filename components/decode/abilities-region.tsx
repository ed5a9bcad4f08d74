"use client";
/** What a token lets its holder do, and why not; in a room, as a participant, at an instant that the person may fill in: why did that join fail? */
import { Fragment, useState } from "react";
import { useNow } from "@/components/time/now-store";
import { useZone } from "@/components/time/zone-store";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Field, Input } from "@/components/ui/field";
import { Region } from "@/components/ui/region";
import type { VerdictWord } from "@/lib/decoder/verdict";
import type { Ability, Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { makeVisible } from "@/lib/text/visible";
import { instantAt, UTC } from "@/lib/text/zone";

const looks: Record<Ability["answer"], { tone: BadgeTone; word: string }> = {
  yes: { tone: "ok", word: "yes" },
  no: { tone: "bad", word: "no" },
  "asks-first": { tone: "warn", word: "asks first" },
  unclear: { tone: "mute", word: "unclear" },
};

const unproven: VerdictWord[] = ["Bad signature", "Malformed", "Unknown key", "Signature not checked"];

export function AbilitiesRegion({
  profile,
  claims,
  word,
}: {
  /** Its id. */
  profile: string;
  claims: Claims;
  word: VerdictWord;
}) {
  const now = useNow((at) => at) ?? 0;
  const zone = useZone();
  const [roomId, setRoomId] = useState("");
  const [participantId, setParticipantId] = useState("");
  const [instant, setInstant] = useState("");
  const [behind, setBehind] = useState("");
  const given = instant === "" ? now : instantAt(instant, zone);
  const at = (Number.isFinite(given) ? given : now) - (Number(behind) || 0) * 60;
  const abilities = profileOf(profile).abilities(claims, {
    at,
    ...(roomId.trim() ? { roomId: roomId.trim() } : {}),
    ...(participantId.trim() ? { participantId: participantId.trim() } : {}),
  });
  return (
    <Region label="What may it do?">
      {unproven.includes(word) ? <p className="mb-2 text-soft text-small">If its signature is right:</p> : null}
      <table className="w-full text-small">
        <thead className="sr-only">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Answer</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {fold(abilities).map((ability) => (
            <AbilityRow key={ability.id} ability={ability} />
          ))}
        </tbody>
      </table>
      <details className="mt-3">
        <summary className="w-fit cursor-pointer font-medium text-small">Why did that join fail?</summary>
        <div className="mt-3 grid grid-cols-1 gap-x-4 sm:grid-cols-2 [&>div]:mb-3">
          <Field id="situation-room" label="In the room">
            {(control) => (
              <Input {...control} mono value={roomId} onChange={(event) => setRoomId(event.currentTarget.value)} />
            )}
          </Field>
          <Field id="situation-participant" label="As participant">
            {(control) => (
              <Input
                {...control}
                mono
                value={participantId}
                onChange={(event) => setParticipantId(event.currentTarget.value)}
              />
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
          <Field id="situation-behind" label="By a clock behind by" help="Minutes; negative: ahead">
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
    </Region>
  );
}

const REST = "REST API: ";

/** REST families that have the same answer for the same reason share a row. */
function fold(abilities: Ability[]): Ability[] {
  const rows: Ability[] = [];
  for (const ability of abilities) {
    const last = rows.at(-1);
    const alike = last && last.answer === ability.answer && last.reason === ability.reason;
    if (alike && last.label.startsWith(REST) && ability.label.startsWith(REST)) {
      rows[rows.length - 1] = { ...last, label: `${last.label}, ${ability.label.slice(REST.length)}` };
    } else rows.push(ability);
  }
  return rows;
}

function AbilityRow({ ability: { label, answer, reason, vendorError } }: { ability: Ability }) {
  const { tone, word } = looks[answer];
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal [overflow-wrap:anywhere]">
        {makeVisible(label)}
      </th>
      <td className="py-1.5 pr-3">
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td className="py-1.5 text-soft [overflow-wrap:anywhere]">
        {makeVisible(reason)}
        {vendorError ? (
          <>
            {" "}
            ({vendorError.code} <VendorErrorName name={vendorError.name} />)
          </>
        ) : null}
      </td>
    </tr>
  );
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
