/** Passwords: which are refused, and how they are kept. */
import { hash } from "@node-rs/argon2";
import { describe, expect, it, vi } from "vitest";
import { estimator } from "./estimator";
import { hashPassword, passwordWeakness, verifyPassword } from "./password";

const personal = ["Maya Fernandes", "maya@claimcheck.example"];

describe("refused as common:", () => {
  it.each(["password1234", "qwertyuiop12", "123456789012", "iloveyou1234", "Passw0rd!2026", "letmeinletmein"])(
    "%s",
    (password) => {
      expect(passwordWeakness(password, [])).toMatch(/easy to guess|common passwords/);
    },
  );

  it("and it says that it is on a list, where it is", () => {
    expect(passwordWeakness("password1234", [])).toMatch(/list of common passwords.*unrelated words\.$/);
    expect(passwordWeakness("Massachusetts-Czechoslovakia", [])).toMatch(/^This is easy to guess\./);
  });
});

describe("refused for what the guesser knows:", () => {
  it.each(["MayaFernandes", "fernandesmaya1", "claimcheckmaya", "maya@claimcheck.example"])("%s", (password) => {
    expect(passwordWeakness(password, personal)).toMatch(/easy to guess|common passwords/);
  });

  it("by that alone: to somebody else it may be good", () => {
    expect(passwordWeakness("Brzęczyszczykiewicz", ["Grzegorz Brzęczyszczykiewicz"])).toBeDefined();
    expect(passwordWeakness("Brzęczyszczykiewicz", personal)).toBeUndefined();
  });
});

describe("refused whatever stands around it:", () => {
  it.each([
    "maya.fernandes@claimcheck.example",
    "maya@claimcheck.example!",
    "mayafernandesmayafernandes99",
    "monkey dragon master",
    "ｐａｓｓｗｏｒｄ１２３４",
    "correct horse battery staple",
    "Correct-Horse-Battery-Staple-1",
    "correct horse lamp",
    "correcthorse violin",
    "battery staple otter",
    "correct horse correct horse",
  ])("%s", (password) => {
    expect(passwordWeakness(password, personal)).toMatch(/easy to guess|common passwords/);
  });
});

