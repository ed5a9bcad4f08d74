/** Asks which room is meant, where the token names none. */
import { Field, Input } from "@/components/ui/field";
import type { Profile } from "@/lib/profiles/profile";

export function RoomField({
  profile,
  room,
  onChange,
}: {
  profile: Profile;
  room: string;
  onChange: (room: string) => void;
}) {
  const field = profile.fields.find((each) => each.kind === "id" && each.limits === "room");
  return (
    <Field
      id="into-room"
      label={field?.label ?? "Room"}
      hint="the token is good for any"
      className="mb-0! max-w-80"
      help={room.trim() === "" ? "Name the room that is meant." : undefined}
    >
      {(control) => (
        <Input {...control} mono autoComplete="off" value={room} onChange={({ target }) => onChange(target.value)} />
      )}
    </Field>
  );
}
