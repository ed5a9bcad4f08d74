/** What to do about a token or a text that is an alarm: three steps, each with one action; and the one next act where it is none. */
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { stepThatEnds } from "@/components/token/where-it-ends";
import { buttonClass } from "@/components/ui/button";
import { CarefulLink } from "@/components/ui/careful-link";
import type { Inspection } from "@/lib/decoder/inspection";
import { leakBy } from "@/lib/decoder/inspection-findings";
import type { KnownKey } from "@/lib/decoder/judge-text";
import type { Verdict } from "@/lib/decoder/verdict";
import type { Profile } from "@/lib/profiles/profile";
import type { FlaggedSecret } from "@/lib/scan/flag-secrets";
import { caseName, tokenName } from "@/lib/text/numbered";
import { withinSentence } from "@/lib/text/within-sentence";

/** `action`: null where nothing can be done here. */
type Step = { title: string; text: ReactNode; action: ReactNode };

const look = "font-medium text-ink underline decoration-edge underline-offset-4 hover:decoration-current";

function StepLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <CarefulLink href={href} className={look}>
      {children}
    </CarefulLink>
  );
}

/** To a page that support does not have: they have somebody to tell. */
function deskLink(mayRead: boolean, href: string, label: ReactNode, instead: ReactNode = "Tell an admin."): ReactNode {
  return mayRead ? <StepLink href={href}>{label}</StepLink> : instead;
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
            {action === null ? null : <p className="mt-0.5">{action}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

const activeOf = (keyId: string | undefined) => `/audit?tokens=1&active=1${keyId ? `&key=${keyId}` : ""}`;

type Desk = {
  /** The vendor's. */
  profile: Profile;
  /** Whether the person sees the ledger, the keys and the cases. */
  mayRead: boolean;
  /** Whether they may say what signs, and acknowledge a case. */
  mayChange: boolean;
  onClear: () => void;
};

/** Where the secret was rotated after it got out: what is left to do. */
function retiredStep({ name }: Profile, keyId: string | undefined, mayRead: boolean): Step {
  return {
    title: "The secret is retired already",
    text: `${name} refuses what it signed. Find where it got out, so that the new one does not follow.`,
    action: mayRead && keyId !== undefined ? <StepLink href={`/keys/${keyId}`}>See the key</StepLink> : null,
  };
}

function alteredSteps(inspection: Inspection, { profile, mayRead, onClear }: Desk): ReactNode {
  const { ledger, signature, elsewhere } = inspection;
  if (ledger.state !== "altered") return null;
  const { ask, number, event, keyId, keyLabel } = ledger.entry;
  const name = tokenName(number);
  const leak = leakBy(signature);
  return drawn([
    {
      title: "Do not pass it on",
      text: "It is not what was issued. It stays in this tab only.",
      action: <StepButton onClick={onClear}>Clear it here</StepButton>,
    },
    {
      title: ask,
      text: `Who asked for ${name} may know who has had it since.`,
      action: event === null ? null : <StepLink href={`/audit/${event}`}>See {name}</StepLink>,
    },
    leak && "retired" in signature && signature.retired
      ? retiredStep(profile, elsewhere?.keyId ?? keyId, mayRead)
      : leak
        ? {
            title: "Regenerate the secret",
            text: `in ${profile.words.dashboard}: until then any token can be made with it. It ends every token of that key.`,
            action: deskLink(mayRead, activeOf(elsewhere?.keyId ?? keyId), "See who is affected"),
          }
        : {
            title: mayRead ? "See what else has not expired" : "Tell an admin",
            text: `No secret of this desk signed it, so those of “${keyLabel}” need no change.`,
            action: deskLink(mayRead, activeOf(keyId), `Tokens of “${keyLabel}” that have not expired`, null),
          },
  ]);
}

function elsewhereSteps({ signature, elsewhere }: Inspection, { profile, mayRead, mayChange }: Desk): ReactNode {
  const { keyId, caseNumber, caseAcknowledged: acknowledged } = elsewhere ?? {};
  const named = caseNumber === undefined ? null : caseName(caseNumber);
  const key = "keyLabel" in signature ? signature.keyLabel : "";
  return drawn([
    {
      title: "Is it a backend of yours?",
      text: `One that signs with the secret of “${key}” itself. Say so once, and its tokens are a note.`,
      action: deskLink(
        mayRead,
        `/keys/${keyId}`,
        mayChange ? "We sign elsewhere too…" : "See the key",
        "An admin can say so.",
      ),
    },
    "retired" in signature && signature.retired
      ? retiredStep(profile, keyId, mayRead)
      : {
          title: "If not, regenerate the secret",
          text: `in ${profile.words.dashboard}. It ends this token, and all of ours that it signed.`,
          action: deskLink(mayRead, activeOf(keyId), "See who is affected"),
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
          action: deskLink(mayRead, `/cases/${caseNumber}`, `See ${withinSentence(caseName(caseNumber ?? 0))}`, named),
        }
      : {
          title: "Acknowledge it, with a note",
          text: "Until an admin does, it stays red on everybody's overview.",
          action:
            caseNumber === undefined
              ? deskLink(mayRead, "/", "See the overview", null)
              : mayRead && !mayChange
                ? // The head leads to it.
                  null
                : deskLink(mayRead, `/cases/${caseNumber}`, "Acknowledge…", named),
        },
  ]);
}

function secretSteps(
  { keyId, label, retired, inToken }: FlaggedSecret,
  { profile, mayRead, onClear }: Omit<Desk, "mayChange">,
): ReactNode {
  return drawn([
    {
      title: "Clear it here",
      text: inToken
        ? "It went no further than this desk, which keeps neither it nor its token."
        : "It was read in this browser and sent nowhere.",
      action: <StepButton onClick={onClear}>Clear the field</StepButton>,
    },
    retired
      ? retiredStep(profile, keyId, mayRead)
      : {
          title: "Regenerate the secret",
          text: `It ends every token of “${label}”.`,
          action: deskLink(mayRead, activeOf(keyId), "See who is affected"),
        },
    {
      title: "Take it from where it stood",
      text: "A file, a chat, a repository: a secret belongs in none of them.",
      action: null,
    },
  ]);
}

/** @param inToken whether it can be read in a token, which is checked on the server */
function credentialSteps(inToken: boolean, { mayChange, onClear }: Pick<Desk, "mayChange" | "onClear">): ReactNode {
  return drawn([
    {
      title: "Clear it here",
      text: inToken
        ? "It went no further than this desk, which keeps its token nowhere."
        : "It was read in this browser and sent nowhere.",
      action: <StepButton onClick={onClear}>Clear the field</StepButton>,
    },
    {
      title: "End it, or renew it",
      text: "Whoever has it can ask for what its program may, until then.",
      action: deskLink(mayChange, "/credentials", "See the credentials"),
    },
    {
      title: "Take it from where it stood",
      text: "A file, a chat, a repository: a credential belongs in none of them.",
      action: null,
    },
  ]);
}

function ActLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <CarefulLink href={href} className={`${buttonClass()} max-w-full`}>
      <span className="min-w-0 truncate">{children}</span>
    </CarefulLink>
  );
}

