"use client";
/** The token as a QR code, for a phone to read; shown when asked for, and up to what a camera reads well. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { groupDigits } from "@/lib/text/group-digits";
import { QrCode } from "./qr-code";

/** Denser ones a phone's camera no longer reads from a screen. */
const MOST_CHARACTERS = 1_000;

export function QrPanel({ token, onHandOver }: { token: string; onHandOver: () => void }) {
  const [shown, setShown] = useState(false);
  if (token.length > MOST_CHARACTERS)
    return (
      <>
        <Notice tone="warn" title={`This token has ${groupDigits(token.length)} characters.`}>
          A code of more than {groupDigits(MOST_CHARACTERS)} is too dense for a camera. A link that opens once fits into
          one.
        </Notice>
        <p>
          <Button icon="send" onClick={onHandOver}>
            Hand it over by a link
          </Button>
        </p>
      </>
    );
  return (
    <>
      <p className="text-small text-soft">
        The token alone, for a device that has a camera and no keyboard to paste with.
      </p>
      <Notice tone="warn">Whoever sees or photographs the code has the token.</Notice>
      <p>
        <Button icon="qr" onClick={() => setShown(!shown)}>
          {shown ? "Hide QR code" : "Show QR code"}
        </Button>
      </p>
      {shown ? <QrCode text={token} label="The token as a QR code" /> : null}
    </>
  );
}
