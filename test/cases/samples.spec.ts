/** The samples of observation compute as its README says, and every line carries the weakest grade of what is behind it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Account,
  checkQuality,
  computeAccount,
  explainAccount,
  type ExplainNode,
  type ObservedPeriod,
  stateAccounts,
} from '@gep/accounting';
import type { ExactTrace } from '@gep/formula';
import { type EvidenceGrade, weakerGrade } from '@gep/kernel';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm, loadQualityRules, type NormEdition } from '@gep/rulebook';

const root = join(__dirname, '../..');
const home = join(root, 'libs/observation');
const readme = readFileSync(join(home, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^gep compute --norm (\S+) (.+)$/gm)].map(([line, norm, options]) => ({
  line,
  norm,
  files: [...options.matchAll(/--observations (\S+)/g)].map(([, file]) => file),
}));

interface Computed {
  readonly norm: NormEdition;
  readonly observed: ObservedPeriod;
  readonly account: Account;
}

/** What the line of the README gives, and everything that was wrong with its files. */
async function compute({ norm: id, files }: (typeof commands)[number]): Promise<Computed & { problems: string[] }> {
  const norm = await loadNorm(id, join(root, 'rulebook'));
  const read = files.map((fileName) => ({ fileName, bytes: readFileSync(join(home, fileName)) }));
  const { accepted, problems } = await checkFile(read, vocabularyOf(norm));
  expect(accepted).toHaveLength(1);
  const [{ territory, period, chunk, statistics }] = accepted;
  const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows: 0 });
  const observed = { territory, period, places: [territory], chunks: [chunk], statistics, digest };
  return { norm, observed, account: computeAccount(norm, observed), problems: problems.map(({ code }) => code) };
}

it('names every sample in a command', () => {
  const named = new Set(commands.flatMap(({ files }) => files));
  expect([...named].sort()).toEqual(readdirSync(join(home, 'samples')).map((file) => `samples/${file}`));
});

it.each(commands)('$line', async (command) => {
  const { norm, observed, account, problems } = await compute(command);
  expect(problems).toEqual([]);
  const vegetated = norm.services.find(({ code }) => code === 'waterRetention')?.types;
  const present = Object.keys(account.areaByType).filter((type) => vegetated?.includes(type));
  for (const service of vegetated
    ? ['waterRetention', 'sedimentReduction', 'nitrogenReduction', 'phosphorusReduction']
    : [])
    expect(account.lines.filter((line) => line.service === service).map(({ type }) => type)).toEqual(present);
  for (const { type, service, item, grade } of account.lines) {
    const tree = explainAccount(norm, observed, account, { service, type, ...(item !== null && { item }) });
    const weakest = gradesBehind(tree).reduce(weakerGrade, 'published');
    // Where a formula chooses, a line has the weakest grade of every branch, an explanation that of the one taken.
    const told = norm.id.startsWith('cn-terrestrial-') ? weakerGrade(grade, weakest) : weakest;
    expect([service, type, item, grade]).toEqual([service, type, item, told]);
  }
  // Nothing to mend or to explain: only the norm's own hints.
  const rules = await loadQualityRules(join(root, 'rulebook'));
  const { findings } = checkQuality(stateAccounts([account], norm, rules), rules);
  expect(findings.filter(({ grade }) => grade !== 'D').map(({ rule, cells }) => `${rule} ${cells[0]}`)).toEqual(
    norm.series.length > 0 ? ['daysMissing series.dailyRain'] : [],
  );
  const grades = new Set(account.lines.map(({ grade }) => grade));
  expect(grades).toEqual(new Set(norm.id.startsWith('equivalence') ? ['unverified'] : ['published', 'unverified']));
});

it('gives one account for the county in all its forms', async () => {
  const accounts = await Promise.all(commands.filter(({ norm }) => norm === 'cn-terrestrial').map(compute));
  const county = accounts.filter(({ account }) => account.territory === '990101').map(({ account }) => account);
  expect(county).toHaveLength(5);
  expect(new Set(county.map(({ totals }) => totals.totalFen))).toEqual(new Set([38_950_184_711n]));
  for (const { lines } of county) expect(lines).toEqual(county[0].lines);
});

/** The grades of all parameters in an explanation. */
function gradesBehind({ evidence, trace, children }: ExplainNode): EvidenceGrade[] {
  const own = evidence ? [evidence.grade] : [];
  return [...own, ...(trace ? gradesInTrace(trace) : []), ...children.flatMap(gradesBehind)];
}

function gradesInTrace({ evidence, children }: ExactTrace): EvidenceGrade[] {
  return [...(evidence ? [evidence.grade] : []), ...children.flatMap(gradesInTrace)];
}
