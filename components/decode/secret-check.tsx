"use client";
/** Checks a signature with a secret that the person pastes: in this browser, sent nowhere, kept nowhere. */
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { isSignedWith } from "@/lib/jwt/hmac";
import { Fold } from "./fold";

const answers = {
  right: "This secret made the signature.",
  wrong: "This secret did not make the signature.",
  impossible: "This browser can check a signature only over https or on localhost.",
} as const;

export function SecretCheck({ token, onRight }: { token: string; onRight: () => void }) {
  const [answer, setAnswer] = useState<keyof typeof answers>();

  async function check(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget).get("secret"));
    if (!globalThis.crypto?.subtle) return setAnswer("impossible");
    const right = await isSignedWith(token, secret);
    setAnswer(right ? "right" : "wrong");
    if (right) onRight();
  }

  return (
    <Fold label="Check with a secret of your own" hint="in this browser">
      <form method="post" autoComplete="off" onSubmit={check}>
        <Field
          id="own-secret"
          label="Secret"
          className="mb-3!"
          help="Used in this browser only: sent nowhere, kept nowhere."
          error={answer && answer !== "right" ? answers[answer] : undefined}
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
          {answer === "right" ? answers.right : ""}
        </span>
      </form>
    </Fold>
  );
}
