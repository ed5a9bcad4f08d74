"use client";
/** Decodes as one types: small texts at once, large ones in a worker; asks the server only about whole tokens that are worth it, and tells the latest answer only. */
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { InspectAction } from "@/components/scan/use-check";
import { getNow, useNow } from "@/components/time/now-store";
import { decodeReading } from "@/lib/decoder/decode";
import { type LargeText, nextChange, readLarge } from "@/lib/decoder/decode-large";
import { type ServerAnswer, whyNotSent } from "@/lib/decoder/ladder";
import { locatorOf } from "@/lib/jwt/locate";
import { type Reading, readToken } from "@/lib/jwt/read";
import { vendors } from "@/lib/profiles/registry";
import { refusalIn } from "@/lib/refusal";

/** Reading more than this takes long enough to be felt. */
const WORKER_FROM = 100_000;

const pending: ServerAnswer = { state: "pending" };

/**
 * @param bySecret whether the person's own secret has been seen to sign this token
 * @returns `decoded`: undefined while a large text is read, and when that failed
 */
export function useDecoded(pasted: string, inspect: InspectAction, bySecret: (token: string) => boolean = () => false) {
  const small = pasted.length <= WORKER_FROM;
  const large = useWorker(small ? "" : pasted);
  const reading: Reading = useMemo(() => {
    if (small) return readToken(pasted, vendors);
    return large?.kind === "parts" ? { ...large.parts, ...locatorOf(large.parts) } : { kind: "empty" };
  }, [pasted, small, large]);
  const { server, retry } = useServerAnswer(reading, inspect);
  const now = useNow((at) => at) ?? 0;
  const ownSecret = reading.kind === "token" && bySecret(reading.token);
  const decoded = useMemo(() => decodeReading(reading, { server, ownSecret, now }), [reading, server, ownSecret, now]);
  const ready = small || large?.kind === "parts" ? decoded : large?.kind === "decoded" ? large.decoded : undefined;
  return { decoded: ready, failed: large?.kind === "failed", reading, server, retry };
}

function useServerAnswer(reading: Reading, inspect: InspectAction) {
  const token = reading.kind === "token" && !whyNotSent(reading) ? reading.token : "";
  const [answers, setAnswers] = useState<{ token: string; attempt: number; answer: ServerAnswer }>();
  const [attempt, setAttempt] = useState(0);

  // A page that is drawn anew brings the action anew: no reason to ask again, which would count as another look.
  const ask = useEffectEvent(inspect);
  useEffect(() => {
    if (token === "") return;
    let current = true;
    const settle = (answer: ServerAnswer) => {
      if (current) setAnswers({ token, attempt, answer });
    };
    ask({ token }).then(
      (result) =>
        settle(
          result.ok
            ? { state: "answered", inspection: result.data }
            : { state: "unavailable", reason: result.error.message },
        ),
      (error: unknown) =>
        settle({
          state: "unavailable",
          reason:
            refusalIn(error) ?? "The server could not be reached, so the signature and the ledger are not checked.",
        }),
    );
    return () => {
      current = false;
    };
  }, [token, attempt]);

  const known = answers?.token === token && answers.attempt === attempt;
  return { server: known ? answers.answer : pending, retry: () => setAttempt(attempt + 1) };
}

/** A timer that waits longer fires at once. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

type Answer = LargeText | { kind: "failed" };

function useWorker(text: string): Answer | undefined {
  const [result, setResult] = useState<{ text: string; answer: Answer }>();
  useEffect(() => {
    if (text === "") return;
    let timer: number | undefined;
    const worker = new Worker(new URL("./decode-worker.ts", import.meta.url), { type: "module" });
    let ask = () => worker.postMessage({ text, now: getNow() });
    const take = (large: LargeText) => {
      setResult({ text, answer: large });
      const wait = ((nextChange(large, getNow()) ?? Number.POSITIVE_INFINITY) - getNow()) * 1000;
      if (wait <= LONGEST_WAIT_MS) timer = window.setTimeout(() => ask(), wait);
    };
    worker.onmessage = ({ data }: MessageEvent<LargeText>) => take(data);
    // Its script is asked for when it is needed, and then the network may be off: better to stand still a moment.
    worker.onerror = () => {
      ask = () => {
        try {
          take(readLarge(text, getNow()));
        } catch {
          // An error's text could quote what was pasted.
          setResult({ text, answer: { kind: "failed" } });
        }
      };
      ask();
    };
    ask();
    return () => {
      window.clearTimeout(timer);
      worker.terminate();
    };
  }, [text]);
  return result?.text === text ? result.answer : undefined;
}
