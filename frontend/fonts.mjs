// Copies the fonts of the printed papers, with their licence, to where the program finds them.
// They are not served: only the typesetting reads them.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";

const from = new URL("../node_modules/@expo-google-fonts/noto-serif-sc/", import.meta.url);
const to = new URL("../src/genxu/fonts_build/", import.meta.url);
const files = {
  "400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
  "700Bold/NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
  LICENSE_FONT: "OFL.txt",
};

rmSync(to, { recursive: true, force: true });
mkdirSync(to);
for (const [name, known] of Object.entries(files)) {
  copyFileSync(new URL(name, from), new URL(known, to));
}
