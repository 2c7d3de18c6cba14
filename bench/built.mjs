/** Finds the built program: `dist/` of the checkout, or the folder that GEP_BENCH_DIST names. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
export const checkout = fileURLToPath(new URL('..', import.meta.url));
const dist = resolve(process.env.GEP_BENCH_DIST ?? `${checkout}/dist`);

/** The front door of a lib, as built. */
export const lib = (name) => require(`${dist}/libs/${name}/src/index.js`);

/** One file of a lib, for what its front door does not let out. */
export const part = (file) => require(`${dist}/libs/${file}`);

/** A package of the checkout, in the version that the program runs with. */
export const program = (name) => require(name);

/** The norm of the benchmarks; `change` may edit the text of its files. */
export async function benchNorm(change = (text) => text) {
  const { checkNorm, loadUnits, parseNorm } = lib('rulebook');
  const rulebook = `${checkout}/rulebook`;
  const [{ norm, problems }, units] = await Promise.all([
    checkNorm(`${checkout}/bench/norm`, rulebook),
    loadUnits(rulebook),
  ]);
  if (!norm) throw new Error(JSON.stringify(problems, null, 1));
  const files = norm.files.map(({ path, text }) => ({ path, text: change(text) }));
  if (files.every(({ text }, index) => text === norm.files[index].text)) return norm;
  const changed = parseNorm(files, units);
  if (!changed.norm) throw new Error(JSON.stringify(changed.problems, null, 1));
  return changed.norm;
}
