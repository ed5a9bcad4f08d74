/** The line of an app's settings that holds the token, one app at a time, with what it means there. */
import { Chip, Chips } from "@/components/ui/chips";
import { CodeText } from "@/components/ui/code-text";
import { Notice } from "@/components/ui/notice";
import type { LineTarget } from "@/lib/profiles/targets";
import { CodeBox } from "./code-box";

export function LinePanel({
  lines,
  chosen,
  token,
  onChoose,
  onTaken,
}: {
  lines: readonly LineTarget[];
  /** The id of the one to begin with; another when there is none of it. */
  chosen: string;
  token: string;
  onChoose: (id: string) => void;
  onTaken: () => void;
}) {
  const line = lines.find(({ id }) => id === chosen) ?? lines[0];
  if (!line) return null;
  return (
    <>
      <Chips label="App">
        {lines.map(({ id, label }) => (
          <Chip key={id} pressed={id === line.id} onClick={() => onChoose(id)}>
            {label}
          </Chip>
        ))}
      </Chips>
      <p className="text-small text-soft">
        <CodeText text={line.where} />
      </p>
      <CodeBox
        id="into-line"
        label="Copy line"
        token={token}
        before={line.before}
        after={line.after}
        onTaken={onTaken}
      />
      <Notice>
        <CodeText text={line.warning} />
      </Notice>
      <p className="mt-auto text-faint text-small">
        The copy has the whole token. Next time this opens with {line.label}, your last choice.
      </p>
    </>
  );
}
