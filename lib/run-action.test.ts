/** The door of the server actions. Only the session, which is Next's to know, is set by hand here; database and verbs are real. */

import Database from "better-sqlite3";
import { isRedirectError } from "next/dist/client/components/redirect-error";
import { redirect } from "next/navigation";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { currentActor, currentVisitor } from "./auth/session";
import { COMMITTED } from "./database-file";
import { closeDatabase, transaction } from "./db";
import { AppError } from "./errors";
import { createKey } from "./keys/create";
import { log } from "./log";
import { runAction, runVisitorAction } from "./run-action";
import { failureOf, issueForm, makeWriterReadOnly, newApiKey, newSecret, openDesk } from "./test-desk";
import { issueToken } from "./tokens/issue";

vi.mock("./auth/session", () => ({ currentActor: vi.fn(), currentVisitor: vi.fn() }));

const desk = await openDesk();
const key = await desk.addKey();

beforeEach(() => {
  vi.mocked(currentActor).mockResolvedValue(desk.issuer);
  vi.mocked(currentVisitor).mockResolvedValue(desk.visitor);
  vi.spyOn(log(), "error");
});
afterEach(closeDatabase);

const logged = () => JSON.stringify(vi.mocked(log().error).mock.calls);
const throwing = (error: unknown) => async () => {
  throw error;
};

describe("for members", () => {
  it("hands the actor and the input to the verb and its answer back", async () => {
    const verb = vi.fn(async () => ({ done: true }));
    expect(await runAction(verb, { a: 1 })).toEqual({ ok: true, data: { done: true } });
    expect(verb).toHaveBeenCalledExactlyOnceWith(desk.issuer, { a: 1 });
  });

  it("calls no verb without a session, and says that what was typed is kept", async () => {
    vi.mocked(currentActor).mockResolvedValue(undefined);
    const verb = vi.fn();
    const answer = await runAction(verb, {});
    expect(answer).toMatchObject({
      ok: false,
      error: { code: "unauthenticated", message: expect.stringContaining("What you typed is kept") },
    });
    expect(verb).not.toHaveBeenCalled();
    expect(log().error).not.toHaveBeenCalled();
  });
});

describe("for visitors", () => {
  it("hands the visitor to the verb, session or not", async () => {
    vi.mocked(currentActor).mockResolvedValue(undefined);
    const verb = vi.fn(async () => "in");
    expect(await runVisitorAction(verb, 7)).toEqual({ ok: true, data: "in" });
    expect(verb).toHaveBeenCalledExactlyOnceWith(desk.visitor, 7);
  });

  it("unwraps what next-auth has wrapped", async () => {
    const refusal = new AppError("throttled", "Too many attempts. Try again in 15 min.", {
      retryAfterSeconds: 900,
    });
    const wrapped = Object.assign(new Error("CallbackRouteError"), { cause: { err: refusal } });
    expect(await runVisitorAction(throwing(wrapped), {})).toEqual({
      ok: false,
      error: { code: "throttled", message: "Too many attempts. Try again in 15 min.", retryAfterSeconds: 900 },
    });
  });
});

describe("a refusal", () => {
  it("is told as the verb told it, with its fields, and is nothing for the log", async () => {
    const answer = await runAction(issueToken, { ...issueForm(key), permissions: [], participantId: "a b" });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: "invalid", fields: { permissions: expect.any(String), participantId: expect.any(String) } },
    });
    expect(log().error).not.toHaveBeenCalled();
  });

  it("by role is told as such", async () => {
    expect(await runAction(createKey, {})).toMatchObject({ ok: false, error: { code: "forbidden" } });
  });
});

describe("a record that cannot be written is told with its reason and that nothing was done:", () => {
  const unavailable = (reason: string) => ({
    ok: false,
    error: {
      code: "record_unavailable",
      message: `This could not be recorded, so it was not done: ${reason}. What you typed is kept. Try again; if it goes on, tell whoever runs this server.`,
    },
  });

  it("a read-only database", async () => {
    const readOnly = makeWriterReadOnly();
    expect(await runAction(issueToken, issueForm(key))).toEqual(unavailable("the database is read-only"));
    readOnly.mockRestore();
    expect(logged()).toContain(desk.visitor.origin.requestId);
  });

  it("a lock of another program", async () => {
    const other = new Database(desk.file);
    try {
      other.exec("BEGIN IMMEDIATE");
      expect(await runAction(issueToken, issueForm(key))).toEqual(
        unavailable("the database is locked by another program"),
      );
    } finally {
      other.close();
    }
  });

  it("a full disk", async () => {
    await transaction((tx) => tx.$queryRawUnsafe("PRAGMA max_page_count = 1"));
    vi.mocked(currentActor).mockResolvedValue(desk.admin);
    const answers = [];
    for (let attempt = 0; attempt < 60; attempt++) {
      answers.push(
        await runAction(createKey, {
          profile: "videosdk",
          label: "x".repeat(60),
          apiKey: newApiKey(),
          secret: newSecret(),
        }),
      );
    }
    expect(answers).toContainEqual(unavailable("the disk is full"));
  });
});

