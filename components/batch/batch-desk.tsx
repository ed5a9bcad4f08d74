"use client";
/** The page of a batch: participants and what holds for all of them, then each row with what is wrong with it, then the tokens, which are in this tab alone until they are saved. Loses nothing that was typed. */
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { forgetForm, keepForm, keptForm } from "@/components/issue/keep-form";
import { UnderWay } from "@/components/issue/under-way";
import { useLeaveGuard } from "@/components/issue/use-leave-guard";
import { getNow } from "@/components/time/now-store";
import { isFocusFree, isTyping } from "@/components/ui/focus";
import { Notice } from "@/components/ui/notice";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { useIsHere } from "@/components/ui/use-is-here";
import { type ActionError, isNewsToPage } from "@/lib/action-result";
import { columnsOf, rowOf } from "@/lib/batch/columns";
import type { IssuedBatch } from "@/lib/batch/issued";
import { writeParticipants } from "@/lib/batch/write-participants";
import { compose, type KeyChoice, profileOfChoice, templatesOfChoice } from "@/lib/composer/compose";
import { newJti } from "@/lib/composer/new-jti";
import { staleTemplate } from "@/lib/composer/prepare";
import type { FormValues, IssueTokenInput } from "@/lib/composer/schema";
import { templateBehind } from "@/lib/composer/template";
import type { FieldErrors } from "@/lib/errors";
import type { Template } from "@/lib/profiles/profile";
import { counted } from "@/lib/text/counted";
import { secondsOf } from "@/lib/text/parse-duration";
import { BatchBar } from "./batch-bar";
import { BatchDefaults } from "./batch-defaults";
import { IssuedTokens } from "./issued-tokens";
import { LeaveBatchDialog } from "./leave-batch-dialog";
import { ParticipantsField } from "./participants-field";
import { RowsTable } from "./rows-table";
import { sendBatch } from "./send-batch";
import { type Refused, standing } from "./standing";
import { useBatchRows } from "./use-batch-rows";

const BEGAN_WITH = "batch";
/** Under it is kept that the participants' file was read by a guess. */
const GUESSED = "participants-guessed";
/** A tab keeps no more. */
const LONGEST_KEPT = 2_000_000;
/** Looking through a long text takes time: then, once one pauses. */
const LONG = 50_000;
const keepsAfterMs = (text: string) => (text.length > LONG ? 1_000 : 200);
/** Said of what was another one when it was sent. */
const CHANGED = "You have changed that since: press the button again.";
/** `marked`: what is wrong is marked beside fields or rows, and told for as long as it stands there. */
type BatchFailure = ActionError & { marked: boolean };

const firstWrong = () => document.querySelector<HTMLElement>(".batch-rows [aria-invalid]");
/** Of the form for all of them, which stands above the rows. */
const firstOf = (refused: FieldErrors) =>
  [...document.querySelectorAll<HTMLElement>(".batch-set [aria-invalid]")].find(({ id }) => Object.hasOwn(refused, id));

/** The template that the form for all of them comes from, as its key has it; also where the key allows its lifetime no more: that is told at the lifetime, and whoever shortens it has the template still. */
function chosenIn(keys: readonly KeyChoice[], values: IssueTokenInput): Template | undefined {
  const key = keys.find(({ id }) => id === values.keyId);
  const ttlSeconds = secondsOf(values.expiresIn ?? "");
  return key && templateBehind(profileOfChoice(keys, values.keyId), { ...values, ttlSeconds }, key);
}

