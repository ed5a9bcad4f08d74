"use client";
/** The id under which a form asks first: its page's, or one of its own where the router shows a page that it has kept, whose id may have issued something since. */
import { useState } from "react";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { newJti } from "@/lib/composer/new-jti";

/** @param ofPage what the server rendered with, so that the first rendering is the server's @returns as a state is */
export function useFirstId(ofPage: string) {
  const isRouted = useInBrowser(() => true, false);
  return useState(() => (isRouted ? newJti() : ofPage));
}
