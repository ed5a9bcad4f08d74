/** Every server action of the build and every route that is posted to, tried by everybody: by nobody, with sessions that have ended, by each role, from foreign pages, with others' ids, and with what no form sends. Each answer is as it must be, and nothing has changed. */
import { randomUUID } from "node:crypto";
import { httpRoutes } from "@/lib/start/http-routes";
import { actionsOfBuild } from "../stage/build-manifest";
import { changedSince, events, everything, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { claimsOf, makeToken } from "../stage/make-token";
import {
  anotherKey,
  batchForm,
  form,
  handover,
  invitation,
  issued,
  NOTE,
  newMember,
  newSession,
  openCase,
  PURPOSE,
  ROOM,
  resetLink,
  type Scene,
  sceneOf,
  sealCookie,
  sha256,
  template,
  templateForm,
} from "../stage/members";
import { admins, exporters, issuers, members, people, type Role, readers } from "../stage/people";
import { addCredential, addEndpoint, keyIdOf } from "../stage/programs";
import { sendRaw } from "../stage/raw-request";
import { type ActionAnswer, actionNamed, send } from "../stage/server-action";
import { makeKeyPair } from "../stage/signing-keys";

/** What recording an event writes. */
const BOOKS = ["AuditDay", "AuditEvent", "Counter"];

/** All that a refusal may leave in the log. */
const REFUSALS = ["access.denied", "auth.setup_failed", "auth.sign_in_failed", "limit.reached", "token.refused"];

type Door = {
  /** The page that it is sent to. */
  at: string;
  may: Role[] | "anybody";
  /** As a denial names it. */
  verb?: string;
  /** What it is sent when all is well; it makes what it names. */
  input: (scene: Scene) => unknown[] | Promise<unknown[]>;
  /** What comes of that: `ok`, an error's code, or the page that it leads to. */
  answer?: string;
  /** What is in the log then, and was not before: the actions of its events, each by whoever called it. */
  records?: string[] | ((role: Role | "nobody") => string[]);
  /** The tables that it changes then, besides the books; of members and sessions, one's own alone where `own` says so. */
  changes: string[];
  own?: true;
  /** Of the frame, which stands at every page that there is not, and so is everywhere. */
  everywhere?: true;
  /** What nobody is answered; `unauthenticated` unless it says otherwise. */
  nobody?: string;
  /** What it is answered when it is sent anything but a form; `invalid` unless it says otherwise. */
  rubbish?: string;
  /** Others' ids, and ids of nothing. */
  others?: (
    scene: Scene,
  ) => Record<string, [input: unknown[], answer: string]> | Promise<Record<string, [unknown[], string]>>;
};

const NEW_PASSWORD = "seven marble kites asleep";
const SEALED = { sealed: "x".repeat(60), proofHash: "y".repeat(43), expiresIn: "1h", email: "" };
const unknownMember = { memberId: "nobody" };

const endpointForm = ({ desk }: Scene) => ({
  ...{ name: "Another app", keyId: keyIdOf(desk), template: "guest", expiresIn: "5m", roomFrom: "required" },
  ...{ origins: "https://app.example.com", perMinute: "60", perMinuteFromAddress: "60", perDay: "2000" },
});

/** One that is not there, and one that was ended. */
const endpointOthers =
  (more: object = {}) =>
  ({ desk, me }: Scene): Record<string, [unknown[], string]> => ({
    "one that is not there": [[{ endpointId: me.id, ...more }], "not_found"],
    "one that was ended": [[{ endpointId: addEndpoint(desk, { endedAt: Date.now() }).id, ...more }], "conflict"],
  });
const credentialOthers =
  (more: object = {}) =>
  ({ desk, me }: Scene): Record<string, [unknown[], string]> => ({
    "one that is not there": [[{ credentialId: me.id, ...more }], "not_found"],
    "one that was ended": [[{ credentialId: addCredential(desk, { endedAt: Date.now() }).id, ...more }], "conflict"],
  });

const withdrawalOthers =
  (name: string) =>
  async (scene: Scene): Promise<Record<string, [unknown[], string]>> => {
    const issuer = await sceneOf(scene.desk, "issuer");
    const theirs = await call(issuer, name, [{ id: (await handover(scene, undefined, scene.me)).id }]);
    expect(told(name, theirs), "an admin's, by an issuer").toBe("forbidden");
    return {
      "no hand-over": [[{ id: "none" }], "not_found"],
      "one that was opened": [[{ id: (await handover(scene, "opened", scene.me)).id }], "conflict"],
    };
  };

const doors: Record<string, Door> = {
  issueTokenAction: {
    ...{ at: "/issue", may: issuers, verb: "token.issue" },
    input: (scene) => [form(scene)],
    records: ["token.issued"],
    changes: ["IssuedPerQuarter", "IssuedToken", "Member", "SigningKey"],
    others: async (scene) => ({
      "the form of another's token": [[(await issued(scene)).form], "conflict"],
      "a key that is not there": [[{ ...form(scene), keyId: scene.me.id }], "not_found"],
    }),
  },
  inspectTokenAction: {
    ...{ at: "/decode", may: members },
    input: async (scene) => [{ token: (await issued(scene)).token }],
    records: ["token.inspected"],
    changes: [],
  },
  lookUpTokensAction: {
    ...{ at: "/decode", may: members },
    input: async (scene) => [{ sha256: [sha256((await issued(scene)).token).toString("hex")] }],
    records: ["token.looked_up"],
    changes: [],
  },
  listDestinationsAction: { at: "/", may: members, everywhere: true, input: () => [], changes: [] },
  findTokensAction: {
    ...{ at: "/", may: readers, verb: "audit.read", everywhere: true },
    input: async (scene) => [{ number: (await issued(scene)).number }],
    changes: [],
    others: () => ({ "a number that is no token's": [[{ number: 999_999 }], "ok"] }),
  },
  countNewerAction: {
    ...{ at: "/audit", may: readers, verb: "audit.read" },
    input: () => [{}, 0],
    changes: [],
    // What a filter cannot read is left out: a link must always show something.
    rubbish: "ok",
  },
  previewRevocationAction: {
    ...{ at: "/audit", may: issuers, verb: "token.revoke" },
    input: () => [{ of: "room", room: ROOM }],
    changes: [],
  },
  revokeTokensAction: {
    ...{ at: "/audit", may: issuers, verb: "token.revoke" },
    input: async ({ desk, cookie }) => {
      const { number } = await issued({ desk }, cookie);
      return [{ scope: { of: "numbers", numbers: [number] }, upTo: number, reason: "It leaked." }];
    },
    records: ["token.revoked"],
    changes: ["IssuedToken"],
    others: async ({ desk }) => {
      const issuer = await sceneOf(desk, "issuer");
      const revocation = (...numbers: number[]) => ({ scope: { of: "numbers", numbers }, upTo: 999_999, reason: NOTE });
      const { number } = await issued({ desk });
      const theirs = await call(issuer, "revokeTokensAction", [revocation(number)]);
      expect(told("revokeTokensAction", theirs), "an admin's token, by an issuer").toBe("forbidden");
      return { "a token that is not there": [[revocation(999_999)], "not_found"] };
    },
  },
  "POST /issue/batch/tokens": {
    ...{ at: "/issue/batch/tokens", may: issuers, verb: "batch.issue" },
    input: (scene) => [batchForm(scene)],
    records: ["token.issued", "token.issued", "batch.issued"],
    changes: ["Batch", "IssuedPerQuarter", "IssuedToken", "Member", "SigningKey"],
    others: (scene) => ({ "a key that is not there": [[{ ...batchForm(scene), keyId: scene.me.id }], "404"] }),
  },
  "POST /audit/export": {
    ...{ at: "/audit/export", may: exporters, verb: "audit.export" },
    input: () => [{ format: "csv", zone: "UTC" }],
    records: ["audit.exported"],
    changes: [],
  },
  createKeyAction: {
    ...{ at: "/keys", may: admins, verb: "key.create" },
    input: () => [{ profile: "videosdk", ...makeKeyPair("Behind the door"), maxLifetime: "" }],
    records: ["key.created"],
    changes: ["SecretVersion", "SigningKey"],
    others: ({ desk }) => ({
      "a key that is here": [[{ profile: "videosdk", ...makeKeyPair("Twin"), apiKey: desk.key.apiKey }], "conflict"],
    }),
  },
  setKeyStatusAction: {
    ...{ at: "/keys", may: admins, verb: "key.set_status" },
    input: (scene) => [{ keyId: anotherKey(scene), disabled: true }],
    records: ["key.disabled"],
    changes: ["SigningKey"],
    others: ({ me }) => ({ "a key that is not there": [[{ keyId: me.id, disabled: true }], "not_found"] }),
  },
  changeKeyAction: {
    ...{ at: "/keys", may: admins, verb: "key.change" },
    input: (scene) => [{ keyId: anotherKey(scene), label: "Renamed", signsElsewhere: "yes" }],
    records: ["key.changed"],
    changes: ["SigningKey"],
    others: ({ me }) => ({ "a key that is not there": [[{ keyId: me.id, label: "Renamed" }], "not_found"] }),
  },
  previewKeyChangeAction: {
    ...{ at: "/keys/1000", may: admins, verb: "key.change" },
    input: (scene) => [{ keyId: anotherKey(scene), maxLifetime: "1m" }],
    records: [],
    changes: [],
    others: ({ me }) => ({ "a key that is not there": [[{ keyId: me.id, maxLifetime: "1m" }], "not_found"] }),
  },
  rotateKeyAction: {
    ...{ at: "/keys/1000", may: admins, verb: "key.rotate" },
    input: (scene) => [{ keyId: anotherKey(scene), secret: makeKeyPair("Rotated").secret }],
    records: ["key.rotated"],
    changes: ["SecretVersion"],
    others: ({ me }) => ({
      "a key that is not there": [[{ keyId: me.id, secret: makeKeyPair("Rotated").secret }], "not_found"],
    }),
  },
  removeKeyAction: {
    ...{ at: "/keys/1000", may: admins, verb: "key.remove" },
    input: (scene) => [{ keyId: anotherKey(scene) }],
    records: ["key.removed"],
    changes: ["SigningKey"],
    others: async (scene) => ({
      "a key that is not there": [[{ keyId: scene.me.id }], "not_found"],
      "a key that has issued": [[{ keyId: (await issued(scene)).form.keyId }], "conflict"],
    }),
  },
  createEndpointAction: {
    ...{ at: "/endpoints/new", may: admins, verb: "endpoint.manage" },
    input: (scene) => [endpointForm(scene)],
    records: ["endpoint.created"],
    changes: ["Endpoint"],
    others: (scene) => ({
      "a key that is not there": [[{ ...endpointForm(scene), keyId: scene.me.id }], "invalid"],
      "a template that is not there": [[{ ...endpointForm(scene), template: "nothing" }], "invalid"],
    }),
  },
  changeEndpointAction: {
    ...{ at: "/endpoints/1000", may: admins, verb: "endpoint.manage" },
    input: (scene) => [{ ...endpointForm(scene), endpointId: addEndpoint(scene.desk).id, version: 1 }],
    records: ["endpoint.changed"],
    changes: ["Endpoint"],
    others: (scene) => ({
      "one that is not there": [[{ ...endpointForm(scene), endpointId: scene.me.id, version: 1 }], "not_found"],
      "one that was changed since": [
        [{ ...endpointForm(scene), endpointId: addEndpoint(scene.desk, { version: 2 }).id, version: 1 }],
        "conflict",
      ],
    }),
  },
  setEndpointStatusAction: {
    ...{ at: "/endpoints/1000", may: admins, verb: "endpoint.manage" },
    input: ({ desk }) => [{ endpointId: addEndpoint(desk).id, disabled: true }],
    records: ["endpoint.disabled"],
    changes: ["Endpoint"],
    others: endpointOthers({ disabled: true }),
  },
  renewEndpointAction: {
    ...{ at: "/endpoints/1000", may: admins, verb: "endpoint.manage" },
    input: ({ desk }) => [{ endpointId: addEndpoint(desk).id, version: 1 }],
    records: ["endpoint.renewed"],
    changes: ["Endpoint"],
    others: (scene) => ({
      ...endpointOthers({ version: 1 })(scene),
      "one that was changed since": [
        [{ endpointId: addEndpoint(scene.desk, { version: 2 }).id, version: 1 }],
        "conflict",
      ],
    }),
  },
  takeOverEndpointAction: {
    ...{ at: "/endpoints/1000", may: admins, verb: "endpoint.manage" },
    input: ({ desk }) => [{ endpointId: addEndpoint(desk).id }],
    records: ["endpoint.taken_over"],
    changes: ["Endpoint"],
    others: endpointOthers(),
  },
  endEndpointAction: {
    ...{ at: "/endpoints/1000", may: admins, verb: "endpoint.manage" },
    input: ({ desk }) => [{ endpointId: addEndpoint(desk).id }],
    records: ["endpoint.ended"],
    changes: ["Endpoint"],
    others: endpointOthers(),
  },
  createCredentialAction: {
    ...{ at: "/credentials", may: admins, verb: "credential.manage" },
    input: () => [{ name: "CI", scopes: ["issue"] }],
    records: ["credential.created"],
    changes: ["Credential", "CredentialValue"],
    others: ({ me }) => ({
      "a key that is not there": [[{ name: "CI", scopes: ["issue"], keyIds: [me.id] }], "invalid"],
      "a scope that is none": [[{ name: "CI", scopes: ["everything"] }], "invalid"],
    }),
  },
  renewCredentialAction: {
    ...{ at: "/credentials", may: admins, verb: "credential.manage" },
    input: ({ desk }) => {
      const { id: credentialId, value } = addCredential(desk);
      return [{ credentialId, ending: value.slice(-4), overlap: "1h" }];
    },
    records: ["credential.renewed"],
    changes: ["CredentialValue"],
    others: (scene) => ({
      ...credentialOthers({ ending: "none", overlap: "1h" })(scene),
      "one that was renewed meanwhile": [
        [{ credentialId: addCredential(scene.desk).id, ending: "none", overlap: "1h" }],
        "conflict",
      ],
    }),
  },
  takeOverCredentialAction: {
    ...{ at: "/credentials", may: admins, verb: "credential.manage" },
    input: ({ desk }) => [{ credentialId: addCredential(desk).id }],
    records: ["credential.taken_over"],
    changes: ["Credential"],
    others: credentialOthers(),
  },
  endCredentialAction: {
    ...{ at: "/credentials", may: admins, verb: "credential.manage" },
    input: ({ desk }) => [{ credentialId: addCredential(desk).id }],
    records: ["credential.ended"],
    changes: ["Credential"],
    others: credentialOthers(),
  },
  createTemplateAction: {
    ...{ at: "/templates", may: issuers, verb: "template.propose" },
    input: () => [templateForm({ profile: "videosdk" })],
    records: (role) => [role === "admin" ? "template.created" : "template.proposed"],
    changes: ["Template"],
    others: () => ({
      "a vendor that is not there": [[templateForm({ profile: "nobody" })], "invalid"],
      "a built-in one's name": [[templateForm({ profile: "videosdk", name: "Guest" })], "invalid"],
    }),
  },
  changeTemplateAction: {
    ...{ at: "/templates", may: issuers, verb: "template.propose" },
    input: (scene) => [templateForm({ templateId: template(scene, "proposed"), version: 1, state: "proposed" })],
    records: ["template.changed"],
    changes: ["Template"],
    others: async (scene) => {
      const issuer = await sceneOf(scene.desk, "issuer");
      for (const state of ["proposed", "declined", "accepted"] as const) {
        const theirs = templateForm({ templateId: template(scene, state), version: 1, state });
        const answer = await call(issuer, "changeTemplateAction", [theirs]);
        expect(told("changeTemplateAction", answer), `an admin's, ${state}, by an issuer`).toBe("forbidden");
      }
      const old = templateForm({ templateId: template(scene, "accepted"), version: 7, state: "accepted" });
      const asProposal = templateForm({ templateId: template(scene, "accepted"), version: 1, state: "proposed" });
      return {
        "a template that is not there": [
          [templateForm({ templateId: "nobody", version: 1, state: "proposed" })],
          "not_found",
        ],
        "a version that it has not": [[old], "conflict"],
        "one that was accepted meanwhile": [[asProposal], "conflict"],
      };
    },
  },
  answerProposalAction: {
    ...{ at: "/templates", may: admins, verb: "template.manage" },
    input: (scene) => [{ templateId: template(scene, "proposed"), version: 1, accepted: true }],
    records: ["template.changed"],
    changes: ["Template"],
    others: (scene) => ({
      "one that is accepted": [[{ templateId: template(scene, "accepted"), version: 1, accepted: false }], "conflict"],
      "one that is not there": [[{ templateId: "nobody", version: 1, accepted: true }], "not_found"],
    }),
  },
  deleteTemplateAction: {
    ...{ at: "/templates", may: issuers, verb: "template.propose" },
    input: (scene) => [{ templateId: template(scene, "declined") }],
    records: ["template.deleted"],
    changes: ["Template"],
    others: async (scene) => {
      const issuer = await sceneOf(scene.desk, "issuer");
      for (const state of ["proposed", "accepted"] as const) {
        const answer = await call(issuer, "deleteTemplateAction", [{ templateId: template(scene, state) }]);
        expect(told("deleteTemplateAction", answer), `an admin's, ${state}, by an issuer`).toBe("forbidden");
      }
      return { "a template that is not there": [[{ templateId: "nobody" }], "not_found"] };
    },
  },
  moveTemplateAction: {
    ...{ at: "/templates", may: admins, verb: "template.manage" },
    // Always from the end to the beginning.
    input: (scene) => [{ profile: "videosdk", templateId: template(scene, "accepted"), before: "participant" }],
    records: ["template.changed"],
    changes: ["TemplateArrangement"],
    others: (scene) => ({
      "a proposal": [[{ profile: "videosdk", templateId: template(scene, "proposed"), before: null }], "not_found"],
      "a vendor that is not there": [[{ profile: "nobody", templateId: "guest", before: null }], "not_found"],
    }),
  },
  hideTemplateAction: {
    ...{ at: "/templates", may: admins, verb: "template.manage" },
    input: ({ desk }) => {
      const isHidden = rows(desk.database, "SELECT 1 FROM TemplateArrangement WHERE hidden LIKE '%server%'").length > 0;
      return [{ profile: "videosdk", templateId: "server", hidden: !isHidden }];
    },
    records: ["template.changed"],
    changes: ["TemplateArrangement"],
    others: (scene) => ({
      "one of the team's": [
        [{ profile: "videosdk", templateId: template(scene, "accepted"), hidden: true }],
        "not_found",
      ],
    }),
  },
  acknowledgeCaseAction: {
    ...{ at: "/cases/1000", may: admins, verb: "case.acknowledge" },
    input: (scene) => [{ number: openCase(scene), note: NOTE }],
    records: ["case.acknowledged"],
    changes: ["Case"],
    others: () => ({ "a case that is not there": [[{ number: 999_999, note: "None." }], "not_found"] }),
  },
  inviteMemberAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: () => [{ email: `${randomUUID()}@example.com`, role: "admin" }],
    records: ["member.invited"],
    changes: ["Invitation"],
    others: () => ({ "a member's email": [[{ email: people.admin.email, role: "admin" }], "invalid"] }),
  },
  renewInvitationAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: (scene) => [{ invitationId: invitation(scene).id }],
    records: ["invitation.withdrawn", "member.invited"],
    changes: ["Invitation"],
    others: (scene) => ({
      "one that was used": [[{ invitationId: invitation(scene, { usedAt: 1 }).id }], "not_found"],
      "one that was withdrawn": [[{ invitationId: invitation(scene, { withdrawnAt: 1 }).id }], "not_found"],
      none: [[{ invitationId: scene.me.id }], "not_found"],
    }),
  },
  withdrawInvitationAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: (scene) => [{ invitationId: invitation(scene).id }],
    records: ["invitation.withdrawn"],
    changes: ["Invitation"],
    others: (scene) => ({
      "one that was used": [[{ invitationId: invitation(scene, { usedAt: 1 }).id }], "conflict"],
      none: [[{ invitationId: scene.me.id }], "not_found"],
    }),
  },
  changeRoleAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: async ({ desk }) => [{ memberId: (await newMember(desk, "support")).id, role: "issuer" }],
    records: ["member.changed"],
    changes: ["Member"],
    others: () => ({ "no member": [[{ ...unknownMember, role: "admin" }], "not_found"] }),
  },
  setMemberStatusAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: async ({ desk }) => [{ memberId: (await newMember(desk, "support")).id, disabled: true }],
    records: ["member.disabled"],
    changes: ["Member"],
    others: () => ({ "no member": [[{ ...unknownMember, disabled: true }], "not_found"] }),
  },
  makeResetLinkAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: async ({ desk }) => [{ memberId: (await newMember(desk, "support")).id }],
    records: ["member.reset"],
    changes: ["ResetLink"],
    others: async ({ desk }) => ({
      "one who is disabled": [[{ memberId: (await newMember(desk, "admin", { disabled: true })).id }], "conflict"],
      "no member": [[unknownMember], "not_found"],
    }),
  },
  readLinkStateAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: (scene) => [{ kind: "invitation", id: invitation(scene).id }],
    changes: [],
    others: () => ({ none: [[{ kind: "reset", id: "nothing" }], "ok"] }),
  },
  previewLeavingAction: {
    ...{ at: "/team", may: admins, verb: "team.manage" },
    input: ({ me }) => [{ memberId: me.id }],
    changes: [],
    others: () => ({ "no member": [[unknownMember], "not_found"] }),
  },
  changeNameAction: {
    ...{ at: "/me", may: members, own: true },
    // Whose it is, is the session's to say.
    // No two have one name.
    input: () => [{ name: `Robin ${crypto.randomUUID()}`, id: "another", memberId: "another" }],
    records: ["member.changed"],
    changes: ["Member"],
  },
  changePasswordAction: {
    ...{ at: "/me", may: members, own: true },
    input: ({ me }) => [{ current: me.password, password: NEW_PASSWORD }],
    records: ["member.password_changed"],
    changes: ["LimitCount", "Member", "Session"],
    others: () => ({
      "another's password": [[{ current: people.admin.password, password: NEW_PASSWORD }], "invalid"],
    }),
  },
  endSessionAction: {
    ...{ at: "/me", may: members, own: true },
    input: async ({ desk, me }) => [{ sessionId: (await newSession(desk, me.id)).id }],
    records: ["session.ended"],
    changes: ["Session"],
    others: async ({ desk, sessionId }) => ({
      "another's session": [[{ sessionId: (await sceneOf(desk, "admin")).sessionId }], "not_found"],
      "the one that asks": [[{ sessionId }], "invalid"],
    }),
  },
  endOtherSessionsAction: {
    ...{ at: "/me", may: members, own: true },
    input: async ({ desk, me }) => {
      await newSession(desk, me.id);
      return [];
    },
    records: ["session.ended"],
    changes: ["Session"],
  },
  signOutAction: {
    ...{ at: "/", may: members, own: true, everywhere: true },
    input: () => [],
    answer: "to /sign-in",
    nobody: "to /sign-in",
    records: ["auth.signed_out"],
    changes: ["Session"],
  },
  signInAction: {
    ...{ at: "/sign-in", may: "anybody" },
    input: async ({ desk }) => {
      const { email, password } = await newMember(desk, "issuer");
      return ["//evil.example", { email, password }];
    },
    answer: "to /",
    records: ["auth.signed_in"],
    changes: ["LimitCount", "Member", "Session"],
    others: async ({ desk, me }) => {
      const { email, password } = await newMember(desk, "issuer", { disabled: true });
      return {
        "who is disabled": [["/", { email, password }], "unauthenticated"],
        "another's password": [["/", { email: me.email, password: people.admin.password }], "unauthenticated"],
      };
    },
  },
  setupAction: {
    ...{ at: "/sign-in", may: "anybody" },
    input: () => [
      { code: "a".repeat(22), name: "Robin", email: `${randomUUID()}@example.com`, password: NEW_PASSWORD },
    ],
    // There are members; that it makes the first one is how every story's desk began.
    answer: "forbidden",
    changes: [],
  },
  joinTeamAction: {
    ...{ at: "/join", may: "anybody" },
    input: (scene) => [{ code: invitation(scene).code, name: `Robin ${crypto.randomUUID()}`, password: NEW_PASSWORD }],
    answer: "to /",
    records: ["member.joined", "auth.signed_in"],
    changes: ["Invitation", "LimitCount", "Member", "Session"],
    others: (scene) =>
      Object.fromEntries(
        Object.entries({
          "one that was used": invitation(scene, { usedAt: 1 }).code,
          "one that was withdrawn": invitation(scene, { withdrawnAt: 1 }).code,
          "one that has expired": invitation(scene, { expiresAt: 1 }).code,
          "a reset link": resetLink(scene, scene.me.id),
        }).map(([name, code]) => [name, [[{ code, name: "Robin", password: NEW_PASSWORD }], "forbidden"]]),
      ),
  },
  makeHandoverAction: {
    ...{ at: "/issue", may: issuers, verb: "token.hand_over" },
    input: async ({ desk, cookie }) => [{ ...SEALED, number: (await issued({ desk }, cookie)).number }],
    records: ["handover.made"],
    changes: ["Handover"],
    others: async ({ desk }) => {
      const issuer = await sceneOf(desk, "issuer");
      const theirs = await call(issuer, "makeHandoverAction", [{ ...SEALED, number: (await issued({ desk })).number }]);
      expect(told("makeHandoverAction", theirs), "an admin's token, by an issuer").toBe("forbidden");
      return { "a number that is no token's": [[{ ...SEALED, number: 999_999 }], "not_found"] };
    },
  },
  withdrawHandoverAction: {
    ...{ at: "/issue", may: issuers, verb: "token.hand_over" },
    input: async (scene) => [{ id: (await handover(scene, undefined, scene.me)).id }],
    records: ["handover.withdrawn"],
    changes: ["Handover"],
    others: withdrawalOthers("withdrawHandoverAction"),
  },
  withdrawOwnHandoverAction: {
    ...{ at: "/me", may: issuers, verb: "token.hand_over" },
    input: async (scene) => [{ id: (await handover(scene, undefined, scene.me)).id }],
    records: ["handover.withdrawn"],
    changes: ["Handover"],
    others: withdrawalOthers("withdrawOwnHandoverAction"),
  },
  openHandoverAction: {
    ...{ at: "/h/none", may: "anybody" },
    input: async (scene) => [await handover(scene)],
    records: ["handover.opened"],
    changes: ["Handover"],
    others: async (scene) => {
      const { id } = await handover(scene);
      const { proof } = await handover(scene);
      return {
        "another's proof": [[{ id, proof }], "forbidden"],
        "one that was opened": [[await handover(scene, "opened")], "conflict"],
      };
    },
  },
  resetPasswordAction: {
    ...{ at: "/reset", may: "anybody" },
    input: async (scene) => [
      { code: resetLink(scene, (await newMember(scene.desk, "issuer")).id), password: NEW_PASSWORD },
    ],
    answer: "to /",
    records: ["member.password_changed", "auth.signed_in"],
    changes: ["LimitCount", "Member", "ResetLink", "Session"],
    others: async (scene) => {
      const disabled = await newMember(scene.desk, "admin", { disabled: true });
      return Object.fromEntries(
        Object.entries({
          "one that was used": resetLink(scene, scene.me.id, { usedAt: 1 }),
          "one that has expired": resetLink(scene, scene.me.id, { expiresAt: 1 }),
          "of one who is disabled": resetLink(scene, disabled.id),
          "an invitation": invitation(scene).code,
        }).map(([name, code]) => [name, [[{ code, password: NEW_PASSWORD }], "forbidden"]]),
      );
    },
  },
};