export function BatchDesk({
  header,
  keys,
  memberId,
  requestId: firstRequestId,
  beginning,
}: {
  header: ReactNode;
  keys: KeyChoice[];
  memberId: string;
  requestId: string;
  beginning: FormValues;
}) {
  const router = useRouter();
  const hydrated = useInBrowser(() => true, false);
  const form = useForm<IssueTokenInput>({ defaultValues: { ...beginning, jti: firstRequestId } });
  const [requestId, setRequestId] = useState(firstRequestId);
  /** `isGuess`: it is a file's, in which nothing said how its letters are written. */
  const [{ text, isGuess }, setList] = useState({ text: "", isGuess: false });
  const [failure, setFailure] = useState<BatchFailure>();
  /** Of the form for all of them. */
  const [refusedOf, setRefused] = useState<Refused>({ sent: {}, fields: {} });
  const [pending, setPending] = useState(false);
  const [issued, setIssued] = useState<IssuedBatch>();
  const [saved, setSaved] = useState(false);
  const [leave, setLeave] = useState<() => void>();
  const underWay = useRef(false);
  const isHere = useIsHere();

  const values = form.watch();
  const profile = profileOfChoice(keys, values.keyId);
  const key = keys.find(({ id }) => id === values.keyId);
  const chosen = chosenIn(keys, values);
  const { jti: _, ...typed } = values;
  const common = { ...typed, template: chosen?.id ?? "" };
  // A page that was read anew may not find the chosen template in the form any more: what was said of it stands until one is chosen.
  const asChosen = { ...common, template: values.template ?? "" };
  const latest = useRef(asChosen);
  latest.current = asChosen;
  const refused = standing(refusedOf, asChosen);
  const columns = columnsOf(profile);
  // Mended cells are there again after a reload, and behind Edit.
  const rows = useBatchRows(key && { profile, key, common }, (read) =>
    setList((now) => ({ ...now, text: writeParticipants(columns, read) ?? now.text })),
  );
  const composed = compose(profile, keys, { ...values, template: common.template, jti: requestId }, getNow());

  const keepNow = () =>
    keepForm(BEGAN_WITH, memberId, requestId, {
      ...common,
      // One that was refused as changed or gone is chosen still: after a reload that is said again.
      template: refused.template ? asChosen.template : common.template,
      ...(text.length <= LONGEST_KEPT ? { participants: text, ...(isGuess ? { [GUESSED]: GUESSED } : {}) } : {}),
    });
  const keep = useEffectEvent(keepNow);
  const begin = useEffectEvent(() => {
    const kept = keptForm(BEGAN_WITH, memberId);
    if (!kept) return isTyping() ? undefined : document.getElementById("participants")?.focus({ preventScroll: true });
    const { participants, [GUESSED]: guessed, ...before } = kept.values;
    const keyKept = keys.some(({ id }) => id === before.keyId) ? {} : { keyId: form.getValues("keyId") };
    form.reset({ ...form.getValues(), ...before, ...keyKept });
    const again = form.getValues();
    if (again.template && !chosenIn(keys, again)) {
      const isThere = templatesOfChoice(keys, again.keyId).some(({ id }) => id === again.template);
      const fields = { template: isThere ? staleTemplate.changed : staleTemplate.gone };
      setRefused({ sent: again, fields });
    }
    // What was typed before the page ran stays.
    if (typeof participants === "string")
      setList((typed) => (typed.text ? typed : { text: participants, isGuess: guessed !== undefined }));
    setRequestId(kept.jti);
  });
  useEffect(() => begin(), []);
  const typedText = JSON.stringify(common);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something was typed
  useEffect(() => {
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keepOnce);
    };
    const keepOnce = () => {
      stop();
      keep();
    };
    const timer = setTimeout(keepOnce, keepsAfterMs(text));
    // Whoever reloads meanwhile has paused, too.
    window.addEventListener("pagehide", keepOnce);
    return stop;
  }, [typedText, text, isGuess]);

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

  async function issue() {
    if (underWay.current) return;
    underWay.current = true;
    setPending(true);
    setFailure(undefined);
    // By its id it is known again.
    keepNow();
    const result = await sendBatch(
      common,
      lines.map(({ cells }) => rowOf(columns, cells)),
      requestId,
    );
    underWay.current = false;
    setPending(false);
    // Nobody has seen them: sent again, the form asks for the same ones.
    if (!isHere()) return;
    if (result.ok) {
      forgetForm(BEGAN_WITH, memberId);
      setRequestId(newJti());
      setSaved(false);
      return setIssued(result.data);
    }
    // Whatever was issued by this id was issued: what is sent now is another one.
    if (result.error.code === "conflict") setRequestId(newJti());
    const { fields = {}, message } = result.error;
    if (isNewsToPage(result.error)) router.refresh();
    const { others, stands: inRows } = rows.refuse(fields);
    const stands = standing({ sent: asChosen, fields: others }, latest.current);
    // Of a field that is another one by now it is told here alone.
    const changed = Object.entries(others).flatMap(([name, said]) => (name in stands ? [] : [said]));
    setRefused({ sent: asChosen, fields: stands });
    setFailure({
      ...result.error,
      message: [message, ...changed, ...(changed.length > 0 ? [CHANGED] : [])].join(" "),
      marked: changed.length === 0 && (inRows || Object.keys(stands).length > 0),
    });
  }

  /** Into the field, which unfolds for it. */
  function write(next: string, nextIsGuess = false) {
    setList({ text: next, isGuess: nextIsGuess });
    rows.forget();
    setFailure(undefined);
  }

  function another() {
    setIssued(undefined);
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
          onSaved={() => setSaved(true)}
          onAnother={() => (unsaved ? setLeave(() => goBack) : goBack())}
        />
        {leave ? (
          <LeaveBatchDialog
            batch={issued}
            onSaved={() => setSaved(true)}
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
  // Once all that was marked is mended, nothing is wrong any more.
  const isTold = failure && (!failure.marked || rows.stands || Object.keys(refused).length > 0);
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
          onTemplate={() => setRefused(({ sent, fields: { template: _, ...fields } }) => ({ sent, fields }))}
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
            said={isTold ? [failure.message, ...elsewhere].join(" ") : undefined}
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
