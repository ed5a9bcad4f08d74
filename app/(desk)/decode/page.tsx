import type { Metadata } from "next";
import { DecodeDesk } from "@/components/decode-desk";
import { PageHeader } from "@/components/page-header";
import { requireActor } from "@/lib/auth/session";
import { inspectTokenAction } from "./actions";

export const metadata: Metadata = { title: "Decode a token" };

export default async function DecodePage() {
  await requireActor();
  return (
    <>
      <PageHeader title="Decode a token" lede="Whether VideoSDK accepts it, and why not." />
      <DecodeDesk inspect={inspectTokenAction} />
    </>
  );
}
