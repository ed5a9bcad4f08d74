/** How far a VideoSDK payload reaches, said before it is signed: whom and where it is not limited to, and what would limit it. Judges no rule, and says nothing of a token with which nobody gets anywhere. */
import type { Claims, SentencePart } from "@/lib/profiles/profile";
import { readGrants } from "@/lib/profiles/videosdk/grants";

const strong = (text: string): SentencePart => ({ kind: "strong", text });
const plain = (text: string): SentencePart => ({ kind: "text", text });

/** One or two sentences; none where the token is good for one participant of one room. */
export function caution(claims: Claims): SentencePart[] {
  const { role, room, participant, permissionRefusal, joinRefusal } = readGrants(claims);
  if (permissionRefusal) return [];
  if (role === "crawler")
    return [strong("The REST API of the whole account"), plain(" is open to whoever gets hold of it.")];
  if (joinRefusal) return [];
  const anyRoom = room.kind === "any";
  if (role === "any")
    return [
      strong(anyRoom ? "Any room, and the REST API of the whole account," : "The REST API of the whole account"),
      plain(` ${anyRoom ? "are" : "is"} open to whoever gets hold of it. `),
      plain(`${anyRoom ? "A room ID and “Meeting only” limit" : "“Meeting only” limits"} it.`),
    ];
  if (anyRoom) return [strong("Any room"), plain(" is open to whoever gets hold of it. A room ID limits it to one.")];
  if (participant.kind === "any")
    return [
      strong("Anyone"),
      plain(" who gets hold of it can be anyone in that room. A participant ID limits it to one."),
    ];
  return [];
}
