// Copies the fonts of the printed papers, with their licence, to where the program finds them.
// They are not served: only the typesetting reads them. What is in place already stays untouched.
import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";

const from = new URL("../node_modules/@expo-google-fonts/noto-serif-sc/", import.meta.url);
const to = new URL("../src/genxu/fonts_build/", import.meta.url);
const files = {
  "400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
  "700Bold/NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
  LICENSE_FONT: "OFL.txt",
};

mkdirSync(to, { recursive: true });
for (const [name, known] of Object.entries(files)) {
  const source = new URL(name, from);
  const target = new URL(known, to);
  if (existsSync(target) && statSync(target).mtimeMs >= statSync(source).mtimeMs) continue;
  const half = new URL(`${known}.${process.pid}`, to);
  copyFileSync(source, half);
  renameSync(half, target);
}
