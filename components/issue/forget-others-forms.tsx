"use client";
/** Stands in the frame of every page: once somebody has signed in, what another member had typed in this tab is gone. */
import { useEffect } from "react";
import { forgetOthersForms } from "./kept-storage";

export function ForgetOthersForms({ memberId }: { memberId: string }) {
  useEffect(() => forgetOthersForms(memberId), [memberId]);
  return null;
}
