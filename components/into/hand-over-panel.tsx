"use client";
/** Makes a link that hands the token over once. The token is sealed here, with a key that goes into the link alone: the server is sent what it can't open. */
import { type Ref, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Time } from "@/components/time/time";
import { Button } from "@/components/ui/button";
import { CarefulLink } from "@/components/ui/careful-link";
import { Chip, Chips } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Input } from "@/components/ui/field";
import { isFocusFree } from "@/components/ui/focus";
import { FormFailure } from "@/components/ui/form-failure";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import type { MadeHandover } from "@/lib/handover/make";
import { type HandoverInput, MakeHandoverInput } from "@/lib/handover/schema";
import { canSeal, sealToken } from "@/lib/handover/seal";
import { tokenName } from "@/lib/text/numbered";
import { secondsOf } from "@/lib/text/parse-duration";
import { QrCode } from "./qr-code";

export type HandOverActions = {
  make: (input: MakeHandoverInput) => Promise<ActionResult<MadeHandover>>;
  withdraw: (input: HandoverInput) => Promise<ActionResult<void>>;
};

const URL_ID = "hand-over-link";
const presets = [
  { value: "10m", label: "10 min" },
  { value: "1h", label: "1 h" },
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 d" },
];
const schema = MakeHandoverInput.pick({ expiresIn: true, email: true });

type Typed = Pick<MakeHandoverInput, "expiresIn" | "email">;
type Made = MadeHandover & { whole: string };

export function HandOverPanel({
  actions,
  token,
  number,
  onTaken,
}: {
  actions: HandOverActions;
  token: string;
  /** The token's, in the ledger. */
  number: number;
  onTaken: () => void;
}) {
  const [made, setMade] = useState<Made>();
  const copy = useRef<HTMLButtonElement>(null);
  const { form, formProps, submitProps, failure, errorOf } = useActionForm<Typed, Made>({
    schema,
    defaultValues: { expiresIn: "1h", email: "" },
    action: async (typed) => {
      const { key, sealed, proofHash } = await sealToken(token);
      const result = await actions.make({ ...typed, number, sealed, proofHash });
      return result.ok ? { ok: true, data: { ...result.data, whole: `${result.data.url}#${key}` } } : result;
    },
    // The button that was pressed goes each time: the focus is on what one does next.
    onDone: (link) => {
      flushSync(() => setMade(link));
      if (isFocusFree()) copy.current?.focus();
    },
  });
  function again() {
    flushSync(() => setMade(undefined));
    form.setFocus("expiresIn");
  }
  if (!canSeal())
    return (
      <Notice tone="warn" title="Not at this address.">
        A token is sealed by the browser, which does so on https and on localhost only. Copy it, or open the desk at its
        https address.
      </Notice>
    );
  if (made)
    return <MadeLink {...{ made, number, onTaken }} withdraw={actions.withdraw} copyRef={copy} onAnother={again} />;
  const seconds = secondsOf(form.watch("expiresIn"));
  return (
    <form {...formProps} autoComplete="off" aria-label="Hand over" className="flex flex-col gap-3">
      <p className="text-small text-soft">
        A link that opens once. The token is sealed in this browser; the key is in the link alone, so nobody can open it
        from the desk's database.
      </p>
      <Field
        id="hand-over-expiresIn"
        label="Opens within"
        error={errorOf("expiresIn")}
        help="10 minutes to 7 days, and no longer than the token lives."
        className="mb-0!"
      >
        {(control) => (
          <div className="flex flex-wrap items-center gap-2">
            <Input {...control} mono className="max-w-24" {...form.register("expiresIn")} />
            <Chips label="Presets">
              {presets.map(({ value, label }) => (
                <Chip
                  key={value}
                  pressed={seconds === secondsOf(value)}
                  onClick={() => form.setValue("expiresIn", value, { shouldValidate: true })}
                >
                  {label}
                </Chip>
              ))}
            </Chips>
          </div>
        )}
      </Field>
      <Field
        id="hand-over-email"
        label="Only for"
        optional
        error={errorOf("email")}
        help="A member's email. Without one it opens for whoever has the link."
        className="mb-0! max-w-96"
      >
        {(control) => <Input {...control} inputMode="email" {...form.register("email")} />}
      </Field>
      <FormFailure failure={failure} className="" />
      <p>
        <Button {...submitProps} icon="send">
          Make link
        </Button>
      </p>
    </form>
  );
}

function MadeLink({
  made: { id, whole, expiresAt, forName, onlyHere },
  number,
  withdraw,
  copyRef,
  onTaken,
  onAnother,
}: {
  made: Made;
  number: number;
  withdraw: HandOverActions["withdraw"];
  copyRef: Ref<HTMLButtonElement>;
  onTaken: () => void;
  onAnother: () => void;
}) {
  const [end, setEnd] = useState<{ opened?: string | undefined }>();
  const [coded, setCoded] = useState(false);
  const another = useRef<HTMLButtonElement>(null);
  const { pending, failure, run } = useDialogAction("The server could not be reached. Try again in a moment.");
  if (end)
    return (
      <>
        {end.opened ? (
          <Notice tone="bad" role="alert">
            {end.opened}{" "}
            <CarefulLink href={`/audit?q=${number}`} className="underline underline-offset-3">
              {tokenName(number)}
            </CarefulLink>
          </Notice>
        ) : (
          <Notice role="status">It is withdrawn: the link opens no more, and what was sealed is erased.</Notice>
        )}
        <p>
          <Button ref={another} onClick={onAnother}>
            Make another link
          </Button>
        </p>
      </>
    );
  return (
    <>
      <p className="text-small text-soft" role="status">
        Opens once, for {forName ? <bdi>{forName}</bdi> : "whoever has the link"}, until{" "}
        <Time epochSeconds={expiresAt} mode="short" />. Send it by a way that you trust; it is shown only now.
      </p>
      <div className="code-box">
        <code id={URL_ID} data-testid="hand-over-link" translate="no">
          {whole}
        </code>
        <CopyButton
          ref={copyRef}
          size="sm"
          wide
          className="max-sm:w-full"
          label="Copy link"
          value={whole}
          selectId={URL_ID}
          onCopied={onTaken}
        />
      </div>
      {onlyHere ? (
        <Notice tone="warn">
          Only this machine can open it. For links that others can open, set <code>PUBLIC_URL</code> to the desk's
          address.
        </Notice>
      ) : null}
      {failure ? (
        <Notice tone="bad" role="alert">
          {failure}
        </Notice>
      ) : null}
      <p className="flex flex-wrap gap-2">
        <Button size="sm" icon="qr" onClick={() => setCoded(!coded)}>
          {coded ? "Hide QR code" : "Show QR code"}
        </Button>
        <Button
          size="sm"
          variant="danger"
          pending={pending}
          onClick={() =>
            run<string>(
              async () => {
                const result = await withdraw({ id });
                if (result.ok) return undefined;
                // What was opened meanwhile is at its end, too: nothing of the link is good for anything.
                return result.error.code === "conflict" ? { ok: true, data: result.error.message } : result;
              },
              (opened) => {
                flushSync(() => setEnd({ opened }));
                if (isFocusFree()) another.current?.focus();
              },
            )
          }
        >
          Withdraw
        </Button>
      </p>
      {coded ? <QrCode text={whole} label="The link as a QR code" /> : null}
    </>
  );
}
