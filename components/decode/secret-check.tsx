"use client";
/** Checks a signature with a secret that the person pastes: in this browser, sent nowhere, kept nowhere. */
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { whyNotSignedWith } from "@/lib/decoder/own-secret";
import type { Profile } from "@/lib/profiles/profile";
import { Fold } from "./fold";

const IMPOSSIBLE = "This browser can check a signature only over https or on localhost.";

export function SecretCheck({ profile, token, onRight }: { profile: Profile; token: string; onRight: () => void }) {
  const [answer, setAnswer] = useState<"right" | { wrong: string }>();

  async function check(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget).get("secret"));
    if (!globalThis.crypto?.subtle) return setAnswer({ wrong: IMPOSSIBLE });
    const wrong = await whyNotSignedWith(profile, token, secret);
    setAnswer(wrong === undefined ? "right" : { wrong });
    if (wrong === undefined) onRight();
  }

  return (
    <Fold label="Check with a secret of your own" hint="in this browser">
      <form method="post" autoComplete="off" onSubmit={check}>
        <Field
          id="own-secret"
          label="Secret"
          className="mb-3!"
          help="Used in this browser only: sent nowhere, kept nowhere."
          error={typeof answer === "object" ? answer.wrong : undefined}
        >
          {(control) => (
            <Input
              {...control}
              name="secret"
              mono
              type="password"
              autoComplete="off"
              onChange={() => setAnswer(undefined)}
            />
          )}
        </Field>
        <Button type="submit" size="sm">
          Check signature
        </Button>
        <span role="status" className="ml-3 text-ok text-small">
          {answer === "right" ? "This secret made the signature." : ""}
        </span>
      </form>
    </Fold>
  );
}
