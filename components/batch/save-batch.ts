"use client";
/** Saves a batch's tokens as a file that this tab makes; no server is asked. */
import type { IssuedBatch } from "@/lib/batch/issued";
import { type BatchFormat, batchFormats, fileNameOf, writeBatch } from "@/lib/batch/write-files";
import { profileOf } from "@/lib/profiles/registry";

export function saveBatch(batch: IssuedBatch, format: BatchFormat): void {
  const link = document.createElement("a");
  const text = writeBatch(profileOf(batch.profile), batch, format);
  link.href = URL.createObjectURL(new Blob([text], { type: batchFormats[format].type }));
  link.download = fileNameOf(batch.batch, format);
  link.click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
