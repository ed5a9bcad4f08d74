"use client";
/** What comes after issuing: the token as an app, a shell, a browser or a phone takes it, or as code that signs its like. The last choice opens first. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon, type IconName } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { UNREACHABLE } from "@/components/ui/use-open-page";
import type { Profile } from "@/lib/profiles/profile";
import type { Targets } from "@/lib/profiles/targets";
import type { IssuedTokenResult } from "@/lib/tokens/issued";
import { CodePanel } from "./code-panel";
import { CommandPanel } from "./command-panel";
import { type HandOverActions, HandOverPanel } from "./hand-over-panel";
import { useLastChoice, type Way, ways } from "./last-choice";
import { LinePanel } from "./line-panel";
import { LinkPanel } from "./link-panel";
import { QrPanel } from "./qr-panel";
import { RoomField } from "./room-field";
import { WaitsNotice } from "./waits-notice";

export function PutInto({
  issued: { token, claims, number },
  profile,
  handOver,
  onTaken,
}: {
  issued: IssuedTokenResult;
  profile: Profile;
  handOver: HandOverActions;
  onTaken: () => void;
}) {
  const [choice, choose] = useLastChoice();
  const isHandOver = choice.way === "hand-over";
  // From then on it stays: a link that was made is shown only there, and only now.
  const [handsOver, setHandsOver] = useState(isHandOver);
  const handOverWay = useRef<HTMLInputElement>(null);
  const { targets, failed, retry } = useTargets(profile);
  const { room: onlyRoom, subject } = profile.facts(claims);
  // What was typed stays while other ways are looked at.
  const [typedRoom, setTypedRoom] = useState("");
  const [name, setName] = useState(subject ?? "Guest");
  const room = onlyRoom ?? typedRoom.trim();
  const roomField = onlyRoom === null ? <RoomField profile={profile} room={typedRoom} onChange={setTypedRoom} /> : null;

  const labels: Record<Way, { icon: IconName; label: string; help: string }> = {
    line: { icon: "file", label: ".env line", help: someOf(targets?.lines) },
    command: { icon: "terminal", label: "curl", help: `Ask ${profile.name} about the room` },
    link: { icon: "link", label: "Join link", help: "Opens the meeting" },
    qr: { icon: "qr", label: "QR code", help: "For a phone or tablet" },
    "hand-over": { icon: "send", label: "Hand over", help: "A link that opens once" },
    code: { icon: "code", label: "Backend code", help: "Signs such tokens itself" },
  };

  function chooseWay(way: Way) {
    choose({ way });
    if (way === "hand-over") setHandsOver(true);
  }

  /** The button that was pressed goes with its panel: the focus is on the way that was chosen by it. */
  function goHandOver() {
    chooseWay("hand-over");
    handOverWay.current?.focus();
  }

  function panel(): ReactNode {
    if (choice.way === "hand-over") return null;
    if (failed)
      return (
        <Notice tone="bad" role="alert">
          {UNREACHABLE}{" "}
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        </Notice>
      );
    if (!targets) return null;
    switch (choice.way) {
      case "line":
        return (
          <LinePanel
            lines={targets.lines}
            chosen={choice.line}
            token={token}
            onChoose={(line) => choose({ line })}
            onTaken={onTaken}
          />
        );
      case "command":
        return (
          <>
            {roomField}
            <CommandPanel command={targets.command} token={token} claims={claims} room={room} onTaken={onTaken} />
          </>
        );
      case "link":
        return (
          <>
            {roomField}
            <LinkPanel
              link={targets.link}
              token={token}
              claims={claims}
              room={room}
              name={name}
              onName={setName}
              onTaken={onTaken}
            />
          </>
        );
      case "qr":
        return <QrPanel token={token} onHandOver={goHandOver} />;
      case "code":
        return (
          <CodePanel code={targets.code} chosen={choice.code} token={token} onChoose={(code) => choose({ code })} />
        );
    }
  }

  return (
    <section aria-label="Put it into" className="issued-card into">
      <fieldset className="into-ways">
        <legend className="sr-only">Put it into</legend>
        {ways.map((way) => (
          <label key={way} className="into-way">
            <Icon name={labels[way].icon} />
            <span className="min-w-0">
              <input
                ref={way === "hand-over" ? handOverWay : undefined}
                type="radio"
                name="put-into"
                className="absolute inset-0 size-full cursor-pointer opacity-0"
                checked={way === choice.way}
                aria-describedby={`into-${way}-help`}
                aria-label={labels[way].label}
                onChange={() => chooseWay(way)}
              />
              <span className="block font-medium">{labels[way].label}</span>
              <span id={`into-${way}-help`} className="block min-h-4.5 text-caption text-soft max-sm:hidden">
                {labels[way].help}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="into-panel">
        {choice.way !== "code" && typeof claims.nbf === "number" ? (
          <WaitsNotice from={claims.nbf} vendor={profile.name} />
        ) : null}
        {panel()}
        {handsOver ? (
          <div className={isHandOver ? "contents" : "hidden"}>
            <HandOverPanel actions={handOver} token={token} number={number} onTaken={onTaken} />
          </div>
        ) : null}
      </div>
    </section>
  );
}

/** "React, Next.js, 8 more". */
function someOf(lines: Targets["lines"] = []): string {
  const [first, second, ...more] = lines.map(({ label }) => label);
  return [first, second, more.length > 0 && `${more.length} more`].filter(Boolean).join(", ");
}

/** They are fetched once a token is there. */
function useTargets(profile: Profile) {
  const [targets, setTargets] = useState<Targets>();
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is the same once more
  useEffect(() => {
    let current = true;
    profile.loadTargets().then(
      (found) => current && setTargets(found),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [profile, tries]);
  return {
    targets,
    failed,
    retry: () => {
      setFailed(false);
      setTries(tries + 1);
    },
  };
}
