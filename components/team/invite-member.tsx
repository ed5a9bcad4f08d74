"use client";
/** The head of the team's page with what invites somebody: behind a button, in place. The link stands there once it is made. */
import { type ReactNode, useState } from "react";
import { useKeptForm } from "@/components/issue/use-kept-form";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { PanelEnd } from "@/components/ui/panel-end";
import { useActionForm } from "@/components/ui/use-action-form";
import { usePanel } from "@/components/ui/use-panel";
import type { ActionResult } from "@/lib/action-result";
import { isRole, roles } from "@/lib/auth/roles";
import type { InvitationLink } from "@/lib/team/invite";
import { InviteMemberInput } from "@/lib/team/schema";
import { tellingLinks } from "./link-news";
import { roleWords } from "./role-words";
import { type ReadLinkState, ShownLink } from "./shown-link";

type Invite = (input: InviteMemberInput) => Promise<ActionResult<InvitationLink>>;

export function InviteMember({
  title,
  lede,
  memberId,
  action,
  readState,
}: {
  title: ReactNode;
  lede: ReactNode;
  /** Who invites. */
  memberId: string;
  action: Invite;
  readState: ReadLinkState;
}) {
  const { open, panel, button, show, hide, setOpen } = usePanel();
  const [link, setLink] = useState<InvitationLink>();
  const [ended, setEnded] = useState(0);
  const forget = () => setLink(undefined);
  return (
    <>
      <PageHeader
        title={title}
        lede={lede}
        actions={
          open && !link ? undefined : (
            <Button ref={button} variant={link ? "secondary" : "primary"} icon="plus" onClick={() => show(forget)}>
              Invite
            </Button>
          )
        }
      />
      <div
        ref={panel}
        hidden={!open}
        className="mb-8 max-w-[38rem] rounded-[14px] border border-line-strong bg-surface p-5 max-sm:p-4"
      >
        <div role="status">
          {link ? (
            <section aria-labelledby="invitation" className="flex flex-col gap-2.5">
              <h2 id="invitation" className="font-semibold text-[1.0625rem] tracking-tight [overflow-wrap:anywhere]">
                A link for <bdi>{link.email}</bdi>
              </h2>
              <ShownLink key={link.id} link={link} kind="invitation" readState={readState}>
                <p className="text-soft">
                  Send it to them: whoever opens it joins as {link.role}.
                  {link.replaced ? " The link that they had before opens no more." : ""}
                </p>
              </ShownLink>
              <div className="mt-1">
                <Button size="sm" onClick={() => hide(forget)}>
                  Done
                </Button>
              </div>
            </section>
          ) : null}
        </div>
        <div hidden={link !== undefined}>
          {/* A new one each time: it begins without what was said of the one before. */}
          <InviteForm
            key={ended}
            memberId={memberId}
            action={action}
            onKept={() => setOpen(true)}
            onDone={(made) => {
              setLink(made);
              setEnded(ended + 1);
            }}
            onCancel={() => hide(() => setEnded(ended + 1))}
          />
        </div>
      </div>
    </>
  );
}

function InviteForm({
  memberId,
  action,
  onKept,
  onDone,
  onCancel,
}: {
  memberId: string;
  action: Invite;
  /** Something was typed before the page was loaded again. */
  onKept: () => void;
  onDone: (link: InvitationLink) => void;
  onCancel: () => void;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: InviteMemberInput,
    action: (input: InviteMemberInput) => tellingLinks(action(input)),
    defaultValues: { email: "", role: "issuer" },
    onDone: (link: InvitationLink, sent) => {
      // Whom one has typed over it meanwhile is the next to be invited.
      forgetSent(sent);
      onDone(link);
    },
  });
  const { forget, forgetSent } = useKeptForm(form, { beganWith: "invitation", memberId, onKept });
  const role = form.watch("role");
  return (
    <section aria-labelledby="invite">
      <h2 id="invite" className="mb-3 font-semibold text-[1.0625rem] tracking-tight">
        Invite somebody
      </h2>
      <form {...formProps} autoComplete="off">
        <Field
          id="invite-email"
          label="Email"
          help="They sign in with it. Nothing is sent: you get a link to send them."
          error={errorOf("email")}
        >
          {(control) => <Input {...control} type="email" autoComplete="off" {...form.register("email")} />}
        </Field>
        <Field id="invite-role" label="Role" help={isRole(role) ? roleWords[role] : undefined} error={errorOf("role")}>
          {(control) => (
            <Select {...control} className="max-w-52" {...form.register("role")}>
              {roles.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <PanelEnd {...{ failure, submitProps, forget, onCancel }} submit="Create invitation" />
      </form>
    </section>
  );
}