describe("words that are common or said again are refused:", () => {
  it.each([
    "letmein letmein",
    "administration",
    "Administration 2026!",
    "hippopotamus1",
    "conference 2026",
    "ConferenceRoom2026!",
    "communicationteam",
    "administrationadministration",
    "administrationadministrationadministration",
    "administration, Administration; ADMINISTRATION!",
    "administration-administration-administration-administration-administration",
    "administratioN administratioN administratioN",
    "administration 2026!!!",
    "administration monday tuesday",
    "correspondence veterinarian",
    "4dm1n1str4t10n",
    "c0nf1d3nt14l1ty",
    "C0nf1d3nt14l1ty!2026",
    "h1pp0p0t4mu5!",
    "d3v310pm3nt41",
    "r3fr1g3r4t0r 2026",
    "c0mmun1c4t10nt34m",
    "Collaboration-Hypothetical99",
    "qwertyuiop asdfghjkl zxcvbnm",
    "zxcvbnm asdfghjkl qwertyuiop",
    "azerty qsdfgh wxcvbn",
    "password password",
    "letmeinletmein",
    "qwerty qwerty qwerty",
    "welcome welcome1",
    "iloveyou iloveyou",
    "dragon dragon dragon",
    "monkey123monkey123",
    "sunshine sunshine",
    "football football1",
    "admin admin admin",
    "Passw0rd Passw0rd",
    "abc123 abc123 abc123",
    "123456 password",
    "password123456",
    "welcome to london",
    "Summer2026!Summer",
    "Winter2025!!",
    "claimcheck claimcheck",
    "opensesame opensesame",
    "aaaa bbbb cccc",
    "trustno1trustno1",
    "baseball baseball",
    "zaq12wsx zaq12wsx",
    "changeme changeme",
    "hunter2hunter2",
    "test test test test",
    "Company2026!!",
    "letmein please",
    "letmein please letmein",
    "dragon, please, dragon",
    "admin please admin",
    "1q2w3e4r5t6y",
    "password-password-password",
    "LetMeIn letmein LETMEIN",
    "niemtel letmein nimda",
    "nietmel letmein",
    "password drowssap 1",
    "letmeinletme in",
    "l e t m e i n l e t m e i n",
    "let me in let me out",
    "qwerty asdfgh zxcvbn",
    "Summer2024! Winter2024!",
    "test test1 test12 test123",
    "claimcheck claim check",
    "p-a-s-s-w-o-r-d-1-2-3-4",
    "Welcome_2025_emocleW",
    "admin.2024.admin.2025",
    "dragon 4711 nogard 4711",
    "welcome welcomes welcomed",
    "secret secrets secretive",
    "monday tuesday wednesday",
    "one two three four five",
    "eins zwei drei vier",
    "\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a",
    // "letmein" and "password", typed on a Russian keyboard.
    "\u0434\u0443\u0435\u044c\u0443\u0448\u0442 \u0437\u0444\u044b\u044b\u0446\u0449\u043a\u0432",
    "summer winter spring autumn",
    "red green blue yellow",
    "alpha bravo charlie delta",
    "north south east west",
    "first second third fourth",
    "mercury venus earth mars",
    "hearts spades clubs diamonds",
    "do re mi fa so la ti",
    "sun moon stars sky",
    "gold silver bronze",
    "rock paper scissors",
    "king queen jack ace",
    "small medium large xlarge",
    "solid liquid gas plasma",
    "breakfast lunch dinner",
    "knife fork spoon plate",
    "rain snow sleet hail",
    "bacon lettuce tomato",
    "lions and tigers and bears",
    "athos porthos aramis",
    "huey dewey louie",
    "alice bob carol dave",
    "apple banana cherry",
    "foo bar baz qux",
    "lorem ipsum dolor sit",
    "left right up down",
    "mother father sister brother",
    "knight bishop rook pawn",
    "matthew mark luke john",
    "earth wind fire water",
    "past present future",
    "stdin stdout stderr",
    "batman superman robin",
    "harry ron hermione",
    "hydrogen helium lithium",
    "john paul george ringo",
    "gryffindor slytherin",
    "3141592653589793",
    "2.718281828459045",
    "thequickbrownfox",
    "The Quick Brown Fox",
    "tobeornottobe",
    "maytheforcebewithyou",
    "happy birthday to you",
    "the cat in the hat",
    "live long and prosper",
    "once upon a time 1",
    "god save the king",
    "winter is coming 1",
    "i am your father",
    "beam me up scotty",
    "let me in please now",
    "ilovevideosdk123",
    "i love my wife 2024",
    "who let the dogs out",
    "iwanttobreakfree",
    "no place like home",
    "l\u00e9tmein letmein",
    "lětmėin plèase",
    "pässwörd pássword",
    "123 456 789 000",
    "1-2-3-4-5-6-7-8-9",
    "(123) 456-7890",
    "12.34.56.78.90",
    "videosdk admin 2026",
    "VideoSDK2026admin",
    "zoom meeting room 1",
    "token server 2026",
    "the lord of the rings",
    "Star Wars Star Trek",
    "game of thrones 2026",
    "ichliebedich1234",
    "ich liebe dich 123",
    "te quiero mucho 2026",
    "jetaime beaucoup 123",
    "ti amo tanto 2026",
  ])("%s", (password) => {
    expect(passwordWeakness(password, personal)).toMatch(/Take three or four unrelated words\.$/);
  });
});

