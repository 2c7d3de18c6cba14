/** The weights that are used: what does not apply is shared out over the rest, and it is shown. */
import type { Bilingual } from '@gep/kernel';
import { type Expansion, sumOf } from './expansion';
import type { Scorecard, ScoreIndicator } from './scorecard';

/** What does not apply gives its weight to the rest: of its group, its theme or the whole, in proportion. */
export function usedWeights(into: Expansion, { indicators, themes, groups, total, reweight }: Scorecard): void {
  const path = ['scorecard', 'reweight'];
  const name = (code: string): Bilingual => ({ zh: `${code} 权重`, en: `weight of ${code}` });
  const asked = (one: ScoreIndicator): string => `if(${one.code}_applies, ${one.weight!.toExactText()}, 0)`;
  const whole = total.toExactText();
  const within = (by: 'theme' | 'group', code: string) => indicators.filter((one) => one[by] === code);
  /** A level that still has something in it counts with all it is worth. */
  const standing = (code: string, weight: string): string => `if(${code}_asked > 0, ${weight}, 0)`;
  const shared = (code: string, weight: string, of: string, sum: string): void =>
    into.formula(path, `${code}_weight`, `if(${sum} > 0, ${weight} * ${of} / ${sum}, 0)`, name(code));
  const isNested = reweight === 'group' && groups.length > 0;
  if (reweight === 'all') {
    into.formula(path, 'weightApplicable', sumOf(indicators.map(asked)), name('applicable'));
    for (const one of indicators) shared(one.code, asked(one), whole, 'weightApplicable');
    for (const level of [...themes, ...groups]) {
      const by = themes.includes(level) ? 'theme' : 'group';
      const parts = within(by, level.code).map(({ code }) => `${code}_weight`);
      into.formula(path, `${level.code}_weight`, sumOf(parts), name(level.code));
    }
    return;
  }
  const worth = (code: string, weight: { toExactText(): string }) => standing(code, weight.toExactText());
  into.formula(
    path,
    'weightApplicable',
    sumOf(themes.map(({ code, weight }) => worth(code, weight))),
    name('applicable'),
  );
  for (const { code, weight } of themes) {
    const own = within('theme', code).filter((one) => !isNested || one.group === code);
    const inner = isNested ? groups.filter(({ theme }) => theme === code) : [];
    const parts = [...own.map(asked), ...inner.map((group) => worth(group.code, group.weight))];
    into.formula(path, `${code}_asked`, sumOf(parts), name(code));
    shared(code, worth(code, weight), whole, 'weightApplicable');
    for (const one of own) shared(one.code, asked(one), `${code}_weight`, `${code}_asked`);
    for (const group of inner) {
      into.formula(path, `${group.code}_asked`, sumOf(within('group', group.code).map(asked)), name(group.code));
      shared(group.code, worth(group.code, group.weight), `${code}_weight`, `${code}_asked`);
      for (const one of within('group', group.code))
        shared(one.code, asked(one), `${group.code}_weight`, `${group.code}_asked`);
    }
  }
  if (isNested) return;
  for (const { code } of groups)
    into.formula(path, `${code}_weight`, sumOf(within('group', code).map((one) => `${one.code}_weight`)), name(code));
}