const codes: Record<number, string> = { 401: "unauthenticated", 403: "forbidden", 422: "invalid", 200: "ok" };

type Call = { cookie?: string | undefined; headers?: Record<string, string>; at?: string };

const isRoute = (name: string) => name.startsWith("POST ");

function requestOf({ desk }: Scene, name: string, at = doors[name]?.at ?? "") {
  const request = actionNamed(desk, name, at);
  const { "next-action": _, ...headers } = request.headers;
  return isRoute(name) ? { ...request, headers } : request;
}

/** Sends it what its form would, as whoever is there or as whom `cookie` says. */
async function call(scene: Scene, name: string, input: unknown[], how: Call = {}): Promise<ActionAnswer> {
  const { cookie, headers = {}, at } = { cookie: scene.cookie, ...how };
  return send(requestOf(scene, name, at), { cookie, headers, body: isRoute(name) ? input[0] : input });
}

/** `ok`, an error's code, the page that it leads to, or the status of what is none of these. */
function told(name: string, { status, result, headers }: ActionAnswer): string {
  if (isRoute(name)) return codes[status] ?? String(status);
  const to = headers.get("x-action-redirect");
  if (to) return `to ${to.split(";")[0]}`;
  if (result) return result.ok ? "ok" : (result.error?.code ?? "none");
  return String(status);
}

