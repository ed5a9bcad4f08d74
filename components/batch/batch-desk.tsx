"use client";
/** The page of a batch: participants and what holds for all of them, then each row with what is wrong with it, then the tokens, which are in this tab alone until they are saved. Loses nothing that was typed. */
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { UnderWay } from "@/components/issue/under-way";
import { useLeaveGuard } from "@/components/issue/use-leave-guard";
import { getNow } from "@/components/time/now-store";
import { isFocusFree, isTyping } from "@/components/ui/focus";
import { Notice } from "@/components/ui/notice";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { columnsOf } from "@/lib/batch/columns";
import { writeParticipants } from "@/lib/batch/write-participants";
import { compose, type KeyChoice, profileOfChoice } from "@/lib/composer/compose";
import type { FormValues } from "@/lib/composer/schema";
import type { FieldErrors } from "@/lib/errors";
import { counted } from "@/lib/text/counted";
import { BatchBar } from "./batch-bar";
import { BatchDefaults } from "./batch-defaults";
import { IssuedTokens } from "./issued-tokens";
import { LeaveBatchDialog } from "./leave-batch-dialog";
import { ParticipantsField } from "./participants-field";
import { RowsTable } from "./rows-table";
import { useBatchRows } from "./use-batch-rows";
import { useKeptBatch } from "./use-kept-batch";
import { useSentBatch } from "./use-sent-batch";

const firstWrong = () => document.querySelector<HTMLElement>(".batch-rows [aria-invalid]");
/** Of the form for all of them, which stands above the rows. */
const firstOf = (refused: FieldErrors) =>
  [...document.querySelectorAll<HTMLElement>(".batch-set [aria-invalid]")].find(({ id }) => Object.hasOwn(refused, id));

export function BatchDesk({
  header,
  keys,
  memberId,
  requestId,
  beginning,
}: {
  header: ReactNode;
  keys: KeyChoice[];
  memberId: string;
  requestId: string;
  beginning: FormValues;
}) {
  const hydrated = useInBrowser(() => true, false);
  const kept = useKeptBatch({ keys, memberId, requestId, beginning });
  const { form, values, chosen, common, refused, setList } = kept;
  const { text, isGuess } = kept.list;
  const profile = profileOfChoice(keys, values.keyId);
  const key = keys.find(({ id }) => id === values.keyId);
  const columns = columnsOf(profile);
  // Mended cells are there again after a reload, and behind Edit.
  const rows = useBatchRows(key && { profile, key, common }, (read) =>
    setList((now) => ({ ...now, text: writeParticipants(columns, read) ?? now.text })),
  );
  const { issue, pending, failure, told, issued, saved, onSaved, ...sent } = useSentBatch(kept, rows, columns);
  const [leave, setLeave] = useState<() => void>();
  const composed = compose(profile, keys, { ...values, template: common.template, jti: kept.requestId }, getNow());

  const lead = useEffectEvent(() => (firstOf(refused) ?? firstWrong())?.focus());
  // As in every form: with the first that was refused. Not under the hands of whoever types into another field meanwhile.
  useEffect(() => {
    if (failure && !isTyping()) lead();
  }, [failure]);

  const folded = rows.table !== undefined;
  const wasFolded = useRef(folded);
  // What had the focus went with the field, or with its short form.
  useEffect(() => {
    if (wasFolded.current === folded) return;
    wasFolded.current = folded;
    if (!isFocusFree()) return;
    if (folded) (firstWrong() ?? document.querySelector<HTMLElement>(".batch-rows section"))?.focus();
    else document.getElementById("participants")?.focus();
  }, [folded]);

  const lines = rows.table?.lines ?? [];
  const shown = columns.filter(
    ({ name, kind }) =>
      name === "expiresIn" ||
      (kind !== "names" && values[name]) ||
      lines.some(({ cells, opened }) => cells[name] || opened.includes(name)),
  );
  const hasRooms = profile.fields.some(({ limits }) => limits === "room");

  /** Into the field, which unfolds for it. */
  function write(next: string, nextIsGuess = false) {
    setList({ text: next, isGuess: nextIsGuess });
    rows.forget();
    sent.forgetFailure();
  }

  function another() {
    sent.close();
    write("");
  }

  const unsaved = issued !== undefined && !saved;
  const goBack = useLeaveGuard(issued !== undefined, unsaved ? (go) => setLeave(() => go) : undefined, another);

  if (issued)
    return (
      <>
        <IssuedTokens
          batch={issued}
          saved={saved}
          onSaved={onSaved}
          onAnother={() => (unsaved ? setLeave(() => goBack) : goBack())}
        />
        {leave ? (
          <LeaveBatchDialog
            batch={issued}
            onSaved={onSaved}
            onStay={() => setLeave(undefined)}
            onLeave={() => {
              setLeave(undefined);
              leave();
            }}
          />
        ) : null}
      </>
    );

  const elsewhere = Object.entries(refused).flatMap(([name, message]) =>
    document.getElementById(name) || document.getElementById(`${name}-error`) ? [] : [message],
  );
  return (
    <>
      {header}
      <div className="batch-set" data-folded={folded || undefined}>
        <ParticipantsField
          text={text}
          isGuess={isGuess}
          folded={folded}
          how={rows.table && `${counted(lines.length, "row")}, read as ${rows.table.how}`}
          refusal={rows.refusal}
          columns={columns.map(({ name }) => name)}
          checking={rows.checking}
          sending={pending}
          onText={write}
          onCheck={() => hydrated && rows.read(text)}
          onReading={(next) => {
            setList({ text: next, isGuess });
            rows.read(next);
          }}
          onEdit={() => write(text, isGuess)}
        />
        <BatchDefaults
          form={form}
          keys={keys}
          keyChoice={key}
          profile={profile}
          chosen={chosen}
          composed={composed}
          refused={refused}
          isTaken={(name) => lines.length === 0 || lines.some(({ cells }) => !cells[name]?.trim())}
          onTemplate={() => kept.setRefused(({ sent, fields: { template: _, ...fields } }) => ({ sent, fields }))}
        />
      </div>
      {rows.table ? (
        <>
          {rows.table.notes.length > 0 ? (
            <Notice className="mb-3" role="status">
              {rows.table.notes.join(" ")}
            </Notice>
          ) : null}
          {/* What is being issued is not changed meanwhile: nobody would know which of the two the answer is about. */}
          <div inert={pending} className="min-w-0 transition-opacity delay-150 inert:opacity-60">
            <RowsTable
              profile={profile}
              lines={lines}
              columns={shown}
              repeated={rows.repeated}
              purpose={values.purpose ?? ""}
              refusal={failure}
              undo={rows.undo}
              onChange={rows.change}
              onFix={rows.apply}
              onForAnyone={rows.makeForAnyone}
              onFixAll={rows.applyAll}
            />
          </div>
          <BatchBar
            lines={lines}
            keyLabel={key?.label}
            hasRooms={hasRooms}
            said={told === undefined ? undefined : [told, ...elsewhere].join(" ")}
            ofRows={rows.stands}
            pending={pending}
            disabled={!hydrated || rows.mending}
            onIssue={issue}
          />
          {pending ? (
            <UnderWay
              what="The batch"
              loss="It may be issued all the same, and its tokens are shown here only. What you typed is kept: sent again from here within a minute, it is the same batch."
            />
          ) : null}
        </>
      ) : null}
    </>
  );
}
