/** What the decoder can read, briefly, for whoever opens it empty. */
import { Icon, type IconName } from "@/components/ui/icon";

const powers: { icon: IconName; title: string; text: string }[] = [
  {
    icon: "decode",
    title: "One token",
    text: "As it is, with Bearer or a whole Authorization header, in quotes, a link, JSON or an .env line.",
  },
  {
    icon: "audit",
    title: "A log or a file",
    text: "Every token in it, up to 10 MB: drop it here. Secrets of this desk in it are found too.",
  },
  {
    icon: "copy",
    title: "Two tokens",
    text: "Compare them claim by claim: what one permits and the other does not.",
  },
];

export function DecodePowers() {
  return (
    <div className="rounded-[14px] border border-line-strong border-dashed px-6 py-8 max-md:px-4.5 max-md:py-5">
      <ul className="grid gap-x-8 gap-y-5 md:grid-cols-3">
        {powers.map(({ icon, title, text }) => (
          <li key={title} className="flex gap-3">
            <Icon name={icon} size={20} strokeWidth={1.2} className="mt-px text-faint" />
            <div className="min-w-0">
              <p className="font-semibold">{title}</p>
              <p className="text-soft">{text}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-6 max-w-[70ch] text-small text-soft">
        A text is read in this browser. Once a token is whole, this desk's own server checks its signature and looks it
        up in the ledger; it goes nowhere else.
      </p>
    </div>
  );
}