test("the build has these actions, and these routes are posted to, and no others", () => {
  const named = Object.keys(doors).sort();
  const routes = httpRoutes
    .filter(
      ({ only, posts, path, programs }) =>
        only !== "development" && !programs && posts && posts.what !== "actions" && path !== "*",
    )
    .map(({ path }) => `POST ${path}`);
  expect([...actionsOfBuild().keys(), ...routes].sort()).toEqual(named);
});

for (const [name, door] of Object.entries(doors)) {
  const {
    at,
    may,
    verb,
    changes,
    records = [],
    own,
    nobody = "unauthenticated",
    answer = "ok",
    rubbish = "invalid",
  } = door;
  const able = may === "anybody" ? members : may;

  const whom = may === "anybody" ? may : may === members ? "every member" : may.join(" and ");

  test(`${name} is for ${whom}: who else calls it, and how else, changes nothing`, async ({ desk }) => {
    const file = desk.database;
    const one = await sceneOf(desk, able[0] ?? "admin");
    const input = await door.input(one);
    const disabled = await newMember(desk, "admin", { disabled: true });
    const ended = [
      ["no session", undefined],
      ["a cookie that is none", "claimcheck=forged"],
      ["a cookie cut short", one.cookie.slice(0, -4)],
      ["a cookie of another secret", await sealCookie(desk, one.sessionId, "another secret, which nobody here has")],
      ["a session that never was", await sealCookie(desk, randomUUID())],
      ["a session that was ended", (await newSession(desk, one.me.id, { endedAt: Date.now() })).cookie],
      ["a session that has expired", (await newSession(desk, one.me.id, { expiresAt: Date.now() - 1 })).cookie],
      [
        "a session that stood idle",
        (await newSession(desk, one.me.id, { lastSeenAt: Date.now() - 121 * 60_000 })).cookie,
      ],
      ["a disabled member's", (await newSession(desk, disabled.id)).cookie],
    ] as const;
    const foreign: [headers: Record<string, string>, status: number][] = [
      [{ origin: "https://evil.example" }, 403],
      [{ origin: "https://evil.example", "x-forwarded-host": "evil.example" }, 403],
      [{ origin: "null" }, 403],
      [{ origin: "" }, 400],
      [{ origin: desk.address, "sec-fetch-site": "cross-site" }, 403],
    ];

    const before = everything(file);
    const recorded = events(file).length;
    if (may !== "anybody")
      await test.step("without a session that holds", async () => {
        for (const [who, cookie] of ended)
          expect(told(name, await call(one, name, input, { cookie })), who).toBe(nobody);
      });
    await test.step("from a foreign page", async () => {
      for (const [headers, status] of foreign) {
        const refused = await call(one, name, input, { headers });
        expect([refused.status, refused.result], JSON.stringify(headers)).toEqual([status, undefined]);
      }
      expect(await raw(one, name, JSON.stringify(input), "")).toBe(403);
    });
    await test.step("with what no form sends", async () => {
      const origin = `Origin: ${new URL(desk.address).origin}\r\n`;
      const deep = (levels: number) => `["/",${"[".repeat(levels)}${"]".repeat(levels)}]`;
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      expect(await raw(one, name, "x".repeat(10_000_000), origin), "10 MB").toBe(413);
      expect(await raw(one, name, chunk.repeat(153), origin, "chunked"), "10 MB, by counting").toBe(413);
      expect(await raw(one, name, deep(100_000), origin), "100,000 deep").toBe(
        at === "/decode" ? 400 : at === "/issue/batch/tokens" ? 422 : 413,
      );
      expect(await raw(one, name, deep(30_000), origin), "30,000 deep").toBe(isRoute(name) ? 422 : 400);
      if (door.everywhere || isRoute(name)) return;
      // Next would send it on to itself.
      const { status, result } = await call(one, name, input, { at: may === "anybody" ? "/keys" : "/join" });
      expect(["at another page", status, result]).toEqual(["at another page", 409, undefined]);
    });
    // A route's verb is asked, and may have recorded that it refused.
    if (isRoute(name)) expectRefused(file, before, recorded);
    else expect(changedSince(file, before)).toEqual([]);

    if (input.length > 0)
      await test.step("with what is no form", async () => {
        for (const each of [[], [null], [1], ["x"], [[]], [{}], [{ __proto__: null }], [[null]]])
          expect(told(name, await call(one, name, each)), JSON.stringify(each)).toBe(rubbish);
        expectRefused(file, before, recorded);
      });
    for (const [what, [given, expected]] of Object.entries((await door.others?.(one)) ?? {}))
      await test.step(`with another's: ${what}`, async () => {
        const untouched = everything(file);
        const recorded = events(file).length;
        expect(told(name, await call(one, name, given))).toBe(expected);
        expectRefused(file, untouched, recorded);
      });

    for (const role of members.filter((each) => !able.includes(each)))
      await test.step(`as ${role}, who may not`, async () => {
        const scene = await sceneOf(desk, role);
        const untouched = everything(file);
        const refused = await call(scene, name, input);
        expect(told(name, refused)).toBe("forbidden");
        expect(refused.text).toContain(`Your role, ${role}, may not do this`);
        // It is asked who one is before anything is read.
        expect(told(name, await call(scene, name, []))).toBe("forbidden");
        expect(changedSince(file, untouched).filter((table) => table !== "sqlite_sequence")).toEqual(BOOKS);
        const denials = events(file).slice(-2);
        const denied = { action: "access.denied", actorName: scene.me.name, detail: JSON.stringify({ role, verb }) };
        expect(denials).toMatchObject([denied, denied]);
      });

    for (const role of [...able, ...(may === "anybody" ? ["nobody" as const] : [])])
      await test.step(`as ${role}, who may`, async () => {
        const scene = await sceneOf(desk, role === "nobody" ? "support" : role);
        const good = await door.input(scene);
        const untouched = everything(file);
        const logged = events(file).length;
        const others = othersThan(scene);
        const cookie = role === "nobody" ? undefined : scene.cookie;
        expect(told(name, await call(scene, name, good, { cookie }))).toBe(answer);
        const changed = changedSince(file, untouched).filter((table) => ![...BOOKS, "sqlite_sequence"].includes(table));
        expect(changed).toEqual(changes);
        // What was refused before may come to the log a moment later.
        const added = events(file).filter(({ outcome }, index) => index >= logged && outcome === "ok");
        // Whoever comes in anew leaves the session that this browser had.
        const written = typeof records === "function" ? records(role) : records;
        const left =
          may === "anybody" && role !== "nobody" && answer.startsWith("to ") && written.length > 0
            ? ["session.ended"]
            : [];
        expect(added.map(({ action }) => action).sort()).toEqual([...written, ...left].sort());
        if (may !== "anybody") for (const { actorName } of added) expect(actorName).toBe(scene.me.name);
        if (own) expect(othersThan(scene)).toEqual(others);
      });
  });
}

