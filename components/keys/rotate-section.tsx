"use client";
/** The part of a key's page in which it gets another secret: what that ends comes first, then the field for the new one. Afterwards stands what is the case now. */
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field, Input } from "@/components/ui/field";
import { isFocusFree } from "@/components/ui/focus";
import { FormFailure } from "@/components/ui/form-failure";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { useIsHere } from "@/components/ui/use-is-here";
import type { ActionResult } from "@/lib/action-result";
import { type RotateKeyInput, rotateKeyInput } from "@/lib/keys/schema";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { SharesSecret } from "./shares-secret";

type Rotated = { fingerprint: string; activeTokens: number };

type Props = {
  keyId: string;
  apiKey: string;
  label: string;
  /** Whether nobody can issue with it now. */
  disabled: boolean;
  /** The id of its profile. */
  profile: string;
  action: (input: RotateKeyInput) => Promise<ActionResult<Rotated>>;
};

export function RotateSection({
  people,
  children,
  opener,
  ...key
}: Props & {
  people?: ReactNode;
  children: ReactNode;
  /** The id of what opens it while it is closed. */
  opener: string;
}) {
  const [rotated, setRotated] = useState<Rotated>();
  // A page that comes with it, such as one that is loaded anew, is where one left it.
  const runs = useInBrowser(() => true, false);
  const [opened] = useState(runs);
  // What opened it is gone, and is there again once it is closed.
  useEffect(() => {
    if (opened && isFocusFree()) document.getElementById("rotate")?.focus({ preventScroll: true });
    return () => {
      if (isFocusFree()) document.getElementById(opener)?.focus();
    };
  }, [opened, opener]);
  return (
    <section aria-labelledby="rotate" className="key-panel key-rotate">
      <div className="flex items-start justify-between gap-3">
        <h2 id="rotate" tabIndex={-1} className="font-semibold text-small">
          Rotate the secret
        </h2>
        {/* Where it was opened, nothing is scrolled. */}
        <ButtonLink
          href={`/keys/${key.keyId}`}
          replace
          scroll={false}
          variant="ghost"
          size="sm"
          icon="cross"
          className="-mt-1.5 -mr-2"
        >
          Close
        </ButtonLink>
      </div>
      <div role="status" className="not-empty:mt-2">
        {rotated ? <Done {...key} {...rotated} /> : null}
      </div>
      {rotated ? null : (
        <>
          {children}
          <RotateForm {...key} people={people} onDone={setRotated} />
        </>
      )}
    </section>
  );
}

function Done({ keyId, label, disabled, profile, fingerprint, activeTokens }: Props & Rotated) {
  const tokens = activeTokens === 1 ? "The token that was" : `The ${groupDigits(activeTokens)} tokens that were`;
  return (
    <Notice tone="ok" title={`“${label}” signs with the new secret.`}>
      Its fingerprint is <code>{fingerprint}</code>.{" "}
      {activeTokens > 0
        ? `${tokens} active ${activeTokens === 1 ? "is" : "are"} refused by ${profileOf(profile).name} from the moment at which its secret was regenerated there.`
        : "No token of the secret before was active."}
      {disabled ? null : (
        <span className="mt-2 mb-0.5 flex flex-wrap gap-2 text-ink">
          <ButtonLink href={`/issue?key=${keyId}`} variant="primary" size="sm" icon="issue">
            Issue a token with it
          </ButtonLink>
        </span>
      )}
    </Notice>
  );
}

function RotateForm({
  keyId,
  apiKey,
  profile: profileId,
  people,
  action,
  onDone,
}: Props & { people: ReactNode; onDone: (rotated: Rotated) => void }) {
  const profile = profileOf(profileId);
  const isHere = useIsHere();
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: rotateKeyInput(profile, apiKey),
    unreachable:
      "What you typed is kept. The secret may have been rotated all the same: press Rotate again, and it is said whether it was.",
    action,
    defaultValues: { keyId, secret: "", sharesSecret: false },
    onDone: (rotated: Rotated) => {
      form.reset();
      onDone(rotated);
      // The form is gone, and its button with the focus. Whoever has gone on meanwhile keeps theirs.
      if (isHere()) document.getElementById("rotate")?.focus();
    },
  });
  return (
    <form {...formProps} autoComplete="off" className="key-rotate-form">
      <Field
        id="new-secret"
        label="New secret"
        help={`From ${profile.words.dashboard}, after regenerating it there. Sealed before it is stored, and never shown again.`}
        error={errorOf("secret")}
        className="mb-3!"
      >
        {(control) => (
          <Input {...control} mono type="password" autoComplete="new-password" {...form.register("secret")} />
        )}
      </Field>
      <SharesSecret
        error={errorOf("sharesSecret")}
        ticked={form.watch("sharesSecret")}
        field={form.register("sharesSecret")}
      />
      <FormFailure failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          {...submitProps}
          disabled={submitProps.disabled || form.watch("secret").trim() === ""}
        >
          Rotate
        </Button>
        {people}
      </div>
    </form>
  );
}
