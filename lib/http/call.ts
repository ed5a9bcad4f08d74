/** A request of a program and its answer, as the doors of programs see them: plain data that knows neither Next nor Node's sockets. */
import type { Origin } from "@/lib/auth/actor";

export type HttpCall = {
  method: string;
  /** Well-formed, from the root on, without the query. */
  path: string;
  query: URLSearchParams;
  /** By its name in small letters; undefined where it is absent. What was sent more than once is joined, with commas: of what may stand there once, nothing that anybody takes. */
  header(name: string): string | undefined;
  /** Whole; empty where none was sent. */
  body: Buffer;
  /** Where it comes from; `via` is the door's to say, and whether what the program calls itself may be kept. */
  origin: Omit<Origin, "via">;
};

export type HttpAnswer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
};
