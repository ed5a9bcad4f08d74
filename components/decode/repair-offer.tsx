"use client";
/** Offers to repair a token with mistakes, and shows what that would change. Loaded once the server has said whose token it is. */
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { DecodedToken } from "@/lib/decoder/decode";
import { draftOf } from "@/lib/decoder/draft-of";
import type { Draft } from "@/lib/decoder/repair";
import type { Repairing } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { RepairPanel } from "./repair-panel";

export function RepairOffer({
  decoded,
  pending,
  onUse,
}: {
  decoded: DecodedToken;
  pending: boolean;
  onUse: (draft: Draft) => void;
}) {
  const [open, setOpen] = useState(false);
  const [repairing, setRepairing] = useState<Repairing>();
  const { profile } = decoded;
  useEffect(() => {
    let current = true;
    profileOf(profile)
      .loadRepairing()
      .then(
        (loaded) => {
          if (current) setRepairing(loaded);
        },
        () => {},
      );
    return () => {
      current = false;
    };
  }, [profile]);
  const draft = repairing && draftOf(decoded, repairing);
  if (!draft) return null;
  return (
    <>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        Repair…
      </Button>
      {open ? <RepairPanel draft={draft} pending={pending} onUse={onUse} /> : null}
    </>
  );
}
