// Builds ../dist: the page's script, and its HTML with the styles inside (both CSP modes allow a nonced <style>).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../dist/", import.meta.url));

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.tsx"],
  bundle: true,
  minify: true,
  write: false,
  outdir: out,
  format: "iife",
  target: "chrome120",
  jsx: "automatic",
  charset: "utf8",
  legalComments: "eof",
  define: { "process.env.NODE_ENV": '"production"' },
});

const text = (suffix) => result.outputFiles.find((file) => file.path.endsWith(suffix))?.text ?? "";
const template = readFileSync(`${here}index.html`, "utf8");
mkdirSync(out, { recursive: true });
writeFileSync(`${out}page.js`, text(".js"));
writeFileSync(
  `${out}index.html`,
  template.replace("/* built styles */", () => text(".css").trim()),
);
