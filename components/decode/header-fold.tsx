"use client";
/** A token's header, folded: one reads it where something is wrong with it. */
import { ClaimsJson } from "@/components/token/claims-json";
import type { DecodedToken } from "@/lib/decoder/decode";
import { profileOf } from "@/lib/profiles/registry";
import { marksOf } from "./decoded-token";
import { Fold } from "./fold";
import type { TokenPointer } from "./token-pointer";

export function HeaderFold({
  decoded,
  pointer: { activePath, onActive },
}: {
  decoded: DecodedToken;
  pointer: TokenPointer;
}) {
  const profile = profileOf(decoded.profile);
  const marks = marksOf(decoded, "header");
  const faulty = marks.some(({ tone }) => tone !== "note");
  return (
    <Fold label="Header" hint={faulty ? "not as it should be" : `${profile.algorithm}, as ${profile.name} wants it`}>
      <ClaimsJson
        json={decoded.headerText}
        root="header"
        notes={{ alg: "How it is signed", typ: "What it is" }}
        marks={marks}
        activePath={activePath}
        onActive={onActive}
      />
    </Fold>
  );
}
