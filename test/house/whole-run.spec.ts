/** The whole run: `npm test` without arguments runs every spec once, though many of them as one. */
import { type Rule, describeRule } from './rule';
const { projects } = require('../together/all.config') as { projects: unknown[] };
const { specsRunBy } = require('../together/shares') as { specsRunBy: (projects: unknown[]) => string[] };

const times = new Map<string, number>();
for (const file of specsRunBy(projects)) times.set(file, (times.get(file) ?? 0) + 1);

const runOnce: Rule = (files) =>
  files
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.spec.ts') && times.get(path) !== 1)
    .map((path) => `${path}: it is run ${times.get(path) ?? 0} times; give its folder a project in test/together`);

describeRule('every spec is run once', runOnce, {
  catches: { 'a spec outside of all projects': { 'elsewhere/a.spec.ts': '' } },
  passes: { 'what is no spec': { 'elsewhere/a.ts': '' } },
});