/** To the page of a key that the head names. */
function keyAct(key: Pick<KnownKey, "id" | "label">): ReactNode {
  return (
    <ActLink href={`/keys/${key.id}`}>
      Open “<bdi>{key.label}</bdi>”
    </ActLink>
  );
}

/** The act after a head that has no steps; null where there is none to do here. @param keys of this desk @param mayAdd whether the person may add a key */
function nextAct(
  { word, alarm }: Pick<Verdict, "word" | "alarm">,
  { signature, ledger }: Inspection,
  { mayRead, mayAdd, keys }: { mayRead: boolean; mayAdd: boolean; keys: readonly KnownKey[] },
): ReactNode {
  if (word === "Unknown key")
    return mayAdd ? (
      <ActLink href="/keys">Add it under Keys</ActLink>
    ) : (
      "If it is your team's key, an admin can add it."
    );
  if (alarm === "elsewhere" && !mayRead) return "Tell an admin.";
  if (word !== "Bad signature" || signature.state !== "wrong" || ledger.state !== "absent") return null;
  if (!mayRead) return "An admin sees the fingerprint.";
  const named = keys.find(({ label }) => label === signature.keyLabel);
  return named ? keyAct(named) : null;
}

/** What would end a token that is revoked here; null for any other. */
function endingAct(
  { word }: Pick<Verdict, "word">,
  { ledger }: Inspection,
  { mayRead, mayRotate }: { mayRead: boolean; mayRotate: boolean },
): ReactNode {
  if (word !== "Revoked" || ledger.state !== "issued") return null;
  const { keyId: id, keyLabel: label } = ledger.entry;
  const { href, words } = stepThatEnds({ id, label, mayRotate });
  return mayRead ? <ActLink href={href}>{words}</ActLink> : "Tell an admin.";
}

export const verdictSteps = { alteredSteps, elsewhereSteps, secretSteps, credentialSteps, keyAct, nextAct, endingAct };
