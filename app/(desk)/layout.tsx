/** The frame of every page for members. The pages check who is asking again, each for itself: a layout is not run anew on every navigation. */
import type { ReactNode } from "react";
import { requireActor } from "@/lib/auth/session";
import { DeskFrame } from "../desk-frame";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  return <DeskFrame actor={await requireActor()}>{children}</DeskFrame>;
}