/** At most that somebody was refused, counted and told: nothing that was done. @param recorded how many events there were */
function expectRefused(file: string, before: Map<string, string>, recorded: number): void {
  const changed = changedSince(file, before);
  expect([...BOOKS, "LimitCount", "sqlite_sequence"]).toEqual(expect.arrayContaining(changed));
  const added = events(file).slice(recorded);
  expect(added.filter(({ action, outcome }) => outcome === "ok" || !REFUSALS.includes(action))).toEqual([]);
}

/** The members and sessions that are not one's own. */
const othersThan = ({ desk, me }: Scene) => [
  rows(desk.database, "SELECT * FROM Member WHERE id <> ?", me.id),
  rows(desk.database, "SELECT * FROM Session WHERE memberId <> ?", me.id),
];

/** @returns the status that a body is answered with that no library would send, in time */
async function raw(scene: Scene, name: string, body: string, headers: string, chunked?: "chunked") {
  const { desk, cookie } = scene;
  const { url, headers: own } = requestOf(scene, name);
  const head = Object.entries(own).map(([header, value]) => `${header}: ${value}\r\n`);
  const length = chunked ? "Transfer-Encoding: chunked\r\n" : `Content-Length: ${body.length}\r\n`;
  const started = performance.now();
  const answer = await sendRaw(
    desk.address,
    `POST ${new URL(url).pathname} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nCookie: ${cookie}\r\n${head.join("")}${headers}${length}\r\n${body}`,
    { until: /^HTTP\/1\.1 \d{3}/ },
  );
  expect(performance.now() - started, "the time until the answer").toBeLessThan(3_000);
  return answer.statuses[0];
}

