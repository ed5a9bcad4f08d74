/** The longest and oddest texts that the desk takes, and a desk that is full of them. */
import { expect, type Page } from "@playwright/test";
import { change, rows } from "./database";
import type { Desk } from "./desk";
import { issue, type Wish } from "./issue-form";
import { addKey, makeKeyPair } from "./signing-keys";

export const longest = {
  /** 60 characters without a blank. */
  label: "Telehealth-Production-EU-Central-1-Waiting-Rooms-And-Kiosk-7",
  /** 128 characters. */
  room: `telehealth-eu-central-1-waiting-room-${"7f3a2c91".repeat(11)}end`,
  participant: `nurse-station-04.ward-7b@${"st-elisabeth-hospital.".repeat(4)}example`,
  arabic: "تجربة جودة لغرفة الانتظار في الجناح السابع بعد تبديل الجهاز اللوحي",
  japanese: "東京第二病院の待合室で使う端末の接続を確認するための検証用トークンです",
  emoji: "Demo 👩‍⚕️🏥🩺 for 👨‍👩‍👧‍👦 on ward 7 🇩🇪🇯🇵",
  /** The number of the next token. */
  number: 987_654_321,
  name: "Maximiliane Freifrau von Hohenstein-Wolfersdorf zu Sankt Elisabeth",
} as const;

/** Once for a desk. @param page an admin's */
export async function fillWithLongest(page: Page, desk: Desk): Promise<void> {
  if (rows(desk.database, "SELECT 1 FROM SigningKey WHERE label = ?", longest.label).length > 0) return;
  change(desk.database, `UPDATE "Counter" SET "value" = ? WHERE "name" = 'ledger'`, longest.number - 1);
  change(desk.database, "INSERT OR IGNORE INTO Counter (name, value) VALUES ('ledger', ?)", longest.number - 1);
  change(desk.database, "UPDATE Member SET name = ? WHERE role = 'admin'", longest.name);
  await page.goto("/keys");
  await addKey(page, makeKeyPair(longest.label));
  const wishes: Wish[] = [
    { roomId: longest.room, participantId: longest.participant, purpose: longest.japanese },
    { roomId: longest.room, participantId: "", purpose: longest.arabic },
    { roomId: "", participantId: longest.participant, purpose: longest.emoji },
  ];
  await page.goto("/issue");
  for (const wish of wishes) {
    await expect(page.getByLabel("Signing key").or(page.getByRole("region", { name: "Issued token" }))).toBeVisible();
    const keys = page.getByLabel("Signing key");
    const value = keys.locator("option", { hasText: longest.label });
    if (await keys.isVisible()) await keys.selectOption((await value.getAttribute("value")) ?? "");
    await issue(page, wish);
  }
}

export const WIDTHS = [360, 768, 1024, 1280, 1920] as const;

/** What does not fit its box: pages that scroll sideways, boxes that stand out of the screen, words broken in the middle. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth)
      found.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
    const nameOf = (node: Element) =>
      `<${node.tagName.toLowerCase()} class="${node.getAttribute("class") ?? ""}">${(node.textContent ?? "").slice(0, 40)}`;
    const isSeen = (node: Element) => node.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
    /** Cut off, scrolled, or hidden on purpose. */
    const isHeld = (node: Element) => {
      for (let at: Element | null = node; at && at !== document.body; at = at.parentElement) {
        const { overflowX, clipPath, position } = getComputedStyle(at);
        if (overflowX !== "visible" || clipPath !== "none") return true;
        if (position === "fixed") return false;
      }
      return false;
    };
    /** What stands out of the box that holds it; ornaments that CSS draws are no content. */
    const standsOut = (inner: DOMRect, holder: Element) => {
      const outer = holder.getBoundingClientRect();
      return inner.width > 0 && (inner.right > outer.right + 1 || inner.left < outer.left - 1) && !isHeld(holder);
    };
    // Said aloud and looked for: of a number no digit may go.
    for (const node of document.querySelectorAll(".audit-no"))
      if (isSeen(node) && node.scrollWidth > node.clientWidth) found.push(`cut: ${nameOf(node)}`);
    for (const node of document.body.querySelectorAll("*")) {
      if (node.closest("svg, [popover]:not(:popover-open), .sr-only") || !isSeen(node)) continue;
      const rect = node.getBoundingClientRect();
      if (rect.width > 0 && (rect.right > root.clientWidth + 1 || rect.left < -1) && !isHeld(node))
        found.push(`off the screen: ${nameOf(node)}`);
      const { position, marginLeft, marginRight } = getComputedStyle(node);
      const isPlaced =
        position === "absolute" ||
        position === "fixed" ||
        [marginLeft, marginRight].some((margin) => margin.startsWith("-"));
      let parent = node.parentElement;
      while (parent && getComputedStyle(parent).display === "contents") parent = parent.parentElement;
      if (!isPlaced && parent && getComputedStyle(parent).display !== "inline" && standsOut(rect, parent))
        found.push(`wider than its box: ${nameOf(node)}`);
    }
    // A word of so many letters fits any line here.
    const SHORT = 16;
    const walker = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const holder = text.parentElement;
      range.selectNodeContents(text);
      const block = holder?.closest(":not(span, a, bdi, code, strong, em, time, kbd, mark, b, i, label)");
      if (holder && block && isSeen(holder) && !holder.closest(".sr-only") && (text.textContent ?? "").trim())
        for (const rect of range.getClientRects())
          if (standsOut(rect, block) && !isHeld(holder)) found.push(`a text wider than its box: ${nameOf(holder)}`);
      // Of what is read from the right, that is where it begins.
      if (holder && isSeen(holder) && /^\p{Script=Arabic}/u.test(text.textContent ?? "")) {
        range.setEnd(text, 1);
        const first = range.getBoundingClientRect();
        for (let at: Element | null = holder; at && at !== document.body; at = at.parentElement)
          if (getComputedStyle(at).overflowX !== "visible" && first.right > at.getBoundingClientRect().right + 1)
            found.push(`cut where it begins: ${nameOf(holder)}`);
      }
      if (
        !holder ||
        holder.closest("[data-testid=token], pre, code, .token, .token-text, textarea, .sr-only, script, style") ||
        !isSeen(holder)
      )
        continue;
      for (const { 0: word, index } of (text.textContent ?? "").matchAll(/[\p{Script=Latin}\p{N},.]{2,}/gu)) {
        if (word.length > SHORT) continue;
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const tops = new Set(
          [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)),
        );
        if (tops.size > 1) found.push(`a word broken in the middle: ${word} in ${nameOf(holder)}`);
      }
    }
    return [...new Set(found)].slice(0, 12);
  });
}

const gently = expect.configure({ soft: true, timeout: 5_000 });

/** @param state what the page shows, for the message */
export async function expectFit(page: Page, state: string): Promise<void> {
  // A new width is drawn a moment later.
  await gently.poll(() => misfits(page), `what does not fit on ${state}`).toEqual([]);
}
