"use client";
/** Adds a signing key. The secret's field is cleared once it is saved; the page never gets it back, and no storage ever has it. */
import { useKeptForm } from "@/components/issue/use-kept-form";
import { Field, Input, Select } from "@/components/ui/field";
import { PanelEnd } from "@/components/ui/panel-end";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { CreateKeyInput } from "@/lib/keys/schema";
import { firstProfile, profileOf, profiles } from "@/lib/profiles/registry";
import { bareNumberSaid } from "@/lib/text/parse-duration";
import { SharesSecret } from "./shares-secret";

export type SavedKey = { keyId: string; label: string; fingerprint: string };

export function AddKeyForm({
  memberId,
  action,
  onKept,
  onSaved,
  onCancel,
}: {
  /** Who adds it. */
  memberId: string;
  action: (input: CreateKeyInput) => Promise<ActionResult<SavedKey>>;
  /** Something was typed before the page was loaded again. */
  onKept: () => void;
  onSaved: (key: SavedKey) => void;
  /** None: it stays open. */
  onCancel?: (() => void) | undefined;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: CreateKeyInput,
    action,
    defaultValues: {
      profile: firstProfile().id,
      label: "",
      apiKey: "",
      secret: "",
      maxLifetime: "",
      sharesSecret: false,
    },
    onDone: (key: SavedKey, sent) => {
      form.reset();
      forgetSent(sent);
      onSaved(key);
    },
  });
  const { forget, forgetSent } = useKeptForm(form, { beganWith: "key", memberId, secret: "secret", onKept });
  return (
    <section aria-labelledby="add-key" className="max-w-[34rem]">
      <h2 id="add-key" className="mb-3 font-semibold text-[1.0625rem] tracking-tight">
        Add key
      </h2>
      <form {...formProps} autoComplete="off">
        {profiles.size > 1 ? (
          <Field id="profile" label="Vendor" error={errorOf("profile")}>
            {(control) => (
              <Select {...control} {...form.register("profile")}>
                {[...profiles.values()].map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
        <Field id="label" label="Label" help="How people here call it: Staging, Production." error={errorOf("label")}>
          {(control) => <Input {...control} {...form.register("label")} />}
        </Field>
        <Field
          id="apiKey"
          label="API key"
          help={`${profileOf(form.watch("profile")).words.whereKeysAre} Everybody here sees it.`}
          error={errorOf("apiKey")}
        >
          {(control) => <Input {...control} mono {...form.register("apiKey")} />}
        </Field>
        <Field
          id="secret"
          label="Secret"
          help="Sealed before it is stored, and never shown again."
          error={errorOf("secret")}
        >
          {(control) => (
            <Input {...control} mono type="password" autoComplete="new-password" {...form.register("secret")} />
          )}
        </Field>
        <Field
          id="maxLifetime"
          label="Max lifetime"
          optional
          help={
            bareNumberSaid(form.watch("maxLifetime") ?? "") ??
            "24h, 7d. A token for longer is refused. Empty: no limit."
          }
          error={errorOf("maxLifetime")}
        >
          {(control) => <Input {...control} mono className="max-w-40" {...form.register("maxLifetime")} />}
        </Field>
        <SharesSecret
          error={errorOf("sharesSecret")}
          ticked={form.watch("sharesSecret")}
          field={form.register("sharesSecret")}
        />
        <PanelEnd {...{ failure, submitProps, forget, onCancel }} submit="Save key" />
      </form>
    </section>
  );
}
