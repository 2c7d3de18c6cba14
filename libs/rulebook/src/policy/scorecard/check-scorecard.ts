/** Checks of a scorecard over its levels: weights that sum, codes that stand once, references to sources, grades and facts. */
import type { Bilingual } from '@gep/kernel';
import { sumFractions } from '../expression/exact-numbers';
import type { NormPath } from '../../yaml/problem-log';
import type { RawRule } from '../raw-rule';
import type { RuleDraft } from '../rule-draft';
import { placedIndicators } from './placed-indicators';
import type { RawScorecard } from './raw-scorecard';
import { vetoFacts, type Scorecard, type ScoreIndicator } from './scorecard';

interface PlacedCode {
  readonly code: string;
  readonly path: NormPath;
}

/** Codes of all levels and additions; a column, a weight or a formula of each is named after it. */
function placedCodes(raw: RawScorecard): PlacedCode[] {
  const levels = (raw.themes ?? []).flatMap(({ code, groups = [] }, at): PlacedCode[] => [
    { code, path: ['scorecard', 'themes', at] },
    ...groups.map((group, no) => ({ code: group.code, path: ['scorecard', 'themes', at, 'groups', no] })),
  ]);
  const additions = (['bonuses', 'deductions'] as const).flatMap((key) =>
    (raw[key] ?? []).map(({ code }, at): PlacedCode => ({ code, path: ['scorecard', key, at] })),
  );
  const indicators = placedIndicators(raw).map(({ raw: { code }, path }): PlacedCode => ({ code, path }));
  return [...levels, ...additions, ...indicators];
}

const twinsOf = (raw: RawScorecard): PlacedCode[] =>
  placedCodes(raw).filter(({ code }, at, all) => all.findIndex((one) => one.code === code) !== at);

export const hasTwins = (raw: RawScorecard): boolean => twinsOf(raw).length > 0;

export function checkTwins({ log }: RuleDraft, raw: RawScorecard): void {
  for (const { code, path } of twinsOf(raw))
    log.add(
      path,
      'policy.duplicate-code',
      { zh: `代码“${code}”在考评表中出现两次`, en: `the code "${code}" stands twice in the scorecard` },
      {
        zh: '一级、二级、三级指标与加减分各用自己的代码',
        en: 'give every theme, group, indicator, bonus and deduction a code of its own',
      },
    );
}

/** Names of the rule that are yes or no. */
function yesNoNames({ columns = [], formulas = [], tables = [], scorecard }: RawRule): string[] {
  const isYesNo = ({ unit }: { readonly unit: string }): boolean => unit === 'yes-no';
  const outputs = tables.flatMap((table) => Object.entries(table.outputs).filter(([, unit]) => unit === 'yes-no'));
  const indicators = placedIndicators(scorecard!).filter(({ raw }) => raw.score === 'yes-no' && !raw.value);
  return [
    ...[...columns, ...formulas].filter(isYesNo).map(({ code }) => code),
    ...[...outputs.map(([code]) => code), ...indicators.map(({ raw }) => raw.code)],
  ];
}

/** I21: what is given sums to what it is part of. */
export function checkWeights(draft: RuleDraft, raw: RawScorecard, { indicators, total }: Scorecard): void {
  const known = (by: 'theme' | 'group', code: string) => indicators.filter((one) => one[by] === code);
  const check = (path: NormPath, said: string | undefined, parts: readonly ScoreIndicator[], what: Bilingual): void => {
    if (said === undefined || parts.length === 0 || parts.some(({ weight }) => weight === undefined)) return;
    const [sum, wanted] = [sumFractions(parts.map(({ weight }) => weight!)), draft.numberAt(path, said)];
    if (!wanted || sum.equals(wanted)) return;
    draft.log.add(
      path,
      'policy.scorecard-weights',
      {
        zh: `${what.zh}各指标权重之和为 ${sum.toExactText()}，应为 ${wanted.toExactText()}`,
        en: `the weights of ${what.en} sum to ${sum.toExactText()}, not to ${wanted.toExactText()}`,
      },
      { zh: '请核对各项权重', en: 'check the weights' },
    );
  };
  (raw.themes ?? []).forEach((theme, at) => {
    const path = ['scorecard', 'themes', at];
    check([...path, 'weight'], theme.weight, known('theme', theme.code), { zh: theme.name.zh, en: theme.name.en });
    (theme.groups ?? []).forEach((group, no) =>
      check([...path, 'groups', no, 'weight'], group.weight, known('group', group.code), group.name),
    );
  });
  if (total.numerator > 0n) check(['scorecard', 'total'], raw.total, indicators, { zh: '全部', en: 'all indicators' });
}

export function checkReferences(draft: RuleDraft, rule: RawRule, raw: RawScorecard, { grades }: Scorecard): void {
  const codes = grades.map(({ code }) => code);
  const source = (path: NormPath, id: string | undefined): void => {
    const known = rule.sources.map((one) => one.id);
    if (id !== undefined && !known.includes(id)) draft.log.unknown(path, { zh: '来源', en: 'source' }, id, known);
  };
  const grade = (path: NormPath, code: string): void => {
    if (!codes.includes(code)) draft.log.unknown(path, { zh: '等级', en: 'grade' }, code, codes);
  };
  const facts = [...vetoFacts, ...yesNoNames(rule)];
  const fact = { zh: '是否类的列或公式', en: 'yes-no column or formula' };
  (raw.vetoes ?? []).forEach((veto, at) => {
    const path = ['scorecard', 'vetoes', at];
    source([...path, 'source'], veto.source);
    if (!facts.includes(veto.fact)) draft.log.unknown([...path, 'fact'], fact, veto.fact, facts);
    if (veto.grade !== undefined && veto.grade !== 'lowest') grade([...path, 'grade'], veto.grade);
  });
  (raw.measures ?? []).forEach((measure, at) => {
    const path = ['scorecard', 'measures', at];
    source([...path, 'source'], measure.source);
    measure.grades.forEach((code, no) => grade([...path, 'grades', no], code));
  });
  for (const { raw: indicator, path } of placedIndicators(raw)) source([...path, 'source'], indicator.source);
}
