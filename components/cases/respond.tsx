/** What to do when somebody else has a key's secret, in order: here, at the vendor, and whom to tell. */
import Link from "next/link";
import type { ReactNode } from "react";
import { digitsOrMore } from "@/lib/count-at-most";
import type { PersonWithTokens } from "@/lib/keys/active-by-person";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { PeopleTable, peopleInWords } from "./people-table";
import { SavePeopleButton } from "./save-people-button";

/** As many as leave room for the rest on one printed page. */
const PRINTED = 8;

export async function Respond({
  keyId,
  label,
  disabled,
  profile: profileId,
  people,
  active,
  all,
  listed,
  statusAction,
  first,
  last,
}: {
  keyId: string;
  label: string;
  disabled: boolean;
  /** The id of the key's profile. */
  profile: string;
  people: readonly PersonWithTokens[];
  /** How many tokens that its current secret signed are active. */
  active: number;
  /** Whether those are all. */
  all: boolean;
  /** Whether the audit log lists just these. */
  listed: boolean;
  /** Disables or enables the key; absent for those who may not. */
  statusAction?: ReactNode;
  /** What to ask before anything else. */
  first?: ReactNode;
  /** What to do after all else. */
  last?: ReactNode;
}) {
  const { name, loadAfterLeak } = profileOf(profileId);
  const steps = await loadAfterLeak();
  const tokens = active === 1 ? "1 token" : `${digitsOrMore(active, !all)} tokens`;
  return (
    <ol className="flex list-none flex-col gap-6">
      {first}
      <Step title={disabled ? "It is disabled here" : "Disable it here"} action={statusAction}>
        {disabled
          ? "Nobody can issue a token with it until it is enabled again."
          : "Nobody can issue a token with it then, and you can undo this at any time. It ends no token that there is."}
        {statusAction ? null : " An admin can do this."}
      </Step>
      <Step title={`At ${name}, in this order`}>
        <ol className="mt-1 flex list-decimal flex-col gap-1 pl-5">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Step>
      <Step
        title={people.length === 0 ? "Nobody has to be told" : "Who to tell"}
        action={people.length > 0 ? <SavePeopleButton people={people} label={label} /> : undefined}
      >
        {people.length === 0 ? (
          "No active token was signed with its current secret."
        ) : (
          <>
            <p className="mb-3">
              {listed ? (
                <Link href={`/audit?tokens=1&active=1&key=${keyId}`} prefetch={false}>
                  {tokens}
                </Link>
              ) : (
                tokens
              )}{" "}
              that its current secret signed {active === 1 ? "is" : "are"} active, of {peopleInWords(people)}. Whoever
              holds one cannot join with it any more once its secret is regenerated.
            </p>
            <div className="respond-people">
              <PeopleTable keyId={keyId} people={people} isAll={listed} />
              {people.length > PRINTED ? (
                <p className="hidden print:block">
                  And {groupDigits(people.length - PRINTED)} more: the CSV file has them all.
                </p>
              ) : null}
            </div>
          </>
        )}
      </Step>
      {last}
    </ol>
  );
}

/** One step, numbered by where it stands. */
export function Step({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <li className="respond-step">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h3 className="font-semibold">{title}</h3>
        {action}
      </div>
      <div className="mt-0.5 text-soft">{children}</div>
    </li>
  );
}
