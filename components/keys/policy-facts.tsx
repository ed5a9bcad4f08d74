/** What may be issued with a key, line by line, in the words of the issue form; then its secret. */
import { Time } from "@/components/time/time";
import { leftOf } from "@/lib/composer/locks";
import type { KeyView } from "@/lib/keys/get";
import type { Limits } from "@/lib/keys/policy";
import type { PolicyTemplate } from "@/lib/keys/policy-form";
import type { Profile } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { lifetimeWords } from "@/lib/text/lifetime";
import { listNames } from "@/lib/text/listed";
import { withinSentence } from "@/lib/text/within-sentence";
import type { KeyFact } from "./key-policy";

export function policyFacts({ policy, profile, secret, templates }: KeyView): KeyFact[] {
  const vendor = profileOf(profile);
  const { issuer, ...all } = policy;
  const facts = factsOf(vendor, all, templates);
  // Their part of a policy repeats what holds for everybody.
  const forIssuers = (issuer ? factsOf(vendor, issuer, templates) : []).filter(
    ({ term, detail }) => !facts.some((fact) => fact.term === term && fact.detail === detail),
  );
  return [
    ...(facts.some(({ term }) => term === "Lifetime")
      ? []
      : [{ term: "Lifetime", detail: all.templates ? "the template's" : "any" }]),
    ...facts,
    ...(facts.some(({ term }) => term !== "Lifetime")
      ? []
      : [{ term: "May be issued", detail: `all that ${vendor.name} has` }]),
    ...(forIssuers.length > 0
      ? [
          {
            term: "Issuers",
            detail: (
              <ul className="flex flex-col gap-1">
                {forIssuers.map(({ term, detail }) => (
                  <li key={term}>
                    <span className="text-faint">{term}:</span> {detail}
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    {
      term: "Secret",
      detail: secret ? (
        <>
          <code title="The first digits of its SHA-256">{secret.fingerprint}</code>, since{" "}
          <Time epochSeconds={epochSeconds(secret.since)} mode="short" />
        </>
      ) : (
        "none"
      ),
    },
  ];
}

/** Of what is limited, and of nothing else. */
function factsOf(vendor: Profile, limits: Limits, templates: readonly PolicyTemplate[]): KeyFact[] {
  const { maxTtlSeconds, defaultTtlSeconds, require } = limits;
  const lifetime = [
    maxTtlSeconds === null ? "" : `up to ${lifetimeWords(maxTtlSeconds)}`,
    // A form that is bound to a template begins with the template's.
    defaultTtlSeconds === null || limits.templates ? "" : `${lifetimeWords(defaultTtlSeconds)} to begin with`,
  ].filter(Boolean);
  const left = vendor.fields.flatMap((field) => {
    const words = field.kind === "names" ? leftOf(field, limits) : undefined;
    return field.kind === "names" && words ? [{ term: field.heading, detail: words }] : [];
  });
  const required = [
    ...vendor.fields.flatMap((field) =>
      field.kind === "id" && require.includes(field.limits) ? [withinSentence(field.label)] : [],
    ),
    ...(require.includes("purpose") ? ["purpose"] : []),
  ];
  const names = limits.templates?.map((id) => templates.find((each) => each.id === id)?.name ?? id);
  return [
    ...(lifetime.length > 0 ? [{ term: "Lifetime", detail: lifetime.join(", ") }] : []),
    ...left,
    ...(required.length > 0 ? [{ term: "Required", detail: required.join(", ") }] : []),
    ...(names ? [{ term: "Templates", detail: `${listNames(names)}, unchanged` }] : []),
  ];
}