describe("a refusal of another copy of the module", () => {
  it("is told as the verb told it", async () => {
    vi.resetModules();
    const { AppError: Other } = await import("./errors");
    const refusal = new Other("conflict", "Somebody was first.", { fields: { label: "is taken" } });
    expect(refusal).not.toBeInstanceOf(AppError);
    expect(await runAction(throwing(refusal))).toEqual({
      ok: false,
      error: { code: "conflict", message: "Somebody was first.", fields: { label: "is taken" } },
    });
  });

  it("is none when it only bears the name", async () => {
    for (const code of ["E_BUG", "constructor", undefined]) {
      const named = Object.assign(new Error("the secret itself"), { name: "AppError", code });
      const answer = await runAction(throwing(named));
      expect(answer).toMatchObject({ ok: false, error: { code: "internal" } });
      expect(JSON.stringify(answer)).not.toContain("the secret itself");
    }
  });
});

describe("what fails after something was recorded", () => {
  const thenThrowing = (error: unknown) => async () => {
    await transaction((tx) => tx.counter.upsert({ where: { name: "x" }, create: { name: "x", value: 1 }, update: {} }));
    throw error;
  };

  it("by a bug, is not told as undone", async () => {
    const answer = await runAction(thenThrowing(new TypeError("afterwards")));
    expect(answer).toEqual({
      ok: false,
      error: {
        code: "internal",
        message: `Something failed on the server after a part was recorded. It may have been done all the same: look in the audit log before you try again. What you typed is kept. If it goes on, quote request ${desk.visitor.origin.requestId}.`,
      },
    });
  });

  it("by a second record, is not told as undone either", async () => {
    const full = Object.assign(new Error("afterwards"), { code: "SQLITE_FULL" });
    const answer = await runAction(thenThrowing(full));
    expect(answer).toMatchObject({
      error: {
        code: "record_unavailable",
        message: expect.stringMatching(
          /^This could not be recorded to its end: the disk is full\. It may have been done/,
        ),
      },
    });
  });
});

/** As the driver's error is, where the file went just behind a commit. */
const gone = (cause?: object) => Object.assign(new Error("DATABASE_GONE", { cause }), { code: "DATABASE_GONE" });

it.each([
  [/^This could not be recorded, so it was not done: the database file was deleted or moved/, undefined],
  [/^This could not be recorded to its end: the database file was deleted.* all the same/, { code: COMMITTED }],
])("a file that is gone is told by whether something was committed into it: %s", async (message, cause) => {
  const answer = await runAction(throwing(gone(cause)));
  expect(answer).toMatchObject({ error: { code: "record_unavailable", message: expect.stringMatching(message) } });
});

describe("an unexpected error", () => {
  const bug = Object.assign(new TypeError("cannot read 'the secret itself'"), { code: "E_BUG" });

  it("is told without detail, with the request's id to quote", async () => {
    const answer = await runAction(throwing(bug), { secret: "the secret itself" });
    expect(answer).toEqual({
      ok: false,
      error: {
        code: "internal",
        message: `Something failed on the server and nothing was changed. What you typed is kept. Try again; if it goes on, quote request ${desk.visitor.origin.requestId}.`,
      },
    });
  });

  it("is logged with that id, its kind and its place, and with nothing that was typed", async () => {
    await runAction(throwing(bug), { secret: "the secret itself" });
    expect(log().error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        requestId: desk.visitor.origin.requestId,
        error: "TypeError",
        code: "E_BUG",
        frames: expect.any(Array),
      }),
      "action failed",
    );
    expect(logged()).not.toContain("the secret itself");
  });

  it("whose cause is itself is told like any other", async () => {
    const own = new Error("cause");
    own.cause = own;
    expect(await runAction(throwing(own))).toMatchObject({ ok: false, error: { code: "internal" } });
  });

  it.each(["name", "code", "meta"])("may throw in its turn when it is asked for its %s", async (name) => {
    const hostile = Object.defineProperty(new Error("hostile"), name, {
      get() {
        throw new Error("asked");
      },
    });
    expect(await runAction(throwing(hostile))).toMatchObject({ ok: false, error: { code: "internal" } });
  });

  it.each([["a text"], [undefined], [null], [{ secret: "the secret itself" }]])(
    "may be anything: %j",
    async (thrown) => {
      expect(await runAction(throwing(thrown))).toMatchObject({ ok: false, error: { code: "internal" } });
      expect(logged()).not.toContain("the secret itself");
    },
  );
});

it("a redirect goes on to Next, which throws it", async () => {
  const error = await failureOf(runAction(async () => redirect("/sign-in")));
  expect(isRedirectError(error)).toBe(true);
  expect(log().error).not.toHaveBeenCalled();
});
