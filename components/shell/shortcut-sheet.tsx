"use client";
/** Every shortcut there is. */
import { Button } from "@/components/ui/button";
import { Modal } from "@/components/ui/modal";
import { useCommandKey } from "./command-key";

type Shortcut = [what: string, ...keys: string[]];

export default function ShortcutSheet({
  destinations,
  mayIssue,
  onClose,
}: {
  destinations: { hint: string; label: string }[];
  mayIssue: boolean;
  onClose: () => void;
}) {
  const command = useCommandKey();
  const again: Shortcut = ["Issue the row's token again", "I"];
  const groups: { title: string; rows: Shortcut[] }[] = [
    { title: "Go to", rows: destinations.map(({ hint, label }) => [label, "G", hint]) },
    {
      title: "Anywhere",
      rows: [
        ["Find or go to", `${command}K`],
        ["Search this page, or everything", "/"],
        ["Send the form", `${command}Enter`],
        ["This list", "?"],
      ],
    },
    {
      title: "In a list",
      rows: [["Next and previous row", "J", "K"], ["Open the row", "Enter"], ...(mayIssue ? [again] : [])],
    },
  ];
  return (
    <Modal label="Shortcuts" className="dialog sheet" onClose={onClose}>
      <div className="px-5 pt-5 pb-4">
        <h2 className="mb-4 font-semibold text-[1.0625rem] tracking-tight">Shortcuts</h2>
        <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
          {groups.map(({ title, rows }) => (
            <section key={title} className={title === "Go to" ? "sm:row-span-2" : undefined}>
              <h3 className="mb-1 text-caption text-faint">{title}</h3>
              <dl>
                {rows.map(([what, ...keys]) => (
                  <div key={what} className="flex min-h-8 items-center justify-between gap-4">
                    <dt>{what}</dt>
                    <dd className="flex shrink-0 gap-1">
                      {keys.map((key) => (
                        <kbd key={key} className="key">
                          {key}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
      <div className="flex items-center justify-between gap-4 border-line border-t bg-sunken px-5 py-3">
        <p className="text-caption text-faint">The account menu switches those of single keys off.</p>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}
