/** The two answers of GET /api/health, byte by byte: what watches over the process reads them, and so may anybody. */
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, it, vi } from "vitest";
import { answerUnready, openHealthAnswer } from "./answer-health";
import type { AnswerAhead } from "./http-routes";

async function ask(answer: AnswerAhead, method = "GET") {
  const request = Object.assign(new IncomingMessage(new Socket()), { method });
  const response = new ServerResponse(request);
  let body: unknown;
  vi.spyOn(response, "end").mockImplementation((chunk) => {
    body = chunk;
    return response;
  });
  expect(await answer(request, response)).toBe(true);
  return { status: response.statusCode, body };
}

it("is ready", async () => {
  const answerHealth = openHealthAnswer(async () => []);
  expect(await ask(answerHealth)).toEqual({ status: 200, body: '{"live":true,"ready":true}' });
  expect(await ask(answerHealth, "HEAD")).toEqual({ status: 200, body: undefined });
});

it("says which part fails, and no more", async () => {
  const answerHealth = openHealthAnswer(async () => ["keyring"]);
  expect(await ask(answerHealth)).toEqual({ status: 503, body: '{"live":true,"ready":false,"failed":["keyring"]}' });
});

it("lives, and is not ready while it starts", async () => {
  expect(await ask(answerUnready)).toEqual({ status: 503, body: '{"live":true,"ready":false,"failed":["start"]}' });
});
