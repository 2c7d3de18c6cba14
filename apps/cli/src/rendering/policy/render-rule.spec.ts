/** What an official reads of a rule is all that it decides by: every expression, number, source and grade of every rule that ships. */
import { join } from 'node:path';
import { listPolicies, loadPolicy, policyView } from '@gep/rulebook';
import { gradeNames } from '../render-account';
import { inWords } from './in-words';
import { renderRule } from './render-rule';

const rulebook = join(__dirname, '../../../../../rulebook');

/** Every text of the rule that decides: of payments, tables, formulas and checks. */
function deciding({ payments, tables, formulas, checks }: ReturnType<typeof policyView>): string[] {
  const ofPayments = payments.flatMap(
    ({ when, advance, instalments, amount, pool, groups, weight, floor, cap, ...one }) => [
      ...[when, advance, instalments, amount, pool, one.within, groups, weight, floor, cap, ...(one.by ?? [])],
      ...(one.factors ?? []).flatMap((factor) => [factor.share, factor.weight]),
      ...(one.bands ?? []).flatMap(({ ranks, each }) => [ranks, each]),
    ],
  );
  const ofTables = tables.flatMap(({ cases = [], otherwise = {} }) => [
    ...cases.flatMap(({ when, then }) => [...Object.values(when).flat(), ...Object.values(then)]),
    ...Object.values(otherwise),
  ]);
  const written = [...formulas, ...checks].map(({ expression }) => expression);
  return [...ofPayments, ...ofTables, ...written].filter((text) => text !== undefined);
}

it.each(['zh', 'en'] as const)('shows all of every rule that ships, in %s', async (language) => {
  const rules = await listPolicies(rulebook);
  expect(rules.length).toBeGreaterThan(20);
  for (const { id } of rules) {
    const rule = await loadPolicy(id, rulebook);
    const view = policyView(rule);
    const shown = renderRule(rule, language);
    for (const text of deciding(view)) expect(shown).toContain(text);
    for (const { text, id: source, standing } of view.sources) {
      expect(shown).toContain(`${source} [${standing} `);
      expect(shown).toContain(text);
    }
    for (const { values } of view.parameters)
      for (const { grade, source, from } of values)
        expect(shown).toContain(`${from} · ${gradeNames[grade][language]} · ${source}`);
  }
});

it('says a formula in the names of things', () => {
  const names = new Map([
    ['rate', { zh: '奖励比例', en: 'Rate' }],
    ['growth', { zh: '增量', en: 'Growth of GEP' }],
  ]);
  const text = 'min(rate * growth, 500 [万元])';
  expect(inWords(text, names, 'zh')).toBe('取小(奖励比例 × 增量, 500 万元)');
  expect(inWords(text, names, 'en')).toBe('min(‹Rate› × ‹Growth of GEP›, 500 万元)');
});