test("the support is told of our tokens which it is, its state and whom to ask, and no more", async ({ desk }) => {
  const { token, number, by } = await issued({ desk });
  const support = await sceneOf(desk, "support");
  const inspected = await call(support, "inspectTokenAction", [{ token }]);
  const digest = sha256(token).toString("hex");
  const lookedUp = await call(support, "lookUpTokensAction", [{ sha256: [digest] }]);
  expect(inspected.result?.data).toMatchObject({ ledger: { state: "issued", entry: { number, keyLabel: "Staging" } } });
  expect(lookedUp.result?.data).toMatchObject({ matches: [{ number, keyLabel: "Staging" }] });
  const altered = makeToken(
    claimsOf(desk.key.apiKey, { jti: JSON.parse(atob(token.split(".")[1] ?? "")).jti }),
    desk.key.secret,
  );
  const told = await call(support, "inspectTokenAction", [{ token: altered }]);
  expect(told.result?.data).toMatchObject({ ledger: { state: "altered", entry: { number } } });
  for (const { text } of [inspected, lookedUp, told])
    for (const words of [ROOM, PURPOSE, "127.0.0.1", by.email]) expect(text).not.toContain(words);
  const { result } = await call(support, "listDestinationsAction", []);
  const nothing = { keys: [], templates: [], cases: [], members: [], endpoints: [], credentials: [], fingerprints: [] };
  expect(result?.data).toEqual(nothing);
});