describe("three or four unrelated words are accepted:", () => {
  it.each([
    "correct otter violin",
    // A blue whale, a fence, a samovar.
    "\u0441\u0438\u043d\u0438\u0439 \u043a\u0438\u0442, \u0437\u0430\u0431\u043e\u0440, \u0441\u0430\u043c\u043e\u0432\u0430\u0440",
    "horse lantern cricket",
    "river piano cactus",
    "marble tractor whisper",
    "walnut comet ladder",
    "saddle orbit pickle",
    "velvet hammer island",
    "quartz donkey pillow",
    "falcon teapot gravel",
    "lemon cathedral sock",
    "window badger theory",
    "pencil volcano rabbit",
    "cloud bicycle mustard",
    "harbor cricket lantern",
    "butter galaxy helmet",
    "winter spoon engine frog",
    "purple carpet monday fish",
    "white kettle brown paper",
    "venus sews a golf umbrella",
    "918273645546372",
    "table dragon summer coffee",
    "orange guitar river",
    "silver banana rocket",
    "coffee monkey guitar",
    "apple house tree car",
    "happy blue horse",
    "dog table moon chair",
    "kitchen thunder sparrow",
    "paper ocean violin",
    "candle turtle market",
    "anchor pepper violet",
    "tiger lamp bread stone",
    "mirror goblin tuesday",
    "basalt marigold ferry",
    "carrot-bishop-tunnel",
    "Garden.Basket.Thunder",
    "sunday carpet lantern",
    "seven pepper autumn boats",
    "the otter plays a violin",
    "my lamp is on your purple cactus",
    "theotterandthevelvetlantern",
    "hippopotamus under my refrigerator",
    "never feed the veterinarian",
    "meeting otter violin",
    "video lantern cricket",
    "my room of velvet cactus",
    "server walnut comet",
    "star piano lantern",
    "0tt3r v10l1n l4nt3rn",
  ])("%s", (password) => {
    expect(passwordWeakness(password, personal)).toBeUndefined();
  });
});

it.each(["aaaaaaaaaaaa", "abcabcabcabc", "asdfghjkl;'zxc", "abcdefghijkl"])("refused as a pattern: %s", (password) => {
  expect(passwordWeakness(password, personal)).toBeDefined();
});

it.each([
  "correct otter violin rain",
  "gTz4-9wQm.kLp2",
  "gT4-9w.k2p!x",
  "4711-x-8052-q-99143",
  "Tr7 9k Ub2 4m Lq8",
  "x7#Kq9!vB2mZ",
  "8305 2749 1638 52",
  "drei Würmer fällten Bäume",
  "ein Nashorn im Regal tanzt",
])("accepted: %s", (password) => {
  expect(passwordWeakness(password, personal)).toBeUndefined();
});

it("the longest password is judged, before the test is stopped", () => {
  expect(passwordWeakness("aB3$".repeat(64), personal)).toBeDefined();
  expect(passwordWeakness("correct otter violin rain ".repeat(10).slice(0, 256), personal)).toBeUndefined();
});

it("a text in which small words can be told apart in many ways is judged like any other", () => {
  for (const text of ["athe".repeat(16), `${"ishe".repeat(15)}q`])
    expect(passwordWeakness(text, personal)).toBeDefined();
});

it("of a long password only the beginning is weighed: the work grows with the square, and everybody waits for it", () => {
  const check = vi.spyOn(estimator(), "check");
  for (const hard of ["11111111", "p4$$w0rd", "ﷺ"])
    expect(passwordWeakness(hard.repeat(32), personal), hard).toBe(passwordWeakness(hard.repeat(8), personal));
  expect(Math.max(...check.mock.calls.map(([text]) => text.length))).toBe(64);
});

describe("a hash", () => {
  it("is Argon2id with 19 MiB, two passes and one lane, salted, and without the password", async () => {
    const [one, two] = await Promise.all([hashPassword("correct otter violin"), hashPassword("correct otter violin")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain("otter");
  });

  it("is matched by its password and by no other", async () => {
    const hash = await hashPassword("ein Nashorn im Regal tänzt");
    expect(await verifyPassword(hash, "ein Nashorn im Regal tänzt")).toBe(true);
    expect(await verifyPassword(hash, "ein Nashorn im Regal tanzt")).toBe(false);
    expect(await verifyPassword(hash, "")).toBe(false);
  });

  it("is the same for letters in one piece and in two, as keyboards differ; one that was kept in two still matches", async () => {
    const [one, two] = ["ein Nashorn im Regal t\u00e4nzt", "ein Nashorn im Regal ta\u0308nzt"];
    for (const chosen of [one, two])
      for (const typed of [one, two]) expect(await verifyPassword(await hashPassword(chosen), typed)).toBe(true);
    const kept = await hash(two, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await verifyPassword(kept, two)).toBe(true);
  });

  it("that nobody has is matched by nothing, not even by the decoy's password", async () => {
    expect(await verifyPassword(undefined, "anything at all")).toBe(false);
    expect(await verifyPassword(undefined, "a password that nobody has")).toBe(false);
  });
});
