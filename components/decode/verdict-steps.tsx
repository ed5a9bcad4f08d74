/** What to do about a token or a text that is an alarm: three steps, each with one action. */
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { CarefulLink } from "@/components/ui/careful-link";
import type { Inspection } from "@/lib/decoder/inspection";
import { leakBy } from "@/lib/decoder/inspection-findings";
import { caseName, tokenName } from "@/lib/text/numbered";

type Step = { title: string; text: ReactNode; action: ReactNode };

const look = "font-medium text-ink underline decoration-edge underline-offset-4 hover:decoration-current";

function StepLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <CarefulLink href={href} className={look}>
      {children}
    </CarefulLink>
  );
}

function StepButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={look}>
      {children}
    </button>
  );
}

function drawn(steps: readonly Step[]): ReactNode {
  return (
    <ol className="grid border-line border-t max-lg:divide-y max-lg:divide-line lg:grid-cols-3 lg:divide-x lg:divide-line">
      {steps.map(({ title, text, action }, index) => (
        <li
          key={title}
          className="grid grid-cols-[1.1875rem_minmax(0,1fr)] gap-x-2.5 px-4.5 py-3 text-small max-md:px-3.5 max-md:py-2.5"
        >
          <span
            aria-hidden="true"
            className="mt-0.5 grid size-4.75 place-items-center rounded-full border border-edge font-semibold text-[0.6875rem] text-soft"
          >
            {index + 1}
          </span>
          <div className="min-w-0">
            <p className="font-semibold text-body">{title}</p>
            <p className="text-soft">{text}</p>
            <p className="mt-0.5">{action}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

const activeOf = (keyId: string | undefined) => `/audit?tokens=1&active=1${keyId ? `&key=${keyId}` : ""}`;

type Desk = {
  /** Where the vendor's keys are. */
  dashboard: string;
  onClear: () => void;
};

function alteredSteps(inspection: Inspection, { dashboard, onClear }: Desk): ReactNode {
  const { ledger, signature, elsewhere } = inspection;
  if (ledger.state !== "altered") return null;
  const { actorName, number, event, keyId, keyLabel } = ledger.entry;
  const name = tokenName(number);
  const leak = leakBy(signature);
  return drawn([
    {
      title: "Do not pass it on",
      text: "Whoever altered it wanted more than was issued. It stays in this tab only.",
      action: <StepButton onClick={onClear}>Clear it here</StepButton>,
    },
    {
      title: `Ask ${actorName}`,
      text: `Who asked for ${name} may know who has had it since.`,
      action: <StepLink href={event === null ? `/audit?q=${number}` : `/audit/${event}`}>See {name}</StepLink>,
    },
    leak
      ? {
          title: "Regenerate the secret",
          text: `in ${dashboard}: until then any token can be made with it. It ends every token of that key.`,
          action: <StepLink href={activeOf(elsewhere?.keyId ?? keyId)}>See who is affected</StepLink>,
        }
      : {
          title: "See what else is active",
          text: `No secret of this desk signed it, so those of “${keyLabel}” need no change.`,
          action: <StepLink href={activeOf(keyId)}>Active tokens of “{keyLabel}”</StepLink>,
        },
  ]);
}

function elsewhereSteps({ signature, elsewhere }: Inspection, { dashboard }: Desk): ReactNode {
  const { keyId, caseNumber, caseAcknowledged: acknowledged } = elsewhere ?? {};
  const key = "keyLabel" in signature ? signature.keyLabel : "";
  return drawn([
    {
      title: "Is it a backend of yours?",
      text: `One that signs with the secret of “${key}” itself. Say so once, and its tokens are a note.`,
      action: <StepLink href={`/keys/${keyId}`}>We sign elsewhere too…</StepLink>,
    },
    {
      title: "If not, regenerate the secret",
      text: `in ${dashboard}. It ends this token, and all of ours that it signed.`,
      action: <StepLink href={activeOf(keyId)}>See who is affected</StepLink>,
    },
    acknowledged
      ? {
          title: "Acknowledged",
          text: (
            <>
              By <bdi>{acknowledged.by}</bdi>, <Time epochSeconds={acknowledged.at} mode="clock" />
              {acknowledged.note ? (
                <>
                  : <bdi className="[overflow-wrap:anywhere]">{acknowledged.note}</bdi>
                </>
              ) : null}
            </>
          ),
          action: <StepLink href={`/cases/${caseNumber}`}>See {caseName(caseNumber ?? 0)}</StepLink>,
        }
      : {
          title: "Acknowledge it, with a note",
          text: "Until an admin does, it stays red on everybody's overview.",
          action:
            caseNumber === undefined ? (
              <StepLink href="/">See the overview</StepLink>
            ) : (
              <StepLink href={`/cases/${caseNumber}`}>Acknowledge…</StepLink>
            ),
        },
  ]);
}

function secretSteps(label: string, { dashboard, onClear }: Desk): ReactNode {
  return drawn([
    {
      title: "Clear it here",
      text: "It was read in this browser and sent nowhere.",
      action: <StepButton onClick={onClear}>Clear the field</StepButton>,
    },
    {
      title: "Regenerate the secret",
      text: `of “${label}” in ${dashboard}, unless nobody else can have seen it.`,
      action: <StepLink href={activeOf(undefined)}>See who is affected</StepLink>,
    },
    {
      title: "Take it from where it stood",
      text: "A file, a chat, a repository: a secret belongs in none of them.",
      action: <StepLink href="/keys">Open the keys</StepLink>,
    },
  ]);
}

export const verdictSteps = { alteredSteps, elsewhereSteps, secretSteps };
