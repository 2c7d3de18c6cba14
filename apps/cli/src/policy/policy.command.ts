/** `gep policy list|check|show|run`, and what is beside them: rules of policies as data, decided from files without a database. */
import type { Command } from 'commander';
import { runCredit } from '@gep/credit';
import {
  checkPolicy,
  confirmationReasons,
  decide,
  listPolicies,
  loadPolicy,
  policyView,
  scoresOf,
  type Decision,
  type PolicyBook,
  type PolicyRule,
} from '@gep/rulebook';
import { NothingSelected } from '../errors';
import { readSettings } from '../machine/settings.loader';
import { renderRun } from '../rendering/credit/render-credit';
import { renderRanking, renderUnitScore } from '../rendering/evaluation/render-scores';
import { renderDecision } from '../rendering/policy/render-decision';
import { renderRule } from '../rendering/policy/render-rule';
import { withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { addAdoptionCommands } from './adoption.command';
import { addBacktest } from './backtest.command';
import { sayNeeds } from './needs-confirmer';
import { readPolicyInput, type PolicyInput } from './policy-input.loader';
import { setting } from './setting';

/** Lines of more units than these are traced when one is asked for. */
const mostTraced = 2_000;

interface RunOptions {
  readonly rule: string;
  readonly input: string;
  readonly period?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly trace?: true;
}

export function addPolicyCommands(program: Command, open: () => Terminal): void {
  const policy = program.command('policy').description('rules of policies: who is paid what, and why · 政策规则');
  const list = policy
    .command('list')
    .description('rules of the rulebook, and whether they can be put in force · 列出规则库中的规则')
    .action(async () => listRules(open()));
  withExamples(list, 'gep policy list');
  const check = policy
    .command('check <id-or-file>')
    .description('check a rule: shape, names, units, tables; every problem at its line · 检查规则')
    .action(async (idOrFile: string) => checkOne(open(), idOrFile));
  withExamples(check, 'gep policy check shandong-air', 'gep policy check ./my-rule.yaml --json');
  const show = policy
    .command('show <id-or-file>')
    .description('columns, parameters with their sources, tables, formulas and payments of a rule · 显示规则')
    .action(async (idOrFile: string) => {
      const rule = await loadPolicy(idOrFile, readSettings().rulebookDir);
      open().result(policyView(rule), () => renderRule(rule, open().options.language));
    });
  withExamples(show, 'gep policy show fujian-2024');
  addRun(policy, open);
  addBacktest(policy, open);
  addAdoptionCommands(policy, open);
}

function addRun(policy: Command, open: () => Terminal): void {
  const run = policy
    .command('run')
    .description('decide by a rule from a file, without a database · 由文件按规则计算，无须数据库')
    .requiredOption('--rule <id-or-file>', 'rule of the rulebook, or a YAML file · 规则库中的规则，或 YAML 文件')
    .requiredOption('--input <file>', 'CSV, XLSX or JSON: a row for each unit · CSV、XLSX 或 JSON，每单位一行')
    .option('--period <period>', 'which period; else the last of the file · 核算期；未给出时取文件中最后一期')
    .option('--set <column=value>', 'a value of the whole; repeatable · 整体的值；可重复给出', setting)
    .option('--unit <code>', 'only the lines of this unit, with what they rest on · 只看该单位的各行及其依据')
    .option('--trace', 'what every line rests on · 显示每一行的依据')
    .action(async (options: RunOptions) => runRule(open(), options));
  withExamples(
    run,
    'gep policy run --rule fujian-2024 --input scores.csv',
    'gep policy run --rule ./my-rule.yaml --input units.csv --set income=1000000 --json',
  );
}

async function listRules(terminal: Terminal): Promise<void> {
  const { rulebookDir } = readSettings();
  const found = await listPolicies(rulebookDir);
  const rules = await Promise.all(
    found.map(async ({ id, file }) => {
      const { rule, problems } = await checkPolicy(file, rulebookDir);
      const needs = rule ? confirmationReasons(rule).length > 0 : undefined;
      return { id, title: rule?.title, mechanism: rule?.mechanism, needsConfirmer: needs, problems: problems.length };
    }),
  );
  const mark = (needs: boolean | undefined): string =>
    needs === undefined
      ? terminal.say({ zh: '有问题', en: 'faulty' })
      : needs
        ? terminal.say({ zh: '须经确认', en: 'needs a confirmer' })
        : '';
  terminal.result(rules, () =>
    rules
      .map(({ id, title, needsConfirmer }) =>
        `${id.padEnd(28)} ${title ? terminal.say(title) : ''} ${mark(needsConfirmer)}`.trimEnd(),
      )
      .join('\n'),
  );
}

async function checkOne(terminal: Terminal, idOrFile: string): Promise<void> {
  const { rule, problems } = await checkPolicy(idOrFile, readSettings().rulebookDir);
  if (!rule) process.exitCode = exitCodes.refused;
  const needs = rule ? confirmationReasons(rule) : [];
  const result = { id: rule?.id, edition: rule?.edition, status: rule?.status, needsConfirmation: needs, problems };
  terminal.result(result, () => {
    const lines = problems.map(
      ({ file, line, column, code, text, mend }) =>
        `${file}:${line}:${column}  ${terminal.say(text)} → ${terminal.say(mend)} [${code}]`,
    );
    const verdict = rule
      ? { zh: `${rule.id} @ ${rule.edition}：无问题`, en: `${rule.id} @ ${rule.edition}: no problems` }
      : { zh: `${problems.length} 个问题`, en: `${problems.length} problem(s)` };
    return [...lines, terminal.say(verdict), ...sayNeeds((text) => terminal.say(text), rule)].join('\n');
  });
}

async function runRule(terminal: Terminal, options: RunOptions): Promise<void> {
  const rule = await loadPolicy(options.rule, readSettings().rulebookDir);
  const input = await readPolicyInput(rule, options.input, { period: options.period, totals: options.set });
  const { book } = input;
  sayIgnored(terminal, rule, input);
  const period = options.period ?? lastPeriod(book);
  const units = book.byPeriod.get(period)?.units ?? [];
  const { unit } = options;
  if (unit !== undefined && !book.byPeriod.get(period)?.byCode.has(unit))
    throw new NothingSelected(units.map(({ code }) => code));
  const traced = options.trace === true || units.length <= mostTraced;
  if (rule.credit) return runCreditRule(terminal, rule, book, { ...options, period });
  const decision = decide(rule, book, rule.period === 'none' ? '' : period, {
    isTraced: unit === undefined ? () => traced : (code) => code === unit,
  });
  const payments = decision.payments.map((payment) => ({
    ...payment,
    lines: payment.lines.filter((line) => unit === undefined || line.unit === unit),
  }));
  const { language } = terminal.options;
  const told = options.trace === true || unit !== undefined;
  if (rule.scorecard) return showScores(terminal, rule, { book, decision }, { unit, told });
  const shown = { ...decision, payments };
  terminal.result(shown, () =>
    [
      renderDecision(shown, { language, traced: told, named: rule }),
      ...sayNeeds((text) => terminal.say(text), rule),
    ].join('\n'),
  );
}

/** A rule of credit scores every unit from its rows of this period and those before. */
function runCreditRule(
  terminal: Terminal,
  rule: PolicyRule,
  book: PolicyBook,
  { period, unit, trace }: RunOptions & { readonly period: string },
): void {
  const run = runCredit(rule, book, period);
  const shown = { ...run, units: run.units.filter((one) => unit === undefined || one.unit === unit) };
  const told = trace === true || unit !== undefined;
  terminal.result(shown, () =>
    [renderRun(shown, terminal.options.language, told), ...sayNeeds((text) => terminal.say(text), rule)].join('\n'),
  );
}

/** The ranking; of units that are told, every point. */
function showScores(
  terminal: Terminal,
  rule: PolicyRule,
  { book, decision }: { readonly book: PolicyBook; readonly decision: Decision },
  { unit, told }: { readonly unit?: string; readonly told: boolean },
): void {
  const scores = scoresOf(rule, book, decision).filter((one) => unit === undefined || one.unit === unit);
  const { rule: of, period, inputDigest } = decision;
  const { language } = terminal.options;
  terminal.result({ rule: of, period, inputDigest, scores }, () =>
    [
      `${of.id} @ ${of.edition.slice(0, 12)} · ${period} · ${terminal.say(rule.title)}`,
      renderRanking(scores, rule.scorecard, language),
      ...(told ? scores.map((one) => renderUnitScore(one, rule.scorecard, language)) : []),
      ...sayNeeds((text) => terminal.say(text), rule),
    ].join('\n\n'),
  );
}

const lastPeriod = ({ periods }: PolicyBook): string => periods.at(-1)?.period ?? '';

function sayIgnored(terminal: Terminal, rule: PolicyRule, { ignored }: PolicyInput): void {
  if (ignored.length === 0) return;
  terminal.remark(
    {
      zh: `规则“${rule.id}”不用这些列：${ignored.join('、')}`,
      en: `rule "${rule.id}" does not use these columns: ${ignored.join(', ')}`,
    },
    { ignored },
  );
}
