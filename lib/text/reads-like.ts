/** Whether people take one name for another: without capitals, blanks and punctuation, and with letters of other alphabets read as the Latin ones that they look like. Browser-safe. */

/** Letters that look like a Latin one: a word of nothing else is spelled in one alphabet, and read as the Latin word (UTS 39 §4). */
const CYRILLIC = "аеорсухіјѕԁһԛԝӏёїАВЕКМНОРСТУХІЈЅԌԜ";
const CYRILLIC_READ = "aeopcyxijsdhqwlëïABEKMHOPCTYXIJSGW";
const GREEK = "ονικρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const GREEK_READ = "ovikpuABEZHIKMNOPTYX";
const twins = new Map(
  [...(CYRILLIC + GREEK)].map((letter, place) => [letter, (CYRILLIC_READ + GREEK_READ).charAt(place)]),
);

/** Without capitals, forms of a letter, what nobody sees, blanks and punctuation; of what is nothing else, they count, and as a blank between digits: 1.1 is not 11. */
function folded(name: string): string {
  const seen = name.normalize("NFKC").replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "");
  const spaced = seen.replace(/(?<=\p{N})[\s\p{P}\u2800]+(?=\p{N})/gu, " ");
  const bare = spaced.replace(/(?<!\p{N})[\s\p{P}\u2800]+|[\s\p{P}\u2800]+(?!\p{N})/gu, "");
  return (bare || seen).toUpperCase().toLowerCase();
}

/** As people read it: as it is spelled, and as its look-alike letters are read. Those are others in capitals than in small letters: by them alone, a name would not be the same in capitals. */
const readings = (name: string) => [
  folded(name),
  folded(name.normalize("NFKC").replace(/./gu, (letter) => twins.get(letter) ?? letter)),
];

/** @returns what tells of another name whether it reads like this one */
export function readsLike(name: string): (other: string) => boolean {
  const wanted = readings(name);
  return (other) => readings(other).some((reading) => wanted.includes(reading));
}
